"""After-care visits of a file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from serasi.access.middleware import signed_in
from serasi.cases.forms.aftercare import RescheduleForm, VisitForm, VisitHeldForm
from serasi.cases.forms.delivery import WithdrawForm
from serasi.cases.forms.monitoring import scores_of
from serasi.cases.models import AftercareVisit
from serasi.cases.operations import aftercare as operations
from serasi.cases.queries.aftercare import visits_of
from serasi.cases.queries.workers import workers_of
from serasi.cases.views.loading import LoadedFile, form_of, load_file
from serasi.cases.views.writing import FormPage, write_page
from serasi.cases.work_presenters import visit_status
from serasi.common.components import Link


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
    file, page = _file(request, case_id, _("Jadwalkan kunjungan"))
    form = VisitForm(request.POST or None, users=workers_of(file.case.unit, timezone.localdate()))
    return write_page(
        request,
        file,
        form,
        lambda: operations.plan_visit(
            id=form.record_id,
            case=file.case,
            due_date=form.cleaned_data["due_date"],
            owner=form.cleaned_data["owner"],
            by=signed_in(request),
            at=timezone.now(),
        ),
        page=page,
        done=_("Kunjungan dijadwalkan."),
    )


@form_of(operations.hold_visit)
def hold_visit(request: HttpRequest, case_id: UUID, visit_id: UUID) -> HttpResponse:
    file, page = _file(request, case_id, _("Catat kunjungan"))
    visit = _visit(file, visit_id)
    form = VisitHeldForm(request.POST or None, initial={"held_on": timezone.localdate()})
    return write_page(
        request,
        file,
        form,
        lambda: operations.hold_visit(
            visit=visit,
            held_on=form.cleaned_data["held_on"],
            with_whom=form.cleaned_data["with_whom"],
            account=form.cleaned_data["account"],
            is_stable=form.cleaned_data["is_stable"] == "yes",
            **scores_of(form.cleaned_data),
            by=signed_in(request),
            at=timezone.now(),
        ),
        page=page,
        done=_("Kunjungan dicatat."),
    )


@form_of(operations.reschedule_visit)
def reschedule_visit(request: HttpRequest, case_id: UUID, visit_id: UUID) -> HttpResponse:
    file, page = _file(request, case_id, _("Ubah tanggal kunjungan"))
    visit = _visit(file, visit_id)
    form = RescheduleForm(request.POST or None, initial={"due_date": visit.due_date})
    return write_page(
        request,
        file,
        form,
        lambda: operations.reschedule_visit(
            visit=visit, due_date=form.cleaned_data["due_date"], by=signed_in(request), at=timezone.now()
        ),
        page=page,
        done=_("Tanggal kunjungan diubah."),
    )


@form_of(operations.cancel_visit)
def cancel_visit(request: HttpRequest, case_id: UUID, visit_id: UUID) -> HttpResponse:
    file, page = _file(request, case_id, _("Batalkan kunjungan"))
    visit = _visit(file, visit_id)
    form = WithdrawForm(request.POST or None)
    return write_page(
        request,
        file,
        form,
        lambda: operations.cancel_visit(
            visit=visit, reason=form.cleaned_data["reason"], by=signed_in(request), at=timezone.now()
        ),
        page=page,
        done=_("Kunjungan dibatalkan."),
    )


def _file(request: HttpRequest, case_id: UUID, title: str) -> tuple[LoadedFile, FormPage]:
    back = reverse("cases:aftercare", args=[case_id])
    crumbs = (Link(_("Bimbingan lanjut"), back), Link(title))
    file = load_file(request, case_id, title, tab="cases:homecoming", crumbs=crumbs)
    return file, FormPage(title, _("Simpan"), back)


def _visit(file: LoadedFile, visit_id: UUID) -> AftercareVisit:
    visit = get_object_or_404(file.case.aftercarevisits, pk=visit_id)
    visit.case = file.case
    return visit
