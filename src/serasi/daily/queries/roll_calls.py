"""What roll calls say: whom one found, what follows from it, who is still missing."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from serasi.access.models import User
from serasi.daily.enums import Mark
from serasi.daily.models import RollCall, RollCallMark
from serasi.daily.queries.residents import Resident, residents
from serasi.residence.enums import MovementKind, State
from serasi.residence.models import Movement, Ward

_STATE_OF: Final = {
    Mark.PRESENT: State.PRESENT,
    Mark.OUT: State.PRESENT,
    Mark.LEAVE: State.LEAVE,
    Mark.HOSPITAL: State.HOSPITAL,
    Mark.MISSING: State.ABSCONDED,
}
MARK_OF: Final = {
    State.PRESENT: Mark.PRESENT,
    State.LEAVE: Mark.LEAVE,
    State.HOSPITAL: Mark.HOSPITAL,
    State.ABSCONDED: Mark.MISSING,
}
"""What the page starts from: what the board believes."""


def movement_of(believed: str, mark: str) -> MovementKind | None:
    """Which movement the board lacks when a roll call finds otherwise; None where they agree."""
    found = _STATE_OF[Mark(mark)]
    if found == believed:
        return None
    return MovementKind.RETURNED if found is State.PRESENT else MovementKind(found)


@dataclass(frozen=True, slots=True)
class Difference:
    """A mark that the board did not expect, and the movement that would put it right."""

    mark_id: UUID
    resident: Resident | None
    tag: str
    mark: Mark
    believed: State
    note: str
    movement: MovementKind
    is_written: bool

    @property
    def shown(self) -> str:
        return self.resident.shown if self.resident else f"#{self.tag}"


@dataclass(frozen=True, slots=True)
class ToldMark:
    """One mark as it is read, those that were corrected too."""

    shown: str
    mark: Mark
    note: str
    record: RollCallMark


@dataclass(frozen=True, slots=True)
class Told:
    """A roll call as it is read."""

    roll_call: RollCall
    counts: dict[Mark, int]
    explained: list[tuple[str, Mark, str]]
    """Who was not simply there: shown as, mark, note."""
    missing: list[str]
    differences: list[Difference]
    marks: list[ToldMark]
    """In force, by number tag."""
    corrected: list[ToldMark]
    """As they were tapped before somebody put them right."""

    @property
    def present(self) -> int:
        return self.counts[Mark.PRESENT]

    @property
    def expected(self) -> int:
        return sum(self.counts.values())


def told(*, roll_call: RollCall, reader: User) -> Told:
    """What a roll call found, with names for whoever may read them. Six statements."""
    every = list(
        RollCallMark.objects.filter(roll_call=roll_call)
        .select_related("superseded_by")
        .order_by("tag", "superseded_at")
    )
    marks = [one for one in every if one.is_in_force]
    here = {one.stay_id: one for one in residents(ward=roll_call.ward, at=roll_call.taken_at, reader=reader)}
    written = set(
        Movement.objects.visible_to(reader).filter(pk__in=[one.pk for one in marks]).values_list("pk", flat=True)
    )
    counts = dict.fromkeys(Mark, 0)
    explained: list[tuple[str, Mark, str]] = []
    missing, differences = [], []

    def told_mark(one: RollCallMark) -> ToldMark:
        resident = here.get(one.stay_id)
        return ToldMark(resident.shown if resident else f"#{one.tag}", Mark(one.mark), one.note, one)

    for one in marks:
        mark, resident = Mark(one.mark), here.get(one.stay_id)
        shown = told_mark(one).shown
        counts[mark] += 1
        if mark is Mark.MISSING:
            missing.append(shown)
        elif mark is not Mark.PRESENT or one.note:
            explained.append((shown, mark, one.note))
        kind = movement_of(one.believed, mark)
        if kind is not None:
            differences.append(
                Difference(
                    one.pk, resident, one.tag, mark, State(one.believed), one.note, kind, is_written=one.pk in written
                )
            )
    return Told(
        roll_call,
        counts,
        explained,
        missing,
        differences,
        marks=[told_mark(one) for one in marks],
        corrected=[told_mark(one) for one in every if not one.is_in_force],
    )


def still_missing(*, ward: Ward, reader: User) -> list[RollCallMark]:
    """Whom the latest roll call of theirs did not find, and who has not come back. One statement."""
    return list(
        RollCallMark.objects.visible_to(reader)
        .still_missing()
        .filter(roll_call__ward=ward)
        .select_related("roll_call")
        .order_by("roll_call__taken_at")
    )
