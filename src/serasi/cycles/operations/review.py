"""A review is planned, held, corrected; a closing review answers every goal and may open the next cycle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, save_changes
from serasi.cases.enums import GoalResult
from serasi.cases.models import Case, Goal, Task
from serasi.cases.operations.conference import DecisionMade
from serasi.cases.operations.task import give_task
from serasi.cases.operations.writable import FileState, InTheFuture, file_operation, reads_names_of
from serasi.cases.queries.plan import goals_to_judge
from serasi.common.identifiers import uuid7
from serasi.cycles.enums import ReviewKind
from serasi.cycles.models import Decision, GoalOutcome, Invitation, Meeting, Review, Seat
from serasi.cycles.operations.cycle import start_cycle
from serasi.cycles.operations.rating import AlreadySuperseded
from serasi.cycles.permissions import HOLD_REVIEW

ORDER = list(ReviewKind)


class NotAwaited(Refused):
    message = _("Tinjauan ini sudah dicatat, atau siklusnya sudah selesai.")


class OutOfTurn(Refused):
    message = _("Tanggal ini tidak sesuai dengan tinjauan lain dalam siklus: awal, lalu tengah, lalu penutup.")


class GoalsUnanswered(Refused):
    """A closing review leaves no goal unanswered; ``goals`` are those that were."""

    def __init__(self, goals: Sequence[Goal], words: Sequence[str]) -> None:
        super().__init__(_("Jawab dahulu tujuan ini: %(goals)s.") % {"goals": "; ".join(words)})
        self.goals = tuple(goals)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is asked to come, or came: staff, or a name from outside and what they are to the person."""

    user: User | None = None
    name: str = ""
    as_what: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one goal."""

    goal: Goal
    result: GoalResult
    reason: str = ""
    carries_over: bool = False


@file_operation(HOLD_REVIEW, of="review.cycle.case", rewrites=True)
def plan_review(
    *, review: Review, revision: int, planned_at: datetime, place: str, guests: Sequence[Guest], by: User, at: datetime
) -> Review:
    """Say when and where it will be and who is asked to come; planned anew, others are. Raises NotAwaited."""
    _require_awaited(review)
    if planned_at <= at:
        raise Refused(_("Pilih waktu yang akan datang."), field="planned_at")
    _refuse_twice(guests)
    save_changes(review, revision=revision, planned_at=planned_at, planned_place=place.strip())
    review.invitations.all().delete()
    Invitation.objects.bulk_create(
        Invitation(id=uuid7(), review=review, user=one.user, name=one.name.strip(), as_what=one.as_what.strip())
        for one in guests
    )
    return review


@file_operation(HOLD_REVIEW, of="review.cycle.case", creates=Meeting)
def hold_review(
    *,
    id: UUID,
    review: Review,
    held_on: date,
    person_was_there: bool,
    summary: str,
    by: User,
    at: datetime,
    place: str = "",
    absence_reason: str = "",
    own_words: str = "",
    guests: Sequence[Guest] = (),
    decisions: Sequence[DecisionMade] = (),
    answers: Sequence[Answered] = (),
    next_starts_on: date | None = None,
) -> Meeting:
    """Record a review as it was held.

    1. Its day lies in the cycle's past and does not run against the other reviews (`InTheFuture`, `OutOfTurn`).
    2. A closing review answers every goal of the plan that still stands (`GoalsUnanswered` says which are not).
    3. Each decision becomes a task of the case.
    4. With ``next_starts_on``, the next cycle opens in the same act, as long as the unit's cycles are.
    """
    _require_awaited(review)
    case = review.cycle.case
    meeting = _write(
        id=id,
        review=review,
        held_on=held_on,
        place=place,
        person_was_there=person_was_there,
        absence_reason=absence_reason,
        own_words=own_words,
        summary=summary,
        guests=guests,
        answers=_complete(case, goals_to_judge(case), answers, by=by) if review.is_closing else (),
        by=by,
        at=at,
    )
    for decision in decisions:
        task: Task = give_task(
            id=uuid7(), case=case, title=decision.title, owner=decision.owner, due_date=decision.due_date, by=by, at=at
        )
        Decision.objects.create(id=uuid7(), review=review, task=task)
    if next_starts_on is not None and review.is_closing:
        _open_next(review, next_starts_on, by=by, at=at)
    return meeting


@file_operation(HOLD_REVIEW, of="meeting.review.cycle.case", creates=Meeting, state=FileState.EITHER, rewrites=True)
def correct_review(
    *,
    id: UUID,
    meeting: Meeting,
    reason: str,
    held_on: date,
    person_was_there: bool,
    summary: str,
    by: User,
    at: datetime,
    place: str = "",
    absence_reason: str = "",
    own_words: str = "",
    guests: Sequence[Guest] = (),
    answers: Sequence[Answered] = (),
) -> Meeting:
    """Put another record in its place; what was believed before stays readable. Decisions stand as tasks of their own.

    A closing review answers the same goals again, whatever the plan says by now. Raises AlreadySuperseded.
    """
    review = meeting.review
    _supersede(meeting, reason=reason, by=by, at=at)
    goals = [one.goal for one in meeting.outcomes.select_related("goal")]
    return _write(
        id=id,
        review=review,
        held_on=held_on,
        place=place,
        person_was_there=person_was_there,
        absence_reason=absence_reason,
        own_words=own_words,
        summary=summary,
        guests=guests,
        answers=_complete(review.cycle.case, goals, answers, by=by),
        replaces=meeting,
        by=by,
        at=at,
    )


@file_operation(HOLD_REVIEW, of="meeting.review.cycle.case", state=FileState.EITHER)
def withdraw_review(*, meeting: Meeting, reason: str, by: User, at: datetime) -> Meeting:
    """It was not held, or was another's: the review is awaited again. Raises AlreadySuperseded."""
    _supersede(meeting, reason=reason, by=by, at=at)
    return meeting


def _write(
    *,
    id: UUID,
    review: Review,
    held_on: date,
    place: str,
    person_was_there: bool,
    absence_reason: str,
    own_words: str,
    summary: str,
    guests: Sequence[Guest],
    answers: Sequence[Answered],
    by: User,
    at: datetime,
    replaces: Meeting | None = None,
) -> Meeting:
    _refuse_day(review, held_on, at=at)
    if not summary.strip():
        raise Refused(_("Tulis ringkasannya."), field="summary")
    if not person_was_there and not absence_reason.strip():
        raise Refused(_("Tulis mengapa orangnya tidak hadir."), field="absence_reason")
    _refuse_twice(guests)
    meeting = Meeting.objects.create(
        id=id,
        review=review,
        held_on=held_on,
        place=place.strip(),
        person_was_there=person_was_there,
        absence_reason="" if person_was_there else absence_reason.strip(),
        own_words=own_words.strip(),
        summary=summary.strip(),
        replaces=replaces,
        written_by=by,
        written_at=at,
    )
    Seat.objects.bulk_create(
        Seat(id=uuid7(), meeting=meeting, user=one.user, name=one.name.strip(), as_what=one.as_what.strip())
        for one in guests
    )
    GoalOutcome.objects.bulk_create(
        GoalOutcome(
            id=uuid7(),
            meeting=meeting,
            goal=one.goal,
            statement=one.goal.statement,
            result=one.result,
            reason=one.reason.strip(),
            carries_over=one.carries_over,
        )
        for one in answers
    )
    return meeting


def _require_awaited(review: Review) -> None:
    if not Review.objects.to_hold().filter(pk=review.pk).exists():
        raise NotAwaited


def _refuse_day(review: Review, held_on: date, *, at: datetime) -> None:
    if held_on > review.cycle.case.unit.day_at(at):
        raise InTheFuture(field="held_on")
    if held_on < review.cycle.starts_on:
        raise Refused(_("Hari itu sebelum siklus dimulai."), field="held_on")
    others = Meeting.objects.in_force().filter(review__cycle=review.cycle_id).exclude(review=review.pk)
    place = ORDER.index(ReviewKind(review.kind))
    for kind, day in others.values_list("review__kind", "held_on"):
        came_before = ORDER.index(ReviewKind(kind)) < place
        if (day > held_on) if came_before else (day < held_on):
            raise OutOfTurn(field="held_on")


def _complete(case: Case, goals: Sequence[Goal], answers: Sequence[Answered], *, by: User) -> Sequence[Answered]:
    """The answers, if they are about these goals and leave none out."""
    given = {one.goal.pk for one in answers}
    if open_goals := [goal for goal in goals if goal.pk not in given]:
        reads = reads_names_of(by, case)
        words = [goal.statement if reads else str(goals.index(goal) + 1) for goal in open_goals]
        raise GoalsUnanswered(open_goals, words)
    if given != {goal.pk for goal in goals} or len(given) != len(answers):
        raise Refused(_("Rencana berubah sementara ini ditulis. Muat ulang halaman, lalu isi kembali."))
    for one in answers:
        if one.result != GoalResult.ACHIEVED and not one.reason.strip():
            raise Refused(_("Tulis mengapa tujuan ini belum tercapai seluruhnya."), field=f"reason_{one.goal.pk}")
        if one.result == GoalResult.ACHIEVED and one.carries_over:
            raise Refused(
                _("Tujuan yang sudah tercapai tidak dibawa ke siklus berikutnya."), field=f"carries_{one.goal.pk}"
            )
    return answers


def _refuse_twice(guests: Sequence[Guest]) -> None:
    if any((one.user is None) == (not one.name.strip()) for one in guests):
        raise Refused(_("Setiap peserta adalah petugas dari daftar atau nama dari luar, bukan keduanya."))
    staff = [one.user.pk for one in guests if one.user]
    if len(set(staff)) < len(staff):
        raise Refused(_("Seorang peserta tercantum dua kali."))


def _open_next(review: Review, starts_on: date, *, by: User, at: datetime) -> None:
    if starts_on <= review.cycle.ends_on:
        raise Refused(_("Siklus berikutnya dimulai sesudah siklus ini selesai."), field="next_starts_on")
    start_cycle(id=uuid7(), case=review.cycle.case, starts_on=starts_on, by=by, at=at)


def _supersede(meeting: Meeting, *, reason: str, by: User, at: datetime) -> None:
    if not reason.strip():
        raise Refused(_("Tulis mengapa catatan ini dibetulkan."), field="reason")
    standing = Meeting.objects.in_force().filter(pk=meeting.pk)
    if not standing.update(superseded_at=at, superseded_by=by, superseded_reason=reason.strip()):
        raise AlreadySuperseded
    meeting.superseded_at, meeting.superseded_by, meeting.superseded_reason = at, by, reason.strip()
