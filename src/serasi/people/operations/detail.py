"""The parts of a person: other names, addresses, relations, kinds of PPKS."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation
from serasi.people.enums import HEALTH_KINDS
from serasi.people.models import Address, Alias, Person, PersonKind, Relationship
from serasi.people.naming import key_of
from serasi.people.operations.refusals import saying_why
from serasi.people.operations.registration import Place
from serasi.people.permissions import READ_HEALTH_KIND, may_on_person, require_on_person


@operation("people.person.edit", creates=Alias)
def add_alias(
    *,
    id: UUID,
    person: Person,
    name: str,
    kind: str,
    note: str = "",
    by: User,
    at: datetime,
) -> Alias:
    require_on_person(by, "people.person.edit", person)
    with saying_why(Alias):
        alias = Alias(id=id, person=person, name=name, name_key=key_of(name), kind=kind, note=note)
        alias.save(force_insert=True)
    return alias


@operation("people.person.edit")
def remove_alias(*, alias: Alias, by: User, at: datetime) -> None:
    """A name that was written down by mistake; the trail keeps it."""
    require_on_person(by, "people.person.edit", alias.person)
    alias.delete()


@operation("people.person.edit", creates=Address)
def add_address(
    *,
    id: UUID,
    person: Person,
    kind: str,
    place: Place,
    since: date,
    by: User,
    at: datetime,
) -> Address:
    """A new address of its kind from a day on; the one before ends on that day."""
    require_on_person(by, "people.person.edit", person)
    with saying_why(Address):
        current = Address.objects.filter(person=person, kind=kind, period__contains=since)
        current.filter(period__startswith=since).delete()
        current.update(period=Func(Func(F("period"), function="lower"), since, function="daterange"))
        address = Address(
            id=id,
            person=person,
            kind=kind,
            region_id=place.region_id,
            line=place.line,
            rt=place.rt,
            rw=place.rw,
            period=DateRange(since, None),
        )
        address.save(force_insert=True)
    return address


@operation("people.person.edit", creates=Relationship)
def add_relationship(
    *,
    id: UUID,
    person: Person,
    relation: str,
    other: Person | None = None,
    contact_name: str = "",
    contact_phone: str = "",
    contact_address: str = "",
    is_guardian: bool = False,
    note: str = "",
    since: date,
    by: User,
    at: datetime,
) -> Relationship:
    """Someone who matters to a person: registered (``other``), or only a contact."""
    require_on_person(by, "people.person.edit", person)
    with saying_why(Relationship):
        relationship = Relationship(
            id=id,
            person=person,
            relation=relation,
            other=other,
            contact_name=contact_name,
            contact_phone=contact_phone,
            contact_address=contact_address,
            is_guardian=is_guardian,
            note=note,
            period=DateRange(since, None),
        )
        relationship.save(force_insert=True)
    return relationship


@operation("people.person.edit")
def end_relationship(*, relationship: Relationship, until: date, by: User, at: datetime) -> Relationship:
    require_on_person(by, "people.person.edit", relationship.person)
    if until <= relationship.period.lower:
        raise Refused(_("Tanggal berakhir harus sesudah tanggal mulai."), field="until")
    relationship.period = DateRange(relationship.period.lower, until)
    relationship.save(update_fields=["period"])
    return relationship


@operation("people.person.edit", creates=PersonKind)
def assign_kind(
    *,
    id: UUID,
    person: Person,
    kind: str,
    since: date,
    criteria: Sequence[str] = (),
    note: str = "",
    by: User,
    at: datetime,
) -> PersonKind:
    """A person is found to be of a kind of PPKS from a day on. Age and sex that do not fit only warn, elsewhere.

    Whoever may not read a kind that tells of health may still write it down, and does not learn whether it stood there.
    """
    require_on_person(by, "people.person.edit", person)
    assigned = PersonKind(
        id=id, person=person, kind_id=kind, criteria=list(criteria), note=note, period=DateRange(since, None)
    )
    if kind in HEALTH_KINDS and not may_on_person(by, READ_HEALTH_KIND, person):
        PersonKind.objects.bulk_create([assigned], ignore_conflicts=True)
        return assigned
    with saying_why(PersonKind):
        assigned.save(force_insert=True)
    return assigned


@operation("people.person.edit")
def end_kind(*, assigned: PersonKind, until: date, by: User, at: datetime) -> PersonKind:
    require_on_person(by, "people.person.edit", assigned.person)
    if until <= assigned.period.lower:
        raise Refused(_("Tanggal berakhir harus sesudah tanggal mulai."), field="until")
    assigned.period = DateRange(assigned.period.lower, until)
    assigned.save(update_fields=["period"])
    return assigned
