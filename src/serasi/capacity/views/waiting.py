"""From a case: waiting for a place, what is tried meanwhile, and how waiting ends."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, FormPage, written
from serasi.access.gate import open_to
from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.capacity import operations
from serasi.capacity.forms import AttemptForm, LeaveForm, WaitForm
from serasi.capacity.models import Waiting
from serasi.capacity.permissions import WAIT
from serasi.capacity.queries import line_of
from serasi.cases.door import answer_panel, load_case
from serasi.cases.models import Case
from serasi.cases.operations.writable import rule_of
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.queries.header import name_shown, veil_of
from serasi.common.components import Link
from serasi.residence.models import Stay


@open_to(OPEN_CASE_FILE)
@require_safe
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A part of the first page of the file, or a page of its own without script."""
    reader, case = load_case(request, case_id, _("Membaca daftar tunggu"))
    entry = Waiting.objects.open().prefetch_related("attempts").filter(case=case).first()
    if entry is not None:
        entry.case = case
    line, veil = line_of(entry, at=timezone.now()) if entry else None, veil_of(case, reader)
    lives_here = Stay.objects.filter(person_id=case.person_id, unit_id=case.unit_id).open().exists()
    return answer_panel(
        request,
        "capacity/of_case.html",
        case,
        title=_("Daftar tunggu"),
        lead=_("Menunggu tempat, dan apa yang dicoba lebih dahulu."),
        line=line,
        tried=[(str(one), veil.over(one.account)) for one in line.attempts] if line else [],
        lives_here=lives_here,
        may_wait=not lives_here and _may(operations.wait_for_place, reader, case),
        may_try=entry is not None and _may(operations.record_attempt, reader, case),
    )


def _may(act: Callable[..., Any], reader: User, case: Case) -> bool:
    """As the operation asks."""
    try:
        rule_of(act).require(reader, case)
    except Refused:
        return False
    return True


def _page(case: Case, reader: User, title: str, *, button: str = "", lead: str = "") -> FormPage:
    back = reverse("cases:case", args=[case.pk])
    above = [Link(case.number, back), Link(_("Daftar tunggu"), reverse("capacity:of_case", args=[case.pk]))]
    caption = name_shown(case, reader)
    return FormPage(title, button or _("Simpan"), back, lead, caption=caption, trail=[*above, Link(title)])


@open_to(WAIT)
@require_http_methods(WRITES)
def wait(request: HttpRequest, case_id: UUID) -> HttpResponse:
    reader, case = load_case(request, case_id, _("Menulis di daftar tunggu"))
    rule_of(operations.wait_for_place).require(reader, case)
    return written(
        request,
        WaitForm(request.POST if request.method == "POST" else None),
        operations.wait_for_place,
        page=_page(
            case,
            reader,
            _("Masukkan ke daftar tunggu"),
            lead=_("Menunggu tempat di %s.") % case.unit.name,
        ),
        done=_("Ia masuk daftar tunggu."),
        case=case,
    )


@open_to(WAIT)
@require_http_methods(WRITES)
def attempt(request: HttpRequest, case_id: UUID, waiting_id: UUID) -> HttpResponse:
    reader, entry = _entry(request, case_id, waiting_id, _("Mencatat upaya di luar lembaga"))
    rule_of(operations.record_attempt).require(reader, entry.case)
    return written(
        request,
        AttemptForm(request.POST if request.method == "POST" else None),
        operations.record_attempt,
        page=_page(
            entry.case,
            reader,
            _("Catat upaya di luar lembaga"),
            lead=_("Yang dicoba sebelum tinggal di lembaga. Bila bisa dan dijalankan, ia tidak lagi menunggu."),
        ),
        done=_("Upaya dicatat."),
        waiting=entry,
    )


@open_to(WAIT)
@require_http_methods(WRITES)
def leave(request: HttpRequest, case_id: UUID, waiting_id: UUID) -> HttpResponse:
    reader, entry = _entry(request, case_id, waiting_id, _("Mengakhiri masa menunggu"))
    rule_of(operations.leave_list).require(reader, entry.case)
    return written(
        request,
        LeaveForm(request.POST if request.method == "POST" else None),
        operations.leave_list,
        page=_page(entry.case, reader, _("Keluarkan dari daftar tunggu")),
        done=_("Ia tidak lagi menunggu."),
        waiting=entry,
    )


def _entry(request: HttpRequest, case_id: UUID, waiting_id: UUID, purpose: str) -> tuple[User, Waiting]:
    reader, case = load_case(request, case_id, purpose)
    entry = get_object_or_404(Waiting.objects, case=case, pk=waiting_id)
    entry.case = case
    return reader, entry
