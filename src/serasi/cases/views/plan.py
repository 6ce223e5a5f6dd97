"""The plan of a file: versions, goals, services, coverage; drafting and submitting."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from serasi.access.models import Unit
from serasi.cases.enums import ApprovalSubject
from serasi.cases.forms.plan import (
    GoalChangeForm,
    GoalForm,
    LineChangeForm,
    LineForm,
    PlanChangeForm,
    PlanForm,
)
from serasi.cases.models import Case, Component, Goal, Plan, ServiceLine
from serasi.cases.operations import plan as operations
from serasi.cases.operations.approval import may_withdraw
from serasi.cases.queries.approval import latest_request
from serasi.cases.queries.destinations import SERVING
from serasi.cases.queries.plan import coverage, plan_in_force, planned_in, plans_with_content
from serasi.cases.queries.practice import practice_of
from serasi.cases.queries.workers import workers_of
from serasi.cases.views.loading import button_of, form_of, load_file
from serasi.cases.views.writing import Section
from serasi.cases.work_presenters import coverage_table, plan_status

PLANS = Section(gettext_lazy("Rencana"), "cases:plans")
USUAL_LENGTH = timedelta(days=180)


@require_GET
def plans(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The plan in force, the draft beside it, earlier versions, and the seven components planned against given."""
    file = load_file(request, case_id, _("Membaca rencana layanan"))
    versions = plans_with_content(file.case)
    draft = next((plan for plan in versions if not plan.is_approved), None)
    in_force = next((plan for plan in versions if plan.is_approved), None)
    asked = latest_request(file.case, ApprovalSubject.PLAN, draft.pk) if draft else None
    may_plan = file.may_do(operations.start_plan)
    context = file.context(
        draft=draft,
        in_force=in_force,
        earlier=[plan for plan in versions if plan is not draft and plan is not in_force],
        waiting=asked,
        returned=asked if draft is not None and draft.is_draft else None,
        missing=operations.missing_to_submit(file.case) if draft is not None and draft.is_draft and may_plan else [],
        may_withdraw=may_plan and asked is not None and may_withdraw(file.reader, asked, at=timezone.now()),
        draft_status=plan_status(draft) if draft else None,
        coverage=coverage_table(coverage(file.case, planned_in(in_force))) if versions else None,
        may_plan=may_plan,
        may_rewrite=file.may_do(operations.change_plan),
    )
    return render(request, "cases/plan/list.html", context)


@form_of(operations.start_plan)
def start_plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    page = PLANS.form(request, case_id, _("Rencana baru"))
    today = timezone.localdate()
    return page.answer(
        PlanForm(request.POST or None, initial={"starts_on": today, "ends_on": today + USUAL_LENGTH}),
        button=_("Buat rancangan"),
        lead=_("Tujuan dan layanan dari rencana yang berlaku ikut disalin.") if plan_in_force(page.case) else "",
        done=_("Rancangan dibuat. Tambahkan tujuan dan layanannya."),
        case=page.case,
    )


@form_of(operations.change_plan)
def change_plan(request: HttpRequest, case_id: UUID, plan_id: UUID) -> HttpResponse:
    page = PLANS.form(request, case_id, _("Ubah rencana"))
    plan = _plan(page.case, plan_id)
    form = PlanChangeForm(request.POST or None, initial=vars(plan))
    return page.answer(form, done=_("Rencana disimpan."), plan=plan)


@button_of(operations.discard_draft)
def discard_plan(request: HttpRequest, case_id: UUID, plan_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Membuang rancangan rencana"))
    operations.discard_draft(plan=_plan(file.case, plan_id), by=file.reader, at=timezone.now())
    messages.success(request, _("Rancangan dibuang. Rencana yang berlaku tetap."))
    return redirect(_plans_url(case_id))


@button_of(operations.submit_plan)
def submit_plan(request: HttpRequest, case_id: UUID, plan_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Mengajukan rencana"))
    plan = _plan(file.case, plan_id)
    operations.submit_plan(plan=plan, revision=_revision(request), by=file.reader, at=timezone.now())
    messages.success(request, _("Rencana diajukan kepada supervisor."))
    return redirect(_plans_url(case_id))


@form_of(operations.add_goal)
def add_goal(request: HttpRequest, case_id: UUID, plan_id: UUID) -> HttpResponse:
    page = PLANS.form(request, case_id, _("Tambah tujuan"))
    plan = _plan(page.case, plan_id)
    form = GoalForm(request.POST or None, initial={"target_date": plan.ends_on})
    done = _("Tujuan ditambahkan. Lanjutkan dengan layanannya.")
    return page.answer(form, button=_("Tambahkan"), done=done, plan=plan)


@form_of(operations.change_goal)
def change_goal(request: HttpRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    page = PLANS.form(request, case_id, _("Ubah tujuan"))
    goal = _goal(page.case, goal_id)
    form = GoalChangeForm(request.POST or None, initial=vars(goal))
    return page.answer(form, done=_("Tujuan disimpan."), goal=goal)


@button_of(operations.remove_goal)
def remove_goal(request: HttpRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Menghapus tujuan"))
    goal = Goal.objects.filter(plan__case=file.case, pk=goal_id).select_related("plan").first()
    if goal is not None:
        goal.plan.case = file.case
        operations.remove_goal(goal=goal, revision=_revision(request), by=file.reader, at=timezone.now())
    messages.success(request, _("Tujuan dan layanannya dihapus dari rancangan."))
    return redirect(_plans_url(case_id))


@form_of(operations.add_line)
def add_line(request: HttpRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    page = PLANS.form(request, case_id, _("Tambah layanan"))
    goal = _goal(page.case, goal_id)
    plan = goal.plan
    initial = {"starts_on": plan.starts_on, "ends_on": plan.ends_on, "provider": page.file.reader.pk}
    return page.answer(
        LineForm(request.POST or None, initial=initial, **_choices(page.case)),
        button=_("Tambahkan"),
        lead=_("Tujuan: %(goal)s") % {"goal": page.file.veil.over(goal.statement)},
        done=_("Layanan ditambahkan."),
        goal=goal,
    )


@form_of(operations.change_line)
def change_line(request: HttpRequest, case_id: UUID, line_id: UUID) -> HttpResponse:
    page = PLANS.form(request, case_id, _("Ubah layanan"))
    line = _line(page.case, line_id)
    named = ("goal", "component", "provider", "provider_unit")
    initial = vars(line) | {name: getattr(line, f"{name}_id") for name in named}
    goals = line.plan.goals.all()
    form = LineChangeForm(request.POST or None, initial=initial, goals=goals, **_choices(page.case))
    return page.answer(form, done=_("Layanan disimpan."), line=line)


@button_of(operations.remove_line)
def remove_line(request: HttpRequest, case_id: UUID, line_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Menghapus layanan dari rencana"))
    line = ServiceLine.objects.filter(plan__case=file.case, pk=line_id).select_related("plan").first()
    if line is not None:
        line.plan.case = file.case
        operations.remove_line(line=line, revision=_revision(request), by=file.reader, at=timezone.now())
    messages.success(request, _("Layanan dihapus dari rancangan."))
    return redirect(_plans_url(case_id))


# --- Loading -----------------------------------------------------------------------------------------------


def _plans_url(case_id: UUID) -> str:
    return reverse("cases:plans", args=[case_id])


def _plan(case: Case, plan_id: UUID) -> Plan:
    plan = get_object_or_404(case.plans, pk=plan_id)
    plan.case = case
    return plan


def _goal(case: Case, goal_id: UUID) -> Goal:
    goal = get_object_or_404(Goal.objects.select_related("plan").filter(plan__case=case), pk=goal_id)
    goal.plan.case = case
    return goal


def _line(case: Case, line_id: UUID) -> ServiceLine:
    line = get_object_or_404(ServiceLine.objects.select_related("plan").filter(plan__case=case), pk=line_id)
    line.plan.case = case
    return line


def _revision(request: HttpRequest) -> int:
    """The revision that the page showed; anything else is no revision at all and ends in a conflict."""
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _choices(case: Case) -> dict[str, Any]:
    return {
        "components": Component.objects.filter(pk__in=practice_of(case.unit).components),
        "users": workers_of(case.unit, timezone.localdate()),
        "units": Unit.objects.filter(kind__in=SERVING, closed_on=None),
    }
