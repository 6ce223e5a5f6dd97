"""What is still to be done in a stay: the steps of admission, of a search, after a death."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Subquery, Sum

from serasi.access.models import User
from serasi.residence.enums import Checklist, Ending, MovementKind
from serasi.residence.models import Belonging, Handover, MoneyLine, Movement, Screening, Stay, Step
from serasi.residence.permissions import SCREEN
from serasi.residence.reference import ListedStep, screening, steps_of


@dataclass(frozen=True, slots=True)
class StepState:
    """A step of a list: done, or due at a moment."""

    listed: ListedStep
    due_at: datetime
    done: Step | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Worklist:
    """A list that is worked off, as it stands."""

    checklist: Checklist
    since: Movement
    steps: tuple[StepState, ...]

    @property
    def done(self) -> int:
        return sum(step.done is not None for step in self.steps)

    @property
    def left(self) -> tuple[StepState, ...]:
        return tuple(step for step in self.steps if step.done is None)


@dataclass(frozen=True, slots=True)
class Admission:
    """Which steps of admission are done; None for what this reader may not know."""

    screening: Screening | None
    may_screen: bool
    has_belongings_list: bool
    kept: int
    money: int
    worklists: tuple[Worklist, ...]

    def of(self, checklist: Checklist) -> Worklist | None:
        """The list as it applies now; of several searches, the last."""
        return next((one for one in reversed(self.worklists) if one.checklist == checklist), None)


def admission_of(*, stay: Stay, reader: User, at: datetime) -> Admission:
    """How far admission has come, with what is kept, and the lists that apply. Four statements."""
    may_screen = reader.scope.has(SCREEN)
    screened = Screening.objects.visible_to(reader).filter(stay=stay).first() if may_screen else None
    kept = Belonging.objects.kept().filter(received__stay=OuterRef("pk")).order_by().values("received__stay")
    money = MoneyLine.objects.filter(stay=OuterRef("pk")).order_by().values("stay")
    has_list, things, rupiah = (
        Stay.objects.filter(pk=stay.pk)
        .values_list(
            Exists(Handover.objects.filter(stay=OuterRef("pk"))),
            Subquery(kept.annotate(count=Count("pk")).values("count")),
            Subquery(money.annotate(sum=Sum("change")).values("sum")),
        )
        .get()
    )
    return Admission(screened, may_screen, has_list, things or 0, rupiah or 0, worklists_of(stay=stay, at=at))


def isolates(*, stay: Stay, reader: User) -> bool:
    """Whether the last screening speaks for a room apart, as far as the reader may know. One statement at most."""
    if not reader.scope.has(SCREEN):
        return False
    latest = Screening.objects.visible_to(reader).filter(stay=stay).first()
    return latest is not None and latest.waits and any(one.isolates for one in screening() if one.code in latest.found)


def worklists_of(*, stay: Stay, at: datetime) -> tuple[Worklist, ...]:
    """The lists that apply: orientation of who lives here, the search for who is gone, what follows a death.

    Also searches that are over, the latest last. Two statements.
    """
    movements = list(Movement.objects.in_force().filter(stay=stay).order_by("happened_at"))
    steps = list(Step.objects.filter(stay=stay).select_related("written_by"))
    found = []
    for movement in movements:
        checklist = _list_after(movement)
        if checklist is not None:
            hangs_on = movement.pk if checklist == Checklist.SEARCH else None
            taken = [step for step in steps if (step.checklist, step.movement_id) == (checklist, hangs_on)]
            found.append(_worklist(checklist, movement, taken, at))
    return tuple(found)


def _list_after(movement: Movement) -> Checklist | None:
    if movement.ending == Ending.DIED:
        return Checklist.DEATH
    return {MovementKind.ARRIVED: Checklist.ORIENTATION, MovementKind.ABSCONDED: Checklist.SEARCH}.get(
        MovementKind(movement.kind)
    )


def _worklist(checklist: Checklist, movement: Movement, taken: Iterable[Step], at: datetime) -> Worklist:
    by_code = {step.code: step for step in taken}
    steps = []
    for listed in steps_of(checklist):
        done, due_at = by_code.get(listed.code), movement.happened_at + timedelta(hours=listed.after_hours)
        steps.append(StepState(listed, due_at, done, is_late=done is None and due_at < at))
    return Worklist(checklist, movement, tuple(steps))


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of the ledger with what was kept after it."""

    line: MoneyLine
    balance: int
    is_reversed: bool


def ledger_of(*, stay: Stay, reader: User) -> list[LedgerLine]:
    """The money kept for someone, line by line in the order of writing. One statement."""
    rows = (
        MoneyLine.objects.visible_to(reader)
        .filter(stay=stay)
        .select_related("written_by", "witness")
        .annotate(reversal=F("reversed_by__pk"))
        .order_by("written_at", "pk")
    )
    found, balance = [], 0
    for line in rows:
        balance += line.change
        found.append(LedgerLine(line, balance, line.reversal is not None))
    return found
