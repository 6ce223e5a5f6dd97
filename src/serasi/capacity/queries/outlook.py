"""The expected numbers of houses, as they were reckoned last, beside beds and places by decree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from serasi.access.models import Unit, User
from serasi.capacity.models import Forecast, Waiting
from serasi.institutions.models import Capacity
from serasi.residence.queries import Census, census_of_units


@dataclass(frozen=True, slots=True)
class Places:
    """Beds of a house that can be used, those taken, and people in its care."""

    beds: int = 0
    taken: int = 0
    people: int = 0

    @property
    def free(self) -> int:
        return self.beds - self.taken

    @property
    def over(self) -> int:
        """More people than beds that can be used."""
        return max(self.people - self.beds, 0)


@dataclass(frozen=True, slots=True)
class HouseAhead:
    """One house on the page of all: today's people and beds, places by decree, what is expected, who waits."""

    unit: Unit
    census: Census
    places: Places
    recorded: int | None
    ahead: Sequence[Forecast]
    waiting: int

    @property
    def room(self) -> int | None:
        """What the house is measured against: usable beds, or places by decree where no bed is written down."""
        return self.places.beds or self.recorded

    @property
    def over(self) -> int:
        """More people in care than there is room: of the house, where the board counts ward by ward."""
        return max(self.census.total - self.room, 0) if self.room is not None else 0

    @property
    def fills_on(self) -> Forecast | None:
        """The first day ahead on which more people are expected than there is room."""
        room = self.room
        return next((one for one in self.ahead if room is not None and round(one.expected) > room), None)


def houses_ahead(*, units: Iterable[Unit], reader: User, at: datetime, on: date) -> list[HouseAhead]:
    """Many houses at once: five statements. The fullest first."""
    asked = list(units)
    counted = census_of_units(units=asked, at=at)
    places = places_now(at)
    decreed: dict[UUID, int] = {}
    for unit_id, number in (
        Capacity.objects.filter(institution__unit__in=asked, period__contains=on)
        .order_by("period")
        .values_list("institution__unit", "places")
    ):
        decreed[unit_id] = number
    ahead: dict[UUID, list[Forecast]] = {}
    for one in Forecast.objects.visible_to(reader).filter(unit__in=asked, kind=None).newest(on=on).order_by("horizon"):
        ahead.setdefault(one.unit_id, []).append(one)
    waiting: dict[UUID, int] = {}
    for unit_id in (
        Waiting.objects.visible_to(reader).open().filter(case__unit__in=asked).values_list("case__unit", flat=True)
    ):
        waiting[unit_id] = waiting.get(unit_id, 0) + 1
    found = [
        HouseAhead(
            unit,
            counted.get(unit.pk, Census()),
            places.get(unit.pk, Places()),
            decreed.get(unit.pk),
            ahead.get(unit.pk, []),
            waiting.get(unit.pk, 0),
        )
        for unit in asked
    ]
    return sorted(found, key=lambda one: (-(one.census.total / one.room) if one.room else 0.0, one.unit.name))


def places_now(at: datetime) -> dict[UUID, Places]:
    """Usable and taken beds of every house, safe houses for those alone who reach them. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id, beds, taken, people FROM capacity_places(%s)", [at])
        return {unit_id: Places(beds, taken, people) for unit_id, beds, taken, people in cursor.fetchall()}


def outlook_of(unit: Unit, *, reader: User, on: date) -> list[Forecast]:
    """What was reckoned last for a house and its kinds: whole house first, then the largest kinds. One statement."""
    found = Forecast.objects.visible_to(reader).filter(unit=unit).newest(on=on).select_related("kind")
    return sorted(found, key=lambda one: (one.kind_id is not None, -one.present, one.kind_id or "", one.horizon))


def said_before(unit: Unit, *, reader: User, on: date, horizon: int = 30, most: int = 12) -> list[Forecast]:
    """Forecasts of the past whose day has come, the newest first: to be held against what came. One statement."""
    due = Forecast.objects.visible_to(reader).filter(
        unit=unit, kind=None, horizon=horizon, made_on__lte=date.fromordinal(on.toordinal() - horizon)
    )
    return list(due.order_by("-made_on")[:most])
