"""Which units and users are with a person, and how closely the person is kept: all that decides who sees them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require
from serasi.common.identifiers import uuid7
from serasi.people.enums import Confidentiality
from serasi.people.models import Person, PersonTeam, PersonUnit
from serasi.people.operations.refusals import NotFound, saying_why, whole_sight
from serasi.people.permissions import AtUnit, require_on_person
from serasi.people.queries.search import cards
from serasi.people.registry import unlink_rules


class TeamNeeded(Refused):
    message = _("Orang yang datanya rahasia harus punya tim. Tambahkan diri Anda ke timnya lebih dahulu.")


@operation("people.person.link", creates=PersonUnit)
def link_to_unit(
    *,
    id: UUID,
    person: Person,
    unit: Unit,
    reason: str = "",
    by: User,
    at: datetime,
) -> PersonUnit:
    """A unit comes to know a person whom the actor may already see (a referral, a move). Known already: nothing new."""
    require_on_person(by, "people.person.link", person)
    with whole_sight():
        known = PersonUnit.objects.filter(person=person, unit=unit, until_at=None).first()
    if known is not None:
        return known
    with saying_why(PersonUnit):
        link = PersonUnit(id=id, person=person, unit=unit, since_at=at, reason=reason)
        link.save(force_insert=True)
    person.__dict__.pop("_known_units", None)
    return link


@operation("people.person.link")
def unlink_from_unit(*, person: Person, unit: Unit, by: User, at: datetime) -> None:
    """A unit no longer works with a person. The last unit cannot let go: somebody must answer for the record.

    Upper apps may refuse it (`register_unlink_rule`).
    """
    require_on_person(by, "people.person.link", person)
    with whole_sight():
        known = list(PersonUnit.objects.filter(person=person, until_at=None))
        if len(known) == 1 and known[0].unit_id == unit.pk:
            raise Refused(_("Ini satu-satunya unit orang ini. Daftarkan dahulu di unit lain."))
        for rule in unlink_rules():
            rule(person, unit)
        PersonUnit.objects.filter(person=person, unit=unit, until_at=None).update(until_at=at)
    person.__dict__.pop("_known_units", None)


@operation("people.person.link")
def recognise(*, id: UUID, person_id: UUID, unit: Unit, reason: str, by: User, at: datetime) -> PersonUnit:
    """Someone registered elsewhere stands at the worker's desk: their unit comes to know the person, with a reason.

    Sealed people are not to be found (`NotFound`, as if there were none). The link and a look are recorded.
    """
    require(by, "people.person.link", on=AtUnit(unit))
    if not reason.strip():
        raise Refused(_("Tulis mengapa orang ini perlu dibuka di unit Anda."), field="reason")
    found = cards(by=by, ids=[person_id])
    if not found:
        raise NotFound
    root = found[0].person_id
    with whole_sight():
        known = PersonUnit.objects.filter(person_id=root, unit=unit, until_at=None).first()
    if known is None:
        with saying_why(PersonUnit):
            known = PersonUnit(id=id, person_id=root, unit=unit, since_at=at, reason=reason[:300])
            known.save(force_insert=True)
        log_look(
            by=by, subject=Subject.PERSON, subject_id=root, purpose=f"didaftarkan di unit: {reason}", unit_id=unit.pk
        )
    return known


@operation("people.person.guard")
def set_confidentiality(*, person: Person, confidentiality: str, by: User, at: datetime) -> Person:
    """Keep a person more or less closely. Only the team seals and unseals, so that nobody locks themselves out."""
    if person.confidentiality == confidentiality:
        return person
    if not by.scope.is_system:
        require_on_person(by, "people.person.guard", person)
    touches_seal = Confidentiality.SEALED in {person.confidentiality, confidentiality}
    if touches_seal and not by.scope.is_system and not person.is_on_team(by):
        raise TeamNeeded
    with saying_why(Person):
        Person.objects.filter(pk=person.pk).update(confidentiality=confidentiality, revision=person.revision + 1)
    person.confidentiality = confidentiality
    person.revision += 1
    return person


@operation("people.person.guard")
def keep_team(*, person: Person, members: Sequence[User], by: User, at: datetime) -> None:
    """These users and no others are with the person from now on. A sealed person keeps at least one."""
    require_on_person(by, "people.person.guard", person)
    if person.is_sealed and not members:
        raise TeamNeeded
    wanted = {member.pk for member in members}
    with saying_why(PersonTeam), whole_sight():
        present = set(PersonTeam.objects.filter(person=person, until_at=None).values_list("user_id", flat=True))
        PersonTeam.objects.filter(person=person, until_at=None, user_id__in=present - wanted).update(until_at=at)
        PersonTeam.objects.bulk_create(
            PersonTeam(id=uuid7(), person=person, user_id=user_id, since_at=at) for user_id in sorted(wanted - present)
        )
    person.__dict__.pop("_team_of", None)
    person.__dict__.pop("is_team_of_reader", None)


@operation("people.person.guard")
def give_own_access(*, person: Person, user: User, by: User, at: datetime) -> Person:
    """The sign-in of a resident opens their own record from now on: one user, one record."""
    require_on_person(by, "people.person.guard", person)
    if person.user_id is not None and person.user_id != user.pk:
        raise Refused(_("Orang ini sudah mempunyai akses sendiri."), field="user")
    with saying_why(Person):
        Person.objects.filter(pk=person.pk).update(user=user, revision=F("revision") + 1)
    person.refresh_from_db(fields=["user", "revision"])
    return person
