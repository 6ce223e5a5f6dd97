"""Looking at how far the goals are reached and how the person lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.cases.enums import GoalResult
from serasi.cases.models import Case, Goal, GoalProgress, Monitoring
from serasi.cases.operations.writable import file_operation, refuse_future
from serasi.cases.queries.plan import goals_to_judge
from serasi.common.identifiers import uuid7

MONITOR = "cases.monitoring.write"


class NoPlanInForce(Refused):
    message = _("Belum ada rencana yang disetujui. Pemantauan membandingkan keadaan dengan tujuan rencana.")


class GoalsLeftOut(Refused):
    message = _("Nilai setiap tujuan rencana yang masih berjalan; tidak ada yang dilewatkan.")


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far one goal was reached."""

    goal: Goal
    result: GoalResult
    note: str = ""


@file_operation(MONITOR, creates=Monitoring)
def hold_monitoring(
    *,
    id: UUID,
    case: Case,
    held_on: date,
    needs_score: int | None,
    roles_score: int | None,
    problems_score: int | None,
    summary: str,
    voice: str,
    next_on: date | None,
    judgements: Sequence[Judgement],
    by: User,
    at: datetime,
) -> Monitoring:
    """Record a monitoring with a judgement of every goal of the plan in force that was not dropped before.

    A score may be left out; then the day counts as not scored, never as good.
    Raises `NoPlanInForce`, `GoalsLeftOut`, `InTheFuture`, `CaseClosed`.
    """
    refuse_future(held_on, at=at, field="held_on")
    if next_on is not None and next_on <= held_on:
        raise Refused(_("Pemantauan berikutnya harus setelah yang ini."), field="next_on")
    expected = goals_to_judge(case)
    if not expected:
        raise NoPlanInForce
    judged = {judgement.goal.pk for judgement in judgements}
    if judged != {goal.pk for goal in expected} or len(judged) != len(judgements):
        raise GoalsLeftOut
    monitoring = Monitoring.objects.create(
        id=id,
        case=case,
        held_on=held_on,
        needs_score=needs_score,
        roles_score=roles_score,
        problems_score=problems_score,
        summary=summary,
        voice=voice,
        next_on=next_on,
        written_by=by,
        written_at=at,
    )
    GoalProgress.objects.bulk_create(
        GoalProgress(id=uuid7(), monitoring=monitoring, goal=j.goal, result=j.result, note=j.note) for j in judgements
    )
    return monitoring
