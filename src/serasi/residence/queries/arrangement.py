"""A house as a list names it, against the house as it stands: what would be added, what would be changed.

Parts are known by their names, whatever their case and spaces; nothing that a list leaves out is touched.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from serasi.access.models import Unit
from serasi.residence.models import Bed, Building, Room, Ward
from serasi.residence.queries.days import day_at

Key = tuple[str, ...]
"""The way to a part: building; building and ward; and so on down to the bed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of a list: a bed, or a room without one. None is what the list does not say."""

    number: int
    building: str
    ward: str
    room: str
    bed: str = ""
    sex: str | None = None
    properties: tuple[str, ...] | None = None

    def key(self, depth: int) -> Key:
        return tuple(known_as(name) for name in (self.building, self.ward, self.room, self.bed)[:depth])


@dataclass(slots=True)
class Arrangement:
    """What a list would do to a house, in the order of the list."""

    buildings: dict[Key, Wanted] = field(default_factory=dict)
    wards: dict[Key, Wanted] = field(default_factory=dict)
    rooms: dict[Key, Wanted] = field(default_factory=dict)
    beds: dict[Key, Wanted] = field(default_factory=dict)
    other_wards: dict[Key, tuple[Ward, Wanted]] = field(default_factory=dict)
    other_beds: dict[Key, tuple[Bed, Wanted]] = field(default_factory=dict)
    closed: list[tuple[Wanted, Building | Ward | Room]] = field(default_factory=list)
    """Lines that name what has been closed: they stand in the way of all others."""

    @property
    def is_nothing(self) -> bool:
        return not any(
            (self.buildings, self.wards, self.rooms, self.beds, self.other_wards, self.other_beds, self.closed)
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """The parts of a house by their keys, closed ones too; beds that are in service."""

    buildings: dict[Key, Building]
    wards: dict[Key, Ward]
    rooms: dict[Key, Room]
    beds: dict[Key, Bed]

    @property
    def only_building(self) -> str:
        """The one building that is open: what a list means that names none."""
        names = [one.name for one in self.buildings.values() if one.closed_on is None]
        return names[0] if len(names) == 1 else ""


def known_as(name: str) -> str:
    return " ".join(name.casefold().split())


def standing(unit: Unit, at: datetime) -> Standing:
    """The house as it is. Four statements."""
    buildings: dict[Key, Building] = {(known_as(one.name),): one for one in Building.objects.of(unit)}
    wards: dict[Key, Ward] = {
        (known_as(one.building.name), known_as(one.name)): one
        for one in Ward.objects.of(unit).select_related("building", "unit")
    }
    of_ward = {ward.pk: key for key, ward in wards.items()}
    rooms: dict[Key, Room] = {(*of_ward[one.ward_id], known_as(one.name)): one for one in Room.objects.of(unit)}
    of_room = {room.pk: key for key, room in rooms.items()}
    beds: dict[Key, Bed] = {
        (*of_room[one.room_id], known_as(one.label)): one
        for one in Bed.objects.of(unit).filter(in_service__contains=day_at(unit, at))
    }
    return Standing(buildings, wards, rooms, beds)


def arrangement(*, house: Standing, wanted: Sequence[Wanted]) -> Arrangement:
    """What the lines would add to the house and change in it. The first line that names a part decides about it."""
    found = Arrangement()
    for line in wanted:
        parts = [house.buildings.get(line.key(1)), house.wards.get(line.key(2)), house.rooms.get(line.key(3))]
        if (closed := _closed(parts)) is not None:
            found.closed.append((line, closed))
            continue
        for new, depth, part in zip((found.buildings, found.wards, found.rooms), (1, 2, 3), parts, strict=True):
            if part is None:
                new.setdefault(line.key(depth), line)
        ward = house.wards.get(line.key(2))
        if ward is not None and line.sex is not None and line.sex != ward.sex:
            found.other_wards.setdefault(line.key(2), (ward, line))
        if not line.bed:
            continue
        bed = house.beds.get(line.key(4))
        if bed is None:
            found.beds.setdefault(line.key(4), line)
        elif line.properties is not None and set(line.properties) != set(bed.properties):
            found.other_beds.setdefault(line.key(4), (bed, line))
    return found


def _closed(parts: Iterable[Building | Ward | Room | None]) -> Building | Ward | Room | None:
    return next((part for part in parts if part is not None and part.closed_on is not None), None)
