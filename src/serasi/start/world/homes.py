"""What the houses are, read from ``houses.toml``, and how one is built: buildings, wards, rooms and beds."""

import tomllib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from serasi.access.models import User
from serasi.residence import operations as residence
from serasi.residence.models import Bed, Room, Ward
from serasi.residence.operations.placing import Place
from serasi.start.world.persons import ODGJ, SORTS, Sort
from serasi.start.world.world import World

STANDING_SINCE: Final = 6 * 365
"""How many days ago the beds came into use: some residents have been there longer than Serasi."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WardPlan:
    name: str
    rooms: int
    beds: int
    sex: str = ""
    age_from: int | None = None
    age_to: int | None = None
    grade: str = ""
    ceiling_days: int | None = None
    properties: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """Some of those who leave move on to another house."""

    to: str
    part: float
    sort: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HousePlan:
    """A house and how people live in it; what each means stands at the head of the file."""

    unit: str
    people: int
    monthly: int
    stay: int
    sorts: Sequence[Sort]
    out: tuple[float, float, float]
    broken: int
    purpose: Sequence[str]
    exit_plan: Sequence[str]
    endings: Mapping[str, int]
    buildings: Sequence[tuple[str, Sequence[WardPlan]]]
    unknown: float = 0.0
    needs: float = 0.0
    files: float = 0.0
    least: int = 2
    raids: bool = False
    onward: Sequence[Onward] = ()


def _sort(code: str) -> Sort:
    return ODGJ if code == "odgj" else next(sort for sort in SORTS if sort.kind == code)


def _plan(told: dict[str, Any]) -> HousePlan:
    return HousePlan(
        sorts=[_sort(code) for code in told.pop("sorts")],
        buildings=[
            (building["name"], [WardPlan(**ward) for ward in building["wards"]]) for building in told.pop("building")
        ],
        onward=[Onward(**line) for line in told.pop("onward", ())],
        **told,
    )


_FILE: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("houses.toml").read_text(encoding="utf-8"))
PLANS: Final[Mapping[str, HousePlan]] = {plan.unit: plan for plan in map(_plan, _FILE["house"])}


@dataclass(slots=True)
class _WardBeds:
    """A ward with the beds that are free now, and how many lie on the floor of each room."""

    ward: Ward
    rooms: list[Room]
    properties: frozenset[str]
    beds: int = 0
    free: deque[Bed] = field(default_factory=deque)
    on_floor: dict[UUID, int] = field(default_factory=dict)

    def suits(self, sex: str, age: int) -> bool:
        ward = self.ward
        return (
            ward.sex in {"", sex}
            and (ward.age_from is None or age >= ward.age_from)
            and (ward.age_to is None or age <= ward.age_to)
        )


class Beds:
    """The beds of a house while its story is told: in order, so that what is free now is known without asking."""

    def __init__(self, wards: Sequence[_WardBeds]) -> None:
        self._wards = {one.ward.pk: one for one in wards}

    def find(self, sex: str, age: int, needs: Sequence[str] = ()) -> Place:
        """A free bed that suits, before all in the wards that have most; a place on a floor when there is none."""
        wanted = frozenset(needs)
        wards = list(self._wards.values())
        suited = [one for one in wards if one.suits(sex, age)] or [one for one in wards if one.ward.sex in {"", sex}]
        fit = [one for one in suited if wanted <= one.properties] or suited
        with_beds = [one for one in fit if one.free] or [one for one in suited if one.free]
        ordinary = [one for one in with_beds if "isolation" not in one.properties]
        if ordinary:
            best = max(ordinary, key=lambda one: (-len(one.properties - wanted), len(one.free) / one.beds))
            bed = best.free.popleft()
            return Place(bed.room, bed)
        shared = [one for one in fit if "isolation" not in one.properties] or fit
        ward = min(shared, key=lambda one: sum(one.on_floor.values()) / one.beds)
        room = min(ward.rooms, key=lambda room: ward.on_floor.get(room.pk, 0))
        ward.on_floor[room.pk] = ward.on_floor.get(room.pk, 0) + 1
        return Place(room)

    def give_back(self, place: Place) -> None:
        """Nobody lies there any longer."""
        ward = self._wards[place.room.ward_id]
        if place.bed is not None:
            ward.free.append(place.bed)
        else:
            ward.on_floor[place.room.pk] -= 1

    def take(self, place: Place) -> None:
        """Somebody lies there who asked for it."""
        ward = self._wards[place.room.ward_id]
        if place.bed is not None:
            ward.free.remove(place.bed)

    def free_beds(self) -> Iterator[Bed]:
        """The last ones first: those that would be given last."""
        for ward in self._wards.values():
            yield from reversed(ward.free)

    def fits(self, bed: Bed, sex: str, age: int) -> bool:
        return self._wards[bed.room.ward_id].suits(sex, age)


def build(world: World, plan: HousePlan, *, scale: float, by: User, at: datetime) -> Beds:
    """Build a house of this scale; its rooms stand four to a row on its plan."""
    story, since = f"rumah:{plan.unit}", (world.past(STANDING_SINCE)).date()
    wards = []
    for place, (name, planned) in enumerate(plan.buildings):
        building = residence.add_building(
            id=world.person_id(story) if place == 0 else world.id(story),
            unit=world.units[plan.unit],
            name=name,
            position=place,
            by=by,
            at=at,
        )
        for position, one in enumerate(planned):
            rooms = _beds_by_room(one, max(plan.least, round(one.rooms * one.beds * scale)))
            ward = residence.add_ward(
                id=world.id(story),
                building=building,
                name=one.name,
                position=position,
                sex=one.sex,
                age_from=one.age_from,
                age_to=one.age_to,
                grade=one.grade,
                ceiling_days=one.ceiling_days,
                shown_capacity=sum(rooms),
                by=by,
                at=at,
            )
            beds = _WardBeds(ward, [], frozenset(one.properties))
            for number, count in enumerate(rooms):
                room = residence.add_room(
                    id=world.id(story),
                    ward=ward,
                    name=f"Kamar {number + 1}",
                    position=number,
                    grid_row=number // 4 + 1,
                    grid_column=number % 4 + 1,
                    properties=[code for code in one.properties if code != "low"],
                    by=by,
                    at=at,
                )
                labels = [str(label) for label in range(1, count + 1)]
                low = [code for code in one.properties if code == "low"]
                beds.free.extend(
                    residence.add_beds(room=room, labels=labels, since=since, properties=low, by=by, at=at)
                )
                beds.rooms.append(room)
            beds.beds = len(beds.free)
            wards.append(beds)
    return Beds(wards)


def _beds_by_room(ward: WardPlan, beds: int) -> list[int]:
    """How many beds stand in each room when the ward has so many."""
    wanted = min(beds, ward.rooms * ward.beds)
    rooms = -(-wanted // ward.beds)
    return [wanted // rooms + (number < wanted % rooms) for number in range(rooms)]
