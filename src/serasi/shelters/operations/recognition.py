"""Who someone is, found out after they came: one of the register, or new in it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require
from serasi.common.identifiers import uuid7
from serasi.people import operations as people
from serasi.people.enums import IdentityState
from serasi.people.models import Person
from serasi.people.operations import NewPerson
from serasi.shelters.models import Arrival
from serasi.shelters.permissions import RECOGNISE_ARRIVAL

NO_NIK = "tidak_membawa_dokumen"


class AlreadyMatched(Refused):
    message = _("Nomor ini sudah dicocokkan dengan seseorang.")


def described(arrival: Arrival, *, not_same_as: Collection[UUID] = ()) -> NewPerson:
    """What is known of them, as the register takes it: years around the age that was guessed."""
    year = timezone.localtime(arrival.arrived_at).year - arrival.age
    return NewPerson(
        identity_state=IdentityState.STATED if arrival.name else IdentityState.UNKNOWN,
        sex=arrival.sex,
        full_name=arrival.name,
        description="" if arrival.name else f"Datang ke {arrival.gathering.place} dengan nomor {arrival.tag}",
        birth_year_from=year - 1,
        birth_year_to=year + 1,
        no_nik_reason=NO_NIK,
        not_same_as=not_same_as,
    )


@operation(RECOGNISE_ARRIVAL)
def match_arrival(*, arrival: Arrival, person_id: UUID, by: User, at: datetime) -> Arrival:
    """They are someone whom the register knows; the unit of the gathering knows them from now on. Raises NotFound."""
    require(by, RECOGNISE_ARRIVAL, on=arrival)
    reason = f"Datang ke penampungan: {arrival.gathering.place}"[:300]
    link = people.recognise(id=uuid7(), person_id=person_id, unit=arrival.gathering.unit, reason=reason, by=by, at=at)
    return _say(arrival, Person.objects.get(pk=link.person_id))


@operation(RECOGNISE_ARRIVAL)
def register_person_of(
    *, person_id: UUID, arrival: Arrival, by: User, at: datetime, not_same_as: Collection[UUID] = ()
) -> Arrival:
    """They are new. Raises LikelySame until every likely match was looked at."""
    require(by, RECOGNISE_ARRIVAL, on=arrival)
    new = described(arrival, not_same_as=not_same_as)
    person = people.register_person(id=person_id, new=new, unit=arrival.gathering.unit, by=by, at=at)
    return _say(arrival, person)


def _say(arrival: Arrival, person: Person) -> Arrival:
    unmatched = Arrival.objects.filter(pk=arrival.pk, person=None)
    if not unmatched.update(person=person, revision=arrival.revision + 1):
        if Arrival.objects.filter(pk=arrival.pk, person=person).exists():
            return arrival
        raise AlreadyMatched
    arrival.person, arrival.revision = person, arrival.revision + 1
    return arrival
