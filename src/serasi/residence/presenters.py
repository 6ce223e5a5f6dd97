"""How the house and its people look: words, icons and tones of states, numbers of a board, the story of a stay."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.common.components import Event, Fact, Status, Tone
from serasi.people.enums import Sex
from serasi.people.reference import ppks_kinds
from serasi.residence.enums import MovementKind, Property, State
from serasi.residence.models import AdmissionCriteria, Bed, Building, Room, Ward
from serasi.residence.queries import Board, Line, in_default_order
from serasi.residence.queries.board import BedCell, Occupant, RoomCells, WardCells

STATES: dict[State, tuple[Any, Tone, str]] = {
    State.PRESENT: (State.PRESENT.label, "good", "user"),
    State.LEAVE: (State.LEAVE.label, "info", "walk"),
    State.HOSPITAL: (State.HOSPITAL.label, "warn", "building-hospital"),
    State.ABSCONDED: (State.ABSCONDED.label, "bad", "alert-triangle"),
}
_LINES: dict[MovementKind, tuple[str, Tone]] = {
    MovementKind.ARRIVED: ("home", "good"),
    MovementKind.MOVED: ("arrows-exchange", "primary"),
    MovementKind.LEAVE: ("walk", "info"),
    MovementKind.HOSPITAL: ("building-hospital", "warn"),
    MovementKind.ABSCONDED: ("alert-triangle", "bad"),
    MovementKind.RELEASED: ("bed", "neutral"),
    MovementKind.RETURNED: ("home", "good"),
    MovementKind.ENDED: ("flag", "neutral"),
}


def property_words(codes: Iterable[str]) -> list[str]:
    return [str(Property(code).label) for code in codes]


def state_status(state: State) -> Status:
    words, tone, icon = STATES[state]
    return Status(str(words), tone, icon)


@dataclass(frozen=True, slots=True)
class Mark:
    """One place on the board: whom or what it holds, in which tone, with a word and icon for the unusual."""

    kind: str
    bed: str
    title: str
    tone: Tone
    icon: str
    word: str = ""
    due: Any = None
    stay_id: Any = None
    properties: str = ""
    is_floor: bool = False
    bed_id: Any = None
    """A bed that holds nobody leads to its own page, where it is put aside and back."""


@dataclass(frozen=True, slots=True)
class RoomMarks:
    name: str
    marks: list[Mark]
    is_over: bool


@dataclass(frozen=True, slots=True)
class WardMarks:
    id: str
    name: str
    building: str
    caption: str
    rooms: list[RoomMarks]
    beds: int
    taken: int
    free: int
    floor: int
    over: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """The house in eight numbers, counted from the board itself: they can never disagree."""

    people: int
    present: int
    leave: int
    hospital: int
    absconded: int
    free: int
    floor: int
    over: int
    usable: int


def occupants(board: Board) -> Iterator[Occupant]:
    for ward in board.wards:
        for room in ward.rooms:
            yield from (bed.occupant for bed in room.beds if bed.occupant is not None)
            yield from room.floor
    yield from board.without_place


def numbers(board: Board) -> Numbers:
    states = [one.state for one in occupants(board)]
    return Numbers(
        people=len(states),
        present=states.count(State.PRESENT),
        leave=states.count(State.LEAVE),
        hospital=states.count(State.HOSPITAL),
        absconded=states.count(State.ABSCONDED),
        free=sum(ward.free for ward in board.wards),
        floor=sum(_on_floor(ward) for ward in board.wards),
        over=sum(_over(ward) for ward in board.wards),
        usable=sum(ward.usable for ward in board.wards),
    )


def _on_floor(ward: WardCells) -> int:
    """Those who sleep on a mat tonight; who is out left the mat behind."""
    return sum(one.state is State.PRESENT for one in ward.floor)


def _taken(ward: WardCells) -> int:
    return sum(bed.occupant is not None for bed in ward.beds)


def _over(ward: WardCells) -> int:
    return max(_taken(ward) + _on_floor(ward) - ward.usable, 0)


def wards_shown(
    board: Board, *, ward_id: str = "", kind: str = "", is_wall: bool = False, with_rooms: bool = True
) -> list[WardMarks]:
    """The wards as marks, narrowed to one ward or to what is asked for; rooms without any of it are left out. Of a
    large house ``with_rooms`` is left out at first: its wards in numbers."""
    found = []
    for ward in board.wards:
        if ward_id and str(ward.ward_id) != ward_id:
            continue
        rooms = [
            room
            for room in _rooms(ward.rooms, lambda mark: not kind or mark.kind == kind, is_wall=is_wall)
            if room.marks
        ]
        if rooms:
            found.append(
                WardMarks(
                    id=str(ward.ward_id),
                    name=ward.name,
                    building=ward.building,
                    caption=whom_for(ward.ward),
                    rooms=rooms if with_rooms else [],
                    beds=ward.usable,
                    taken=_taken(ward),
                    free=ward.free,
                    floor=_on_floor(ward),
                    over=_over(ward),
                )
            )
    return found


def _rooms(
    rooms: Iterable[RoomCells], wanted: Callable[[Mark], bool], *, is_wall: bool, is_paper: bool = False
) -> Iterator[RoomMarks]:
    for room in rooms:
        marks = [
            _bed_mark(bed, is_wall=is_wall or (is_paper and bed.occupant is not None and bed.occupant.is_guarded))
            for bed in room.beds
        ]
        marks += [_floor_mark(one, is_wall=is_wall or (is_paper and one.is_guarded)) for one in room.floor]
        yield RoomMarks(room.name, [mark for mark in marks if wanted(mark)], bool(room.floor))


def _bed_mark(bed: BedCell, *, is_wall: bool) -> Mark:
    properties = ", ".join(property_words(bed.properties))
    if bed.occupant is not None:
        return person_mark(bed.occupant, bed=bed.label, is_wall=is_wall, properties=properties)
    if bed.out_of_order is not None:
        words = str(bed.out_of_order.label)
        return Mark("out_of_order", bed.label, _("Tidak dapat dipakai"), "neutral", "bed-off", words, bed_id=bed.bed_id)
    if bed.expected is not None:
        name = "" if is_wall else bed.expected.name
        return Mark("expected", bed.label, name or _("Dipesan"), "primary", "calendar", _("Ditunggu"))
    return Mark("free", bed.label, _("Kosong"), "neutral", "bed", properties=properties, bed_id=bed.bed_id)


def _floor_mark(one: Occupant, *, is_wall: bool) -> Mark:
    kind = "floor" if one.state is State.PRESENT else str(one.state)
    return replace(person_mark(one, bed=_("Lantai"), is_wall=is_wall, kind=kind), is_floor=True)


def person_mark(one: Occupant, *, bed: str = "", is_wall: bool = False, kind: str = "", properties: str = "") -> Mark:
    """Someone in a place. A wall says the number alone: whoever passes by may read it."""
    words, tone, icon = STATES[one.state]
    title = f"#{one.tag}" if is_wall or not one.name else one.name
    word = "" if one.state is State.PRESENT else str(words)
    if kind == "floor":
        tone, icon, word = "warn", "bed-flat", _("Di lantai")
    return Mark(
        kind=kind or str(one.state),
        bed=bed,
        title=title,
        tone=tone,
        icon=icon,
        word=word,
        due=None if one.state is State.PRESENT else one.due_back,
        stay_id=None if is_wall else one.stay_id,
        properties=properties,
    )


def _ages(limits: Ward | AdmissionCriteria) -> str:
    if limits.age_from is not None and limits.age_to is not None:
        return _("%(from)d–%(to)d tahun") % {"from": limits.age_from, "to": limits.age_to}
    if limits.age_from is not None:
        return _("%d tahun ke atas") % limits.age_from
    return _("sampai %d tahun") % limits.age_to if limits.age_to is not None else ""


def criteria_facts(criteria: AdmissionCriteria | None) -> list[Fact]:
    """Whom a unit takes in, line by line; nothing where none are recorded."""
    if criteria is None:
        return []
    kinds = [str(ppks_kinds()[code]) for code in criteria.kinds if code in ppks_kinds()]
    lines = (
        (_("Menerima"), str(Sex(criteria.sex).label) if criteria.sex else _("Laki-laki dan perempuan")),
        (_("Umur"), _ages(criteria)),
        (_("Jenis PPKS"), ", ".join(kinds)),
        (_("Yang perlu dibawa"), criteria.to_bring),
        (_("Syarat lain"), criteria.text),
    )
    return [Fact(term, value) for term, value in lines if value]


def part_words(part: Building | Ward | Room | Bed) -> str:
    """Which part of a house is meant, in a line."""
    if isinstance(part, Bed):
        return place_words(part.room.ward.name, part.room.name, part.label)
    return f"{part.ward.name}, {part.name}" if isinstance(part, Room) else part.name


def whom_for(ward: Ward) -> str:
    """Laki-laki · 18–59 tahun · Ringan · paling lama 30 hari."""
    ages = _ages(ward)
    ceiling = _("paling lama %d hari") % ward.ceiling_days if ward.ceiling_days else ""
    sex = str(Sex(ward.sex).label) if ward.sex else ""
    return " · ".join(
        part for part in (sex, ages, str(ward.get_grade_display()) if ward.grade else "", ceiling) if part
    )


# --- The floor plan --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlanOfWard:
    """A ward as it is printed: rows of rooms, None where there is none."""

    name: str
    building: str
    caption: str
    rows: list[list[RoomMarks | None]]
    taken: int
    beds: int
    floor: int


def floor_plans(board: Board, *, ward_id: str = "", tags_only: bool = False) -> list[PlanOfWard]:
    """Every ward, or one, as a grid of rooms. On paper a guarded name is a number, whoever prints it."""
    return [
        PlanOfWard(
            ward.name, ward.building, whom_for(ward.ward), _grid(ward.rooms, tags_only=tags_only), _taken(ward),
            ward.usable, _on_floor(ward),
        )
        for ward in board.wards
        if not ward_id or str(ward.ward_id) == ward_id
    ]  # fmt: skip


def _grid(rooms: Sequence[RoomCells], *, tags_only: bool) -> list[list[RoomMarks | None]]:
    places = in_default_order([room.grid for room in rooms])
    marks = dict(zip(places, _rooms(rooms, lambda _mark: True, is_wall=tags_only, is_paper=True), strict=True))
    down, across = ([place[axis] for place in places] for axis in (0, 1))
    return [
        [marks.get((row, column)) for column in range(min(across), max(across) + 1)]
        for row in range(min(down), max(down) + 1)
    ]


# --- The story of a stay ---------------------------------------------------------------------------------------------

_PLACE = gettext_lazy("%(ward)s, %(room)s, tempat tidur %(bed)s")
_PLACE_ON_FLOOR = gettext_lazy("%(ward)s, %(room)s, di lantai")


def place_words(ward: str, room: str, bed: str) -> str:
    if not room:
        return ""
    words = _PLACE if bed else _PLACE_ON_FLOOR
    return str(words) % {"ward": ward, "room": room, "bed": bed}


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the story, and what it says beyond its head."""

    event: Event
    place: str
    line: Line
    overridden: str


def story(lines: Iterable[Line]) -> list[Told]:
    """The latest first; a line that was corrected stands in grey, with who corrected it and why."""
    return [_told(line) for line in reversed(list(lines))]


def _told(line: Line) -> Told:
    icon, tone = _LINES[line.kind]
    title = str(line.ending.label) if line.ending else str(line.kind.label)
    if not line.is_in_force:
        icon, tone = "history", "neutral"
        title = _("Dibetulkan: %s") % title
    return Told(
        Event(title=title, at=line.happened_at, by=line.written_by, icon=icon, tone=tone),
        place_words(line.ward, line.room, line.bed),
        line,
        _("Ditempatkan di sini walau ada keberatan: %s") % line.override_reason if line.overridden else "",
    )
