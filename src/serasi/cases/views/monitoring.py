"""Monitorings of a file, and the curve over time."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from serasi.cases.forms.monitoring import MonitoringForm
from serasi.cases.operations.monitoring import NoPlanInForce, hold_monitoring
from serasi.cases.queries.aftercare import visits_of
from serasi.cases.queries.monitoring import functioning_over_time, monitorings
from serasi.cases.queries.plan import goals_to_judge, plan_in_force
from serasi.cases.views.loading import form_of, load_file
from serasi.cases.views.writing import Section
from serasi.cases.work_presenters import functioning_chart, result_status

MONITORING = Section(gettext_lazy("Pemantauan"), "cases:monitoring")


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
    page = MONITORING.form(request, case_id, _("Pemantauan baru"))
    goals = goals_to_judge(page.case)
    if not goals:
        raise NoPlanInForce
    initial = {"held_on": timezone.localdate()}
    form = MonitoringForm(request.POST or None, initial=initial, goals=goals, veil=page.file.veil)
    return page.answer(form, button=_("Simpan pemantauan"), done=_("Pemantauan disimpan."), case=page.case)
