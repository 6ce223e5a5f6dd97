"""How people turn: their cycles with reviews and outcomes, who is late, who turns together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncMonth

from serasi.access.models import Unit, User
from serasi.cases.models import Case
from serasi.cases.queries.cases import named
from serasi.cases.queries.header import with_person
from serasi.cycles.enums import Due, ReviewKind
from serasi.cycles.models import Cycle, GoalOutcome, Meeting, Review
from serasi.cycles.querysets import own_cases, today_of_unit

ORDER: Final = list(ReviewKind)
NEAR: Final = timedelta(days=14)
"""How far before its day a review is near: time enough to invite people."""


@dataclass(frozen=True, slots=True)
class ReviewStand:
    """A review, how it stands, and what was written of it when it was held."""

    review: Review
    due: Due
    meeting: Meeting | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One cycle with its reviews in their order; ``number`` is counted within the case, nought for a void one."""

    cycle: Cycle
    number: int
    reviews: tuple[ReviewStand, ...]
    outcomes: tuple[GoalOutcome, ...]

    @property
    def is_closed(self) -> bool:
        return self.reviews[-1].meeting is not None

    @property
    def next(self) -> ReviewStand | None:
        """The review that is awaited."""
        return next((one for one in self.reviews if self.awaits(one.review)), None)

    def awaits(self, review: Review) -> bool:
        """Whether this review is still to be held."""
        return any(one.review.pk == review.pk and one.due in {Due.LATE, Due.SOON, Due.LATER} for one in self.reviews)

    @property
    def carried(self) -> tuple[GoalOutcome, ...]:
        """What goes over into the next cycle."""
        return tuple(one for one in self.outcomes if one.carries_over)


def _with_number(cycles: QuerySet[Cycle]) -> QuerySet[Any, Any]:
    earlier = Cycle.objects.standing().filter(case=OuterRef("case"), starts_on__lte=OuterRef("starts_on"))
    counted = earlier.order_by().values("case").annotate(many=Count("pk")).values("many")
    numbered: QuerySet[Any, Any] = cycles.annotate(number=Coalesce(Subquery(counted), 0, output_field=IntegerField()))
    return numbered


def turns(cycles: QuerySet[Cycle], *, today: date) -> list[Turn]:
    """These cycles with all that belongs to them (4 queries)."""
    outcomes = GoalOutcome.objects.order_by("pk")
    meetings = Meeting.objects.in_force().prefetch_related(Prefetch("outcomes", queryset=outcomes))
    reviews = Review.objects.order_by("due_on").prefetch_related(Prefetch("meetings", queryset=meetings))
    found = _with_number(cycles).select_related("cohort").prefetch_related(Prefetch("reviews", queryset=reviews))
    return [_turn(cycle, today) for cycle in found]


def _turn(cycle: Any, today: date) -> Turn:
    in_order = sorted(cycle.reviews.all(), key=lambda one: ORDER.index(ReviewKind(one.kind)))
    held = [(one, next(iter(one.meetings.all()), None)) for one in in_order]
    is_over = cycle.is_ended or held[-1][1] is not None
    stands = tuple(
        ReviewStand(review, due_of(review.due_on, today, is_held=meeting is not None, is_over=is_over), meeting)
        for review, meeting in held
    )
    closing = held[-1][1]
    return Turn(cycle, 0 if cycle.is_void else cycle.number, stands, tuple(closing.outcomes.all()) if closing else ())


def due_of(due_on: date, today: date, *, is_held: bool, is_over: bool) -> Due:
    if is_held:
        return Due.HELD
    if is_over:
        return Due.MISSED
    if due_on < today:
        return Due.LATE
    return Due.SOON if due_on <= today + NEAR else Due.LATER


def turns_of(case: Case, *, today: date) -> list[Turn]:
    """All cycles of a case, the latest first, void ones with them (4 queries)."""
    return turns(Cycle.objects.filter(case=case).order_by("-starts_on", "-written_at"), today=today)


def own_turns(*, today: date) -> list[Turn]:
    """The cycles of whoever asks, the latest first (4 queries)."""
    mine = Cycle.objects.standing().filter(case__id__among=own_cases())
    return turns(mine.order_by("-starts_on"), today=today)


def carried_into(found: Sequence[Turn], cycle: Cycle) -> tuple[GoalOutcome, ...]:
    """What the cycle before this one, of the same case, left to be done."""
    before = [one for one in found if not one.cycle.is_void and one.cycle.starts_on < cycle.starts_on]
    return max(before, key=lambda one: one.cycle.starts_on).carried if before else ()


def turning_on(cases: Iterable[Case], day: date) -> list[Case]:
    """Those who still turn on that day, or begin later."""
    busy = set(
        Cycle.objects.standing()
        .annotate(latest_day=Coalesce("ended_on", "ends_on"))
        .filter(case__in=cases, latest_day__gte=day)
        .values_list("case_id", flat=True)
    )
    return [case for case in cases if case.pk in busy]


def cycle_list(reader: User, chosen: Mapping[str, Any]) -> QuerySet[Any, Any]:
    """The cycles this user may see, each with its number and the review it awaits; what is due first stands first.

    ``state`` narrows to those that are late, due this month, under way (the usual), or over.
    """
    awaited = Review.objects.to_hold().filter(cycle=OuterRef("pk")).order_by("due_on")
    cycles: QuerySet[Any, Any] = (
        _with_number(Cycle.objects.visible_to(reader).standing())
        .select_related("cohort", "case__unit")
        .annotate(
            next_due=Subquery(awaited.values("due_on")[:1]),
            next_kind=Subquery(awaited.values("kind")[:1]),
            next_id=Subquery(awaited.values("pk")[:1]),
            unit_today=today_of_unit("case__unit"),
        )
    )
    match chosen.get("state"):
        case "late":
            cycles = cycles.filter(next_due__lt=F("unit_today"))
        case "month":
            cycles = cycles.alias(due_month=TruncMonth("next_due")).filter(due_month=TruncMonth("unit_today"))
        case "over":
            cycles = cycles.filter(next_due=None)
        case "all":
            pass
        case _:
            cycles = cycles.filter(next_due__isnull=False)
    if unit := chosen.get("unit"):
        cycles = cycles.filter(case__unit=unit)
    if cohort := chosen.get("cohort"):
        cycles = cycles.filter(cohort=cohort)
    if text := chosen.get("q"):
        found = with_person(Case.objects.visible_to(reader), reader).filter(named(reader, text))
        cycles = cycles.filter(case__in=found.order_by().values("pk"))
    return cycles.order_by(F("next_due").asc(nulls_last=True), "-starts_on", "pk")


def cases_of(reader: User, unit: Unit) -> QuerySet[Any, Any]:
    """Open cases of a unit, as far as the reader may open them, with what a name needs."""
    found: QuerySet[Any, Any] = with_person(Case.objects.visible_to(reader).open().filter(unit=unit), reader)
    return found.order_by("person__sort_key", "pk")


def cases_to_turn(reader: User, unit: Unit) -> QuerySet[Any, Any]:
    """Those of them that await no review: a cycle may begin."""
    return cases_of(reader, unit).filter(~Exists(Review.objects.to_hold().filter(cycle__case=OuterRef("pk"))))
