"""Beginning a cycle of one person; ending it early, finding that it never was, taking that back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from serasi.access.acting import WRITES, written
from serasi.access.gate import open_to
from serasi.access.operations import NotAllowed, Refused
from serasi.cycles import operations
from serasi.cycles.forms import EndCycleForm, StartForm, VoidForm
from serasi.cycles.permissions import TURN
from serasi.cycles.queries import practice_of
from serasi.cycles.views.loading import load_cycle, load_cycles


@open_to(TURN)
@require_http_methods(WRITES)
def start(request: HttpRequest, case_id: UUID) -> HttpResponse:
    title = _("Mulai siklus")
    page = load_cycles(request, case_id, title)
    page.require(operations.start_cycle)
    initial = {"starts_on": page.today, "months": practice_of(page.case.unit).months}
    form = StartForm(request.POST or None, initial=initial)
    lead = _("Tinjauan awal, tengah dan penutup dijadwalkan sendiri dari tanggal ini.")
    around = page.form_page(title, lead=lead)
    return written(request, form, operations.start_cycle, page=around, done=_("Siklus dimulai."), case=page.case)


@open_to(TURN)
@require_http_methods(WRITES)
def end(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    title = _("Akhiri siklus lebih awal")
    page, cycle = load_cycle(request, cycle_id, title)
    page.require(operations.end_cycle)
    form = EndCycleForm(request.POST or None, initial={"ended_on": page.today})
    around = page.form_page(title)
    return written(request, form, operations.end_cycle, page=around, done=_("Siklus diakhiri."), cycle=cycle)


@open_to(TURN)
@require_http_methods(WRITES)
def void(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    title = _("Batalkan siklus yang keliru")
    page, cycle = load_cycle(request, cycle_id, title)
    page.require(operations.void_cycle)
    form = VoidForm(request.POST or None)
    around = page.form_page(title)
    return written(request, form, operations.void_cycle, page=around, done=_("Siklus dibatalkan."), cycle=cycle)


@open_to(TURN)
@require_POST
def resume(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    page, cycle = load_cycle(request, cycle_id, _("Melanjutkan siklus"))
    try:
        operations.resume_cycle(cycle=cycle, by=page.reader, at=timezone.now())
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Siklus berjalan lagi."))
    return redirect(page.url)
