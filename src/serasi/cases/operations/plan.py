"""Making a service plan: a draft with goals and services, put before a supervisor, in force, followed by the next."""

from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Conflict, Refused, save_changes
from serasi.cases.enums import Aim, Approach, ApprovalSubject
from serasi.cases.models import Approval, Case, Component, Goal, Plan, ServiceLine, Stage
from serasi.cases.operations.approval_request import request_approval
from serasi.cases.operations.stage import SomethingMissing
from serasi.cases.operations.writable import file_operation, hold, reads_names_of
from serasi.cases.queries.practice import practice_of
from serasi.cases.rules import Missing, missing_of
from serasi.common.identifiers import uuid7

WRITE = "cases.plan.write"
CONFERENCE = "conference_held"


class DraftExists(Refused):
    message = _("Masih ada rancangan rencana yang belum disetujui. Selesaikan rancangan itu lebih dahulu.")


class NotADraft(Refused):
    message = _("Rencana ini sudah diajukan atau disetujui. Buat versi baru untuk mengubahnya.")


class PlanIncomplete(Refused):
    message = _("Rencana belum dapat diajukan. Tambahkan paling sedikit satu tujuan dan satu layanan.")


class OutsideThePlan(Refused):
    message = _("Tanggal ini di luar masa rencana. Sesuaikan tanggalnya, atau ubah masa rencana.")


class NotAComponentOfTheUnit(Refused):
    message = _("Komponen ini tidak dilayani unit. Pilih komponen lain.")


def _refuse_submitted(_by: User, record: Plan | Goal | ServiceLine) -> None:
    plan = record if isinstance(record, Plan) else record.plan
    if not plan.is_draft:
        raise NotADraft


@file_operation(WRITE, creates=Plan)
def start_plan(*, id: UUID, case: Case, starts_on: date, ends_on: date, summary: str, by: User, at: datetime) -> Plan:
    """Begin the draft of the next version; goals and services of the plan in force come along.

    Raises `DraftExists` and, when the days are not in order, `OutsideThePlan`.
    """
    hold(case)
    _refuse_disorder(starts_on, ends_on)
    if case.plans.filter(approved_at=None).exists():
        raise DraftExists
    version = (case.plans.aggregate(latest=Max("version"))["latest"] or 0) + 1
    plan = Plan.objects.create(
        id=id,
        case=case,
        version=version,
        starts_on=starts_on,
        ends_on=ends_on,
        summary=summary,
        written_by=by,
        written_at=at,
    )
    earlier = case.plans.filter(approved_at__isnull=False).order_by("-version").first()
    if earlier:
        _carry_over(earlier, plan)
    return plan


def _carry_over(earlier: Plan, plan: Plan) -> None:
    """Copy goals and lines; days that the new plan does not reach are drawn into it."""

    def within(day: date) -> date:
        return min(max(day, plan.starts_on), plan.ends_on)

    goals = {
        goal.pk: Goal(
            id=uuid7(),
            plan=plan,
            aim=goal.aim,
            statement=goal.statement,
            indicator=goal.indicator,
            baseline=goal.baseline,
            target_date=within(goal.target_date),
            order=goal.order,
            continues=goal,
        )
        for goal in earlier.goals.all()
    }
    Goal.objects.bulk_create(goals.values())
    ServiceLine.objects.bulk_create(
        ServiceLine(
            id=uuid7(),
            plan=plan,
            goal=goals[line.goal_id],
            component_id=line.component_id,
            activity=line.activity,
            approach=line.approach,
            provider_id=line.provider_id,
            provider_unit_id=line.provider_unit_id,
            frequency=line.frequency,
            planned_count=line.planned_count,
            starts_on=within(line.starts_on),
            ends_on=within(line.ends_on),
        )
        for line in earlier.lines.all()
    )


@file_operation(WRITE, of="plan.case", rewrites=True, also=_refuse_submitted)
def change_plan(
    *, plan: Plan, revision: int, starts_on: date, ends_on: date, summary: str, by: User, at: datetime
) -> Plan:
    """Change period and summary of a draft. Raises `NotADraft`, `NamesKeptBack`, `OutsideThePlan` and `Conflict`."""
    _hold_draft(plan)
    _refuse_disorder(starts_on, ends_on)
    too_late = plan.goals.filter(target_date__gt=ends_on) | plan.goals.filter(target_date__lt=starts_on)
    outside = plan.lines.filter(ends_on__gt=ends_on) | plan.lines.filter(starts_on__lt=starts_on)
    if too_late.exists() or outside.exists():
        raise OutsideThePlan(
            _("Ada tujuan atau layanan di luar masa ini. Ubah tanggalnya lebih dahulu."), field="ends_on"
        )
    save_changes(plan, revision=revision, starts_on=starts_on, ends_on=ends_on, summary=summary)
    return plan


@file_operation(WRITE, of="plan.case")
def discard_draft(*, plan: Plan, by: User, at: datetime) -> None:
    """Throw a draft away; the plan in force stays. Raises `NotADraft`."""
    _hold_draft(plan)
    plan.delete()


class GoalFacts(TypedDict):
    """What is written of a goal."""

    aim: Aim
    statement: str
    indicator: str
    baseline: str
    target_date: date


@file_operation(WRITE, creates=Goal, of="plan.case", also=_refuse_submitted)
def add_goal(*, id: UUID, plan: Plan, by: User, at: datetime, **facts: Unpack[GoalFacts]) -> Goal:
    """Add a goal to a draft. Raises `NotADraft` and `OutsideThePlan`."""
    _hold_draft(plan)
    _refuse_outside(plan, facts["target_date"], field="target_date")
    order = plan.goals.filter(aim=facts["aim"]).count()
    return Goal.objects.create(id=id, plan=plan, order=order, **facts)


@file_operation(WRITE, of="goal.plan.case", rewrites=True, also=_refuse_submitted)
def change_goal(*, goal: Goal, revision: int, by: User, at: datetime, **facts: Unpack[GoalFacts]) -> Goal:
    """Change a goal of a draft. Raises `NotADraft`, `NamesKeptBack`, `OutsideThePlan` and `Conflict`."""
    _hold_draft(goal.plan)
    _refuse_outside(goal.plan, facts["target_date"], field="target_date")
    save_changes(goal, revision=revision, **facts)
    return goal


@file_operation(WRITE, of="goal.plan.case")
def remove_goal(*, goal: Goal, revision: int, by: User, at: datetime) -> None:
    """Remove a goal and its services from a draft. Raises `NotADraft` and `Conflict`."""
    _hold_draft(goal.plan)
    _remove(goal, revision)


class LineFacts(TypedDict):
    """What is written of a service."""

    component: Component
    activity: str
    approach: Approach
    provider: User | None
    provider_unit: Unit | None
    frequency: str
    planned_count: int
    starts_on: date
    ends_on: date


@file_operation(WRITE, creates=ServiceLine, of="goal.plan.case", also=_refuse_submitted)
def add_line(*, id: UUID, goal: Goal, by: User, at: datetime, **facts: Unpack[LineFacts]) -> ServiceLine:
    """Add a service under a goal. Raises `NotADraft`, `OutsideThePlan` and `NotAComponentOfTheUnit`."""
    _hold_draft(goal.plan)
    _check_line(goal.plan, facts)
    return ServiceLine.objects.create(id=id, plan=goal.plan, goal=goal, **facts)


@file_operation(WRITE, of="line.plan.case", rewrites=True, also=_refuse_submitted)
def change_line(
    *, line: ServiceLine, revision: int, goal: Goal, by: User, at: datetime, **facts: Unpack[LineFacts]
) -> ServiceLine:
    """Change a service of a draft. Raises as `add_line`, and `NamesKeptBack` and `Conflict`."""
    _hold_draft(line.plan)
    if goal.plan_id != line.plan_id:
        raise Refused(_("Tujuan ini bukan bagian dari rencana yang sama."), field="goal")
    _check_line(line.plan, facts)
    save_changes(line, revision=revision, goal=goal, **facts)
    return line


@file_operation(WRITE, of="line.plan.case")
def remove_line(*, line: ServiceLine, revision: int, by: User, at: datetime) -> None:
    """Remove a service from a draft. Raises `NotADraft` and `Conflict`."""
    _hold_draft(line.plan)
    _remove(line, revision)


@file_operation(WRITE, of="plan.case")
def submit_plan(*, plan: Plan, revision: int, by: User, at: datetime) -> Approval:
    """Put a draft before a supervisor; it rests until decided.

    A plan follows from what several professions decided together: where the unit's stages hold a conference, it comes
    first. Raises `NotADraft`, `SomethingMissing`, `PlanIncomplete`, `Conflict`.
    """
    _hold_draft(plan)
    if missing := missing_to_submit(plan.case):
        raise SomethingMissing(missing)
    if not plan.lines.exists():
        raise PlanIncomplete
    if without_service := plan.goals.filter(lines=None).first():
        if not reads_names_of(by, plan.case):
            raise PlanIncomplete(
                _("Ada tujuan yang belum mempunyai layanan. Tambahkan layanannya, atau hapus tujuannya.")
            )
        raise PlanIncomplete(
            _("Tujuan “%(goal)s” belum mempunyai layanan. Tambahkan layanannya, atau hapus tujuannya.")
            % {"goal": without_service.statement}
        )
    save_changes(plan, revision=revision, submitted_at=at)
    return request_approval(case=plan.case, subject=ApprovalSubject.PLAN, subject_id=plan.pk, by=by, at=at)


def missing_to_submit(case: Case) -> list[Missing]:
    """What must be in the file before its plan goes before a supervisor (1 query, 2 when it is not there)."""
    missing = missing_of(case, [CONFERENCE])
    stages = Stage.objects.filter(stage_set=case.stage.stage_set_id, requires__contains=[CONFERENCE])
    return missing if missing and stages.exists() else []


def take_effect(approval: Approval, *, by: User, at: datetime) -> None:
    """What follows from approving: the plan is in force, the version before it is not."""
    Plan.objects.filter(pk=approval.subject_id).update(approved_at=at, revision=F("revision") + 1)


def send_back(approval: Approval, *, by: User, at: datetime) -> None:
    """What follows from returning: the plan is a draft again."""
    Plan.objects.filter(pk=approval.subject_id).update(submitted_at=None, revision=F("revision") + 1)


def _hold_draft(plan: Plan) -> None:
    """A draft that nobody submits meanwhile."""
    stored = Plan.objects.select_for_update(no_key=True).only("submitted_at").filter(pk=plan.pk).first()
    if stored is None or not stored.is_draft:
        raise NotADraft


def _refuse_disorder(starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on:
        raise OutsideThePlan(_("Tanggal selesai rencana harus setelah tanggal mulai."), field="ends_on")


def _refuse_outside(plan: Plan, day: date, *, field: str) -> None:
    if not plan.starts_on <= day <= plan.ends_on:
        raise OutsideThePlan(field=field)


def _check_line(plan: Plan, facts: LineFacts) -> None:
    for field in ("starts_on", "ends_on"):
        _refuse_outside(plan, facts[field], field=field)
    if facts["ends_on"] < facts["starts_on"]:
        raise Refused(_("Tanggal selesai layanan tidak boleh sebelum mulai."), field="ends_on")
    if facts["provider"] is None and facts["provider_unit"] is None:
        raise Refused(_("Pilih pelaksana layanan: petugas atau unit."), field="provider")
    if facts["component"].pk not in practice_of(plan.case.unit).components:
        raise NotAComponentOfTheUnit(field="component")


def _remove(record: Goal | ServiceLine, revision: int) -> None:
    current = type(record)._default_manager.filter(pk=record.pk, revision=revision)
    if not current.exists():
        stored = type(record)._default_manager.filter(pk=record.pk).first()
        if stored is None:
            return  # it was removed already
        raise Conflict(stored=stored, typed={})
    record.delete()
