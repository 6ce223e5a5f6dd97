"""Monitorings of a file, and the curve over time."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from serasi.access.middleware import signed_in
from serasi.cases.forms.monitoring import MonitoringForm, scores_of
from serasi.cases.operations.monitoring import NoPlanInForce, hold_monitoring
from serasi.cases.queries.aftercare import visits_of
from serasi.cases.queries.monitoring import functioning_over_time, monitorings
from serasi.cases.queries.plan import goals_to_judge, plan_in_force
from serasi.cases.views.loading import form_of, load_file
from serasi.cases.views.writing import FormPage, write_page
from serasi.cases.work_presenters import functioning_chart, result_status
from serasi.common.components import Link


@require_GET
def monitoring(request: HttpRequest, case_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Membaca pemantauan"))
    held = monitorings(file.case)
    readings = functioning_over_time(held, visits_of(file.case))
    context = file.context(
        monitorings=[(m, [(p, result_status(p.result)) for p in m.goals.all()]) for m in held],
        chart=functioning_chart(readings),
        may_monitor=file.may_do(hold_monitoring),
        has_plan=bool(held) or plan_in_force(file.case) is not None,
    )
    return render(request, "cases/monitoring/list.html", context)


@form_of(hold_monitoring)
def monitor(request: HttpRequest, case_id: UUID) -> HttpResponse:
    title = _("Pemantauan baru")
    back = reverse("cases:monitoring", args=[case_id])
    crumbs = (Link(_("Pemantauan"), back), Link(title))
    file = load_file(request, case_id, title, tab="cases:monitoring", crumbs=crumbs)
    goals = goals_to_judge(file.case)
    if not goals:
        raise NoPlanInForce
    form = MonitoringForm(request.POST or None, initial={"held_on": timezone.localdate()}, goals=goals, veil=file.veil)
    return write_page(
        request,
        file,
        form,
        lambda: hold_monitoring(
            id=form.record_id,
            case=file.case,
            held_on=form.cleaned_data["held_on"],
            summary=form.cleaned_data["summary"],
            voice=form.cleaned_data["voice"],
            next_on=form.cleaned_data["next_on"],
            judgements=form.judgements(),
            **scores_of(form.cleaned_data),
            by=signed_in(request),
            at=timezone.now(),
        ),
        page=FormPage(title, _("Simpan pemantauan"), back),
        done=_("Pemantauan disimpan."),
    )
