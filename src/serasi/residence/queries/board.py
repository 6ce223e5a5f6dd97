"""The bed board: every ward, room and bed of a house at a moment, with who is there as far as the reader may know."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from serasi.access.models import Unit, User
from serasi.people.enums import Confidentiality
from serasi.people.models import Person, PersonUnit
from serasi.people.permissions import OPEN
from serasi.residence.enums import OutageReason, State
from serasi.residence.models import Bed, BedOutage, Occupancy, Reservation, Room, Stay, Ward
from serasi.residence.queries.days import day_at
from serasi.residence.queries.placement import held_beds


@dataclass(frozen=True, slots=True)
class Occupant:
    """Someone in a place. ``name`` is what this reader may read, and empty when they may not know who it is."""

    tag: str
    state: State
    since: datetime
    due_back: datetime | None
    stay_id: UUID | None
    person_id: UUID | None
    name: str
    is_guarded: bool
    """A wall shows the tag alone: a child in court, or someone this reader may not know."""

    @property
    def on_wall(self) -> str:
        """What a display that anyone can see may say."""
        return f"#{self.tag}" if self.is_guarded else self.name or f"#{self.tag}"


@dataclass(frozen=True, slots=True)
class Expected:
    """Someone is expected; of a person the reader may not know, only that the bed is held."""

    reservation_id: UUID | None
    person_id: UUID | None
    name: str
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class BedCell:
    bed_id: UUID
    label: str
    properties: tuple[str, ...]
    occupant: Occupant | None
    expected: Expected | None
    out_of_order: OutageReason | None

    @property
    def is_free(self) -> bool:
        """Someone could be put here now without asking twice."""
        return self.occupant is None and self.out_of_order is None and self.expected is None


@dataclass(frozen=True, slots=True)
class RoomCells:
    room_id: UUID
    name: str
    properties: tuple[str, ...]
    grid: tuple[int, int] | None
    beds: list[BedCell] = field(default_factory=list)
    floor: list[Occupant] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WardCells:
    ward_id: UUID
    name: str
    building: str
    ward: Ward
    rooms: list[RoomCells] = field(default_factory=list)

    @property
    def beds(self) -> list[BedCell]:
        return [bed for room in self.rooms for bed in room.beds]

    @property
    def floor(self) -> list[Occupant]:
        """Over capacity: on mats."""
        return [one for room in self.rooms for one in room.floor]

    @property
    def usable(self) -> int:
        return sum(bed.out_of_order is None for bed in self.beds)

    @property
    def free(self) -> int:
        return sum(bed.is_free for bed in self.beds)


@dataclass(frozen=True, slots=True)
class Board:
    unit: Unit
    at: datetime
    day: date
    wards: tuple[WardCells, ...]
    without_place: tuple[Occupant, ...]
    """Out of the house, and their bed given up: still in care, never lost."""
    expected: tuple[Expected, ...]
    """Expected that day without a bed held."""


def board(*, unit: Unit, at: datetime, reader: User) -> Board:
    """The house as it was, or is, at a moment. Ten statements, whatever its size.

    What is closed by then is left out unless someone is in it. Reading needs ``residence.board.see`` at the unit;
    without it the board is empty.
    """
    day = day_at(unit, at)
    wards = {
        ward.pk: WardCells(ward.pk, ward.name, ward.building.name, ward)
        for ward in Ward.objects.visible_to(reader).of(unit).select_related("building")
    }
    if not wards:
        return Board(unit, at, day, (), (), ())
    rooms, open_rooms = _rooms(wards, day)
    rows = _places_taken(unit, at, reader)
    taken = [row[0] for row in rows]  # ids alone: the database serves them from an index before it asks its policies
    stays = dict(Stay.objects.reached_by(reader).filter(pk__in=taken).values_list("pk", "person_id"))
    reservations = list(Reservation.objects.reached_by(reader).of(unit).open().filter(period__contains=day))
    people = known_people(reader, [*stays.values(), *(one.person_id for one in reservations)])
    in_bed, on_floor, without_place = _occupants(rows, stays, people, reader)
    held, waiting = _expected(reader, reservations, people, held_beds(unit, day))
    out = dict(BedOutage.objects.at(at).of(unit).values_list("bed_id", "reason"))
    beds = (
        Bed.objects.of(unit)
        .order_by("position", "label")
        .values_list("pk", "room_id", "label", "properties", "in_service")
    )
    for pk, room_id, label, properties, in_service in beds:
        occupant = in_bed.get(pk)
        if occupant is None and not (room_id in open_rooms and not in_service.isempty and day in in_service):
            continue
        reason = OutageReason(out[pk]) if pk in out else None
        rooms[room_id].beds.append(BedCell(pk, label, tuple(properties), occupant, held.get(pk), reason))
    for room_id, occupants in on_floor.items():
        rooms[room_id].floor.extend(occupants)
    return Board(unit, at, day, tuple(_shown(wards.values(), open_rooms)), tuple(without_place), tuple(waiting))


def _rooms(wards: dict[UUID, WardCells], day: date) -> tuple[dict[UUID, RoomCells], set[UUID]]:
    """Every room of these wards, put into them, and which of them are open that day."""
    rooms: dict[UUID, RoomCells] = {}
    open_rooms = set()
    for room in Room.objects.filter(ward__in=list(wards)):
        ward = wards[room.ward_id]
        rooms[room.pk] = RoomCells(room.pk, room.name, tuple(room.properties), room.place_on_plan)
        ward.rooms.append(rooms[room.pk])
        if not _is_closed(room.closed_on, day) and not _is_closed(ward.ward.closed_on, day):
            open_rooms.add(room.pk)
    return rooms, open_rooms


def _is_closed(closed_on: date | None, day: date) -> bool:
    return closed_on is not None and closed_on <= day


def _shown(wards: Iterable[WardCells], open_rooms: set[UUID]) -> Iterable[WardCells]:
    for ward in wards:
        ward.rooms[:] = [room for room in ward.rooms if room.room_id in open_rooms or room.beds or room.floor]
        if ward.rooms:
            yield ward


_Row = tuple[UUID, UUID | None, UUID | None, str, str, datetime | None, Any]


def _places_taken(unit: Unit, at: datetime, reader: User) -> list[_Row]:
    rows = (
        Occupancy.objects.visible_to(reader)
        .of(unit)
        .at(at)
        .order_by("tag")
        .values_list("stay_id", "room_id", "bed_id", "tag", "state", "expected_at", "period")
    )
    return cast("list[_Row]", list(rows))


def _occupants(
    rows: Iterable[_Row], stays: dict[UUID, UUID], people: dict[UUID, Person], reader: User
) -> tuple[dict[UUID, Occupant], dict[UUID, list[Occupant]], list[Occupant]]:
    """Who is in which bed, on the floor of which room, and nowhere."""
    in_bed: dict[UUID, Occupant] = {}
    on_floor: dict[UUID, list[Occupant]] = {}
    without_place: list[Occupant] = []
    for stay_id, room_id, bed_id, tag, state, expected_at, period in rows:
        person = people.get(stays[stay_id]) if stay_id in stays else None
        occupant = Occupant(
            tag=tag,
            state=State(state),
            since=period.lower,
            due_back=expected_at,
            stay_id=stay_id if person else None,
            person_id=person.pk if person else None,
            name=person.shown_name(to=reader) if person else "",
            is_guarded=person is None or person.confidentiality != Confidentiality.ORDINARY,
        )
        if bed_id is not None:
            in_bed[bed_id] = occupant
        elif room_id is not None:
            on_floor.setdefault(room_id, []).append(occupant)
        else:
            without_place.append(occupant)
    return in_bed, on_floor, without_place


def _expected(
    reader: User, reservations: list[Reservation], people: dict[UUID, Person], held: list[tuple[UUID, UUID]]
) -> tuple[dict[UUID, Expected], list[Expected]]:
    """Whom each held bed is held for, and who is expected without one."""
    known = {
        one.pk: Expected(
            one.pk,
            one.person_id,
            people[one.person_id].shown_name(to=reader),
            one.period.lower,
            one.period.upper - timedelta(days=1),
        )
        for one in reservations
        if one.person_id in people
    }
    unknown = Expected(None, None, "", None, None)
    in_beds = {bed_id: known.get(reservation_id, unknown) for reservation_id, bed_id in held}
    return in_beds, [known[one.pk] for one in reservations if one.bed_id is None and one.pk in known]


def known_people(reader: User, ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Of these people, those whom this reader may open, with what showing a name takes. Two statements.

    The same as ``Person.objects.visible_to(reader)``, asked from the other side: a thousand people are a matter of ids.
    """
    asked = set(ids)
    if not reader.scope.is_system:
        if not reader.scope.has(OPEN):
            return {}
        units = PersonUnit.objects.open_to(reader).filter(person__in=asked)
        circle = Person.objects.in_circle_of(reader).filter(pk__in=asked)
        asked = set(units.values_list("person_id", flat=True).union(circle.values_list("pk", flat=True), all=True))
    found = Person.objects.as_read_by(reader).filter(pk__in=asked).order_by()
    return {person.pk: person for person in found.only("full_name", "nickname", "description", "confidentiality")}
