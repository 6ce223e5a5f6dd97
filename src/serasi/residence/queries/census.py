"""How many live in a house: at any moment, as it is known now or as it was known then; and whose time runs out."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Min, Q

from serasi.access.models import Unit, User
from serasi.people.models import Person
from serasi.residence.enums import State
from serasi.residence.models import Bed, BedOutage, Occupancy, Stay, Ward
from serasi.residence.queries.days import day_at


@dataclass(frozen=True, slots=True)
class Census:
    """People in care of a house at a moment, by how they are there; ``on_floor`` are the present without a bed."""

    present: int = 0
    leave: int = 0
    hospital: int = 0
    absconded: int = 0
    on_floor: int = 0
    without_place: int = 0

    @property
    def total(self) -> int:
        return self.present + self.leave + self.hospital + self.absconded


@dataclass(frozen=True, slots=True)
class WardOccupancy:
    """A ward in numbers. ``beds`` are in service, ``usable`` without those out of order, ``taken`` kept for someone."""

    ward: Ward
    census: Census
    beds: int
    usable: int
    taken: int

    @property
    def free(self) -> int:
        return max(self.usable - self.taken, 0)

    @property
    def over(self) -> int:
        """More people than beds that can be used."""
        return max(self.taken + self.census.on_floor - self.usable, 0)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How many days somebody has been in a ward, of how many one may be there."""

    ward: str
    days: int
    most: int
    last_day: date

    @property
    def days_left(self) -> int:
        """Negative once the ceiling has passed."""
        return self.most - self.days

    @property
    def days_over(self) -> int:
        return -self.days_left


@dataclass(frozen=True, slots=True)
class CeilingNear(Ceiling):
    """Someone whose time in a ward is nearly, or already, over."""

    stay_id: UUID
    tag: str
    name: str


def census(*, unit: Unit, at: datetime, known_at: datetime | None = None) -> Census:
    """How many people a house cared for at a moment; with ``known_at``, as its records said then. One statement.

    Counts of a house whose census the actor may not see are zero.
    """
    return _summed(_counted([unit], at, known_at))


def census_of_units(*, units: Iterable[Unit], at: datetime) -> dict[UUID, Census]:
    """The same for many houses at once: one statement."""
    asked = list(units)
    rows = _counted(asked, at, None)
    return {unit.pk: _summed(row for row in rows if row[0] == unit.pk) for unit in asked}


def occupancy_by_ward(*, unit: Unit, at: datetime) -> list[WardOccupancy]:
    """Every open ward with its people and beds, in numbers. Four statements."""
    day = day_at(unit, at)
    rows = _counted([unit], at, None)
    in_service = Bed.objects.of(unit).in_service_on(day)
    out = BedOutage.objects.at(at).of(unit).values("bed_id")
    beds = {
        ward: (every, usable)
        for ward, every, usable in in_service.order_by()
        .values("room__ward")
        .annotate(every=Count("pk"), usable=Count("pk", filter=~Q(pk__in=out)))
        .values_list("room__ward", "every", "usable")
    }
    found = []
    for ward in Ward.objects.of(unit).select_related("building"):
        of_ward = [row for row in rows if row[1] == ward.pk]
        if ward.closed_on is not None and ward.closed_on <= day and not of_ward:
            continue
        every, usable = beds.get(ward.pk, (0, 0))
        taken = sum(people for *_rest, has_bed, _has_place, people in of_ward if has_bed)
        found.append(WardOccupancy(ward, _summed(of_ward), every, usable, taken))
    return found


def ceiling_of(now: Occupancy, *, unit: Unit, at: datetime) -> Ceiling | None:
    """Of the ward where somebody is; None where one may stay. One statement, or none."""
    if now.ward is None or not now.ward.ceiling_days:
        return None
    return _ceilings([(now.stay_id, now.ward.pk, now.ward.name, now.ward.ceiling_days)], unit, at)[now.stay_id]


def ceilings_near(*, unit: Unit, at: datetime, reader: User, within_days: int = 7) -> list[CeilingNear]:
    """Whose time in their ward is over, or will be within some days, the nearest first; as far as the reader may know.

    Four statements.
    """
    here = (
        Occupancy.objects.visible_to(reader)
        .of(unit)
        .at(at)
        .filter(ward__ceiling_days__isnull=False)
        .values_list("stay_id", "ward_id", "ward__name", "ward__ceiling_days")
    )
    near = {stay_id: one for stay_id, one in _ceilings(list(here), unit, at).items() if one.days_left <= within_days}
    if not near:
        return []
    stays = list(Stay.objects.visible_to(reader).filter(pk__in=list(near)))
    people = Person.objects.visible_to(reader).in_bulk([stay.person_id for stay in stays])
    found = []
    for stay in stays:
        person = people.get(stay.person_id)
        name = person.shown_name(to=reader) if person else ""
        found.append(CeilingNear(**asdict(near[stay.pk]), stay_id=stay.pk, tag=stay.tag, name=name))
    return sorted(found, key=lambda one: (one.days_left, one.tag))


def _ceilings(here: Sequence[tuple[UUID, UUID, str, int | None]], unit: Unit, at: datetime) -> dict[UUID, Ceiling]:
    """By stay, of those who are in these wards: counted in days of the house, from the day of coming into the ward."""
    if not here:
        return {}
    came = (
        Occupancy.objects.filter(stay__in=[stay_id for stay_id, *_ward in here])
        .order_by()
        .values("stay_id", "ward_id")
        .annotate(first=Min("period__startswith"))
        .values_list("stay_id", "ward_id", "first")
    )
    first_day = {(stay_id, ward_id): day_at(unit, first) for stay_id, ward_id, first in came}
    today, found = day_at(unit, at), {}
    for stay_id, ward_id, ward, ceiling in here:
        first, most = first_day[stay_id, ward_id], ceiling or 0
        found[stay_id] = Ceiling(ward, (today - first).days, most, first + timedelta(days=most))
    return found


_Row = tuple[UUID, UUID | None, str, bool, bool, int]


def _counted(units: list[Unit], at: datetime, known_at: datetime | None) -> list[_Row]:
    """(unit, ward, state, has a bed, has a place, people) from the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit_id, ward_id, state, has_bed, has_place, people FROM residence_census(%s::uuid[], %s, %s)",
            [[unit.pk for unit in units], at, known_at],
        )
        return list(cursor.fetchall())


def _summed(rows: Iterable[_Row]) -> Census:
    of_state = dict.fromkeys(State.values, 0)
    on_floor = without_place = 0
    for _unit, _ward, state, has_bed, has_place, people in rows:
        of_state[state] += people
        on_floor += people if has_place and not has_bed else 0
        without_place += 0 if has_place else people
    return Census(**of_state, on_floor=on_floor, without_place=without_place)
