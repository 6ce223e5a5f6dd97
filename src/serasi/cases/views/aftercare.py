"""After-care visits of a file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from serasi.cases.forms.aftercare import RescheduleForm, VisitForm, VisitHeldForm
from serasi.cases.forms.delivery import WithdrawForm
from serasi.cases.models import AftercareVisit, Case
from serasi.cases.operations import aftercare as operations
from serasi.cases.queries.aftercare import visits_of
from serasi.cases.queries.workers import workers_of
from serasi.cases.views.loading import form_of, load_file
from serasi.cases.views.writing import Section
from serasi.cases.work_presenters import visit_status
from serasi.common.components import Link

VISITS = Section(gettext_lazy("Bimbingan lanjut"), "cases:aftercare", tab="cases:homecoming")


@require_GET
def aftercare(request: HttpRequest, case_id: UUID) -> HttpResponse:
    crumbs = (Link(_("Resosialisasi"), reverse("cases:homecoming", args=[case_id])), Link(_("Bimbingan lanjut")))
    file = load_file(request, case_id, _("Membaca bimbingan lanjut"), tab="cases:homecoming", crumbs=crumbs)
    today = timezone.localdate()
    context = file.context(
        visits=[(visit, visit_status(visit, today)) for visit in visits_of(file.case)],
        may_follow_up=file.may_do(operations.plan_visit),
    )
    return render(request, "cases/aftercare/list.html", context)


@form_of(operations.plan_visit)
def plan_visit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    page = VISITS.form(request, case_id, _("Jadwalkan kunjungan"))
    form = VisitForm(request.POST or None, users=workers_of(page.case.unit, timezone.localdate()))
    return page.answer(form, done=_("Kunjungan dijadwalkan."), case=page.case)


@form_of(operations.hold_visit)
def hold_visit(request: HttpRequest, case_id: UUID, visit_id: UUID) -> HttpResponse:
    page = VISITS.form(request, case_id, _("Catat kunjungan"))
    form = VisitHeldForm(request.POST or None, initial={"held_on": timezone.localdate()})
    return page.answer(form, done=_("Kunjungan dicatat."), visit=_visit(page.case, visit_id))


@form_of(operations.reschedule_visit)
def reschedule_visit(request: HttpRequest, case_id: UUID, visit_id: UUID) -> HttpResponse:
    page = VISITS.form(request, case_id, _("Ubah tanggal kunjungan"))
    visit = _visit(page.case, visit_id)
    form = RescheduleForm(request.POST or None, initial={"due_date": visit.due_date})
    return page.answer(form, done=_("Tanggal kunjungan diubah."), visit=visit)


@form_of(operations.cancel_visit)
def cancel_visit(request: HttpRequest, case_id: UUID, visit_id: UUID) -> HttpResponse:
    page = VISITS.form(request, case_id, _("Batalkan kunjungan"))
    form = WithdrawForm(request.POST or None)
    return page.answer(form, done=_("Kunjungan dibatalkan."), visit=_visit(page.case, visit_id))


def _visit(case: Case, visit_id: UUID) -> AftercareVisit:
    visit = get_object_or_404(case.aftercarevisits, pk=visit_id)
    visit.case = case
    return visit
