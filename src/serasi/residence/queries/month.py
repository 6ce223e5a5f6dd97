"""A month of a house: which bed held whom on each day, and how many lived in each ward, beside its usable beds.

A day is told as the board tells a day that is past: by its end, in the house's own zone; today by this moment.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from serasi.access.models import Unit, User
from serasi.residence.enums import State
from serasi.residence.models import Bed, BedOutage, Occupancy, Ward
from serasi.residence.queries.days import beginning_of, day_at

OUT_OF_ORDER, NOT_IN_SERVICE, FREE, AHEAD = "out_of_order", "not_in_service", "free", "ahead"
"""What a day of a bed may be beside the states of whom it holds; ahead is what has not been yet."""

Day = tuple[str, str]
"""What a day of a bed is, and the tag of whom it holds."""


@dataclass(frozen=True, slots=True)
class Run:
    """Days on end that are alike."""

    kind: str
    tag: str
    days: int


@dataclass(slots=True)
class DayCount:
    """A ward on a day: people who keep a bed, people on mats, beds that could be used."""

    taken: int = 0
    floor: int = 0
    usable: int = 0

    @property
    def people(self) -> int:
        return self.taken + self.floor

    @property
    def over(self) -> int:
        return max(self.people - self.usable, 0)


@dataclass(frozen=True, slots=True)
class DayTotal:
    """A house on a day. A bed that is free in one ward is no bed for who is on the floor of another."""

    people: int
    usable: int
    over: int


@dataclass(slots=True)
class BedMonth:
    room: str
    label: str
    days: list[Day]

    @property
    def runs(self) -> Iterator[Run]:
        begun = 0
        for place, day in enumerate(self.days):
            if place + 1 == len(self.days) or self.days[place + 1] != day:
                yield Run(*day, days=place + 1 - begun)
                begun = place + 1


@dataclass(slots=True)
class WardMonth:
    ward: Ward
    beds: list[BedMonth] = field(default_factory=list)
    counts: list[DayCount] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Month:
    unit: Unit
    first: date
    days: tuple[date, ...]
    lived: int
    """How many of the days have been, today with them."""
    wards: tuple[WardMonth, ...]

    @property
    def totals(self) -> list[DayTotal]:
        days = zip(*(ward.counts for ward in self.wards), strict=True)
        return [DayTotal(*(sum(getattr(one, name) for one in day) for name in DayTotal.__slots__)) for day in days]


def month(*, unit: Unit, first: date, at: datetime, reader: User, ward_id: UUID | None = None) -> Month:
    """The month that begins on ``first``, of the house or of one ward. Four statements, one of them for all places.

    Reading needs ``residence.board.see`` at the unit; without it the month is empty.
    """
    days = tuple(_days_of(first))
    lived = max(0, min(len(days), (day_at(unit, at) - first).days + 1))
    wards = {ward.pk: WardMonth(ward, [], [DayCount() for _day in days]) for ward in _wards(unit, reader, ward_id)}
    if not wards:
        return Month(unit, first, days, lived, ())
    beds = _put_beds(wards, days, _days_out_of_order(unit, days, at))
    for place, ward, bed, tag, state in _lived(unit, days[:lived], at, reader, ward_id):
        if bed is not None:
            wards[ward].counts[place].taken += 1
            beds[bed].days[place] = (state, tag)
        elif state == State.PRESENT:
            wards[ward].counts[place].floor += 1
    for bed_month in beds.values():
        bed_month.days[lived:] = [(AHEAD, "") if day[0] == FREE else day for day in bed_month.days[lived:]]
    for one in wards.values():
        one.beds = [bed for bed in one.beds if any(kind != NOT_IN_SERVICE for kind, _tag in bed.days)]
    shown = (one for one in wards.values() if one.beds or any(count.people for count in one.counts))
    return Month(unit, first, days, lived, tuple(shown))


def _put_beds(wards: dict[UUID, WardMonth], days: tuple[date, ...], out: dict[UUID, set[date]]) -> dict[UUID, BedMonth]:
    """Every bed there ever was, put into its ward as if nobody were in it, and counted where it could be used."""
    beds: dict[UUID, BedMonth] = {}
    rows = Bed.objects.filter(room__ward__in=list(wards)).order_by("room__position", "room__name", "position", "label")
    for pk, label, in_service, room, room_closed, ward_id in rows.values_list(
        "pk", "label", "in_service", "room__name", "room__closed_on", "room__ward"
    ):
        ward = wards[ward_id]
        closed = min(room_closed or date.max, ward.ward.closed_on or date.max)
        beds[pk] = BedMonth(room, label, [])
        ward.beds.append(beds[pk])
        for place, day in enumerate(days):
            is_there = not in_service.isempty and day in in_service and day < closed
            is_out = day in out.get(pk, ())
            beds[pk].days.append((NOT_IN_SERVICE if not is_there else OUT_OF_ORDER if is_out else FREE, ""))
            ward.counts[place].usable += is_there and not is_out
    return beds


def _wards(unit: Unit, reader: User, ward_id: UUID | None) -> Any:
    found = Ward.objects.visible_to(reader).of(unit).select_related("building")
    return found.filter(pk=ward_id) if ward_id else found


def _days_of(first: date) -> Iterator[date]:
    day = first
    while day.month == first.month:
        yield day
        day += timedelta(days=1)


def _ends_of(unit: Unit, days: tuple[date, ...]) -> tuple[datetime, datetime]:
    return beginning_of(unit, days[0]), beginning_of(unit, days[-1] + timedelta(days=1))


def _lived(
    unit: Unit, days: tuple[date, ...], at: datetime, reader: User, ward_id: UUID | None
) -> Iterator[tuple[int, UUID, UUID | None, str, str]]:
    """(day, ward, bed, tag, state) of everyone who had a place at the end of each day that has been."""
    if not days:
        return
    rows = Occupancy.objects.visible_to(reader).of(unit).between(*_ends_of(unit, days)).filter(room__isnull=False)
    if ward_id:
        rows = rows.filter(ward=ward_id)
    for ward, bed, tag, state, began, ended in rows.order_by().values_list(
        "ward_id", "bed_id", "tag", "state", "began_at", "ended_at"
    ):
        if began > at:
            continue
        begins = max((day_at(unit, began) - days[0]).days, 0)
        ends = len(days) if ended is None or ended > at else (day_at(unit, ended) - days[0]).days
        for place in range(begins, min(ends, len(days))):
            yield place, ward, bed, tag, state


def _days_out_of_order(unit: Unit, days: tuple[date, ...], at: datetime) -> dict[UUID, set[date]]:
    """Of each bed the days at whose end it could not be used."""
    first, last = _ends_of(unit, days)
    found: dict[UUID, set[date]] = {}
    rows = BedOutage.objects.of(unit).filter(period__overlap=(first, last)).values_list("bed_id", "period")
    today = day_at(unit, at)
    for bed, period in rows:
        begins = day_at(unit, period.lower)
        is_ended = period.upper is not None
        for day in days:
            ends_after = not is_ended or (period.upper > at if day == today else day < day_at(unit, period.upper))
            begun = period.lower <= at if day == today else begins <= day
            if begun and ends_after:
                found.setdefault(bed, set()).add(day)
    return found
