"""What was sent from the field and what became of it; what waits is taken or dropped; what differs is decided."""

from collections.abc import Callable
from dataclasses import astuple
from typing import Any, cast
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from serasi.access.acting import pressed
from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.common.components import Column, Link, Table, page_of
from serasi.fieldwork import operations
from serasi.fieldwork.models import Difference, SubmissionFile
from serasi.fieldwork.permissions import USE_DEVICE
from serasi.fieldwork.presenters import facts_of, sendings_table, tabs_for
from serasi.fieldwork.queries.differences import undecided_for
from serasi.fieldwork.queries.edits import edited_answers
from serasi.fieldwork.queries.sendings import own_sendings, told
from serasi.fieldwork.views.loading import sending_of
from serasi.people.permissions import EDIT


@open_to(USE_DEVICE)
@require_safe
def sendings(request: HttpRequest) -> HttpResponse:
    """One's own, with what became of each."""
    reader = signed_in(request)
    page = page_of(own_sendings(reader), request.GET)
    rows = told(list(page), reader)
    context = {"table": sendings_table(rows) if rows else None, "page": page, "tabs": tabs_for(reader, "sendings")}
    return render(request, "fieldwork/sendings.html", context)


@open_to(USE_DEVICE)
@require_safe
def sending(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """One sending: from whom, what it became, and while it waits what can be decided."""
    reader = signed_in(request)
    found = sending_of(reader, submission_id)
    [one] = told([found], reader)
    if one.case_name and found.case_id is not None:
        log_look(by=reader, subject=Subject.CASE, subject_id=found.case_id, purpose=_("Membaca kiriman lapangan"))
    edits = edited_answers(found, reader) if one.case_name else []
    columns = [Column(_("Pertanyaan")), Column(_("Semula")), Column(_("Di meja")), Column(_("Perbaikan"))]
    context = {
        "sent": found,
        "facts": facts_of(one),
        "edits": Table(columns, [astuple(each) for each in edits]) if edits else None,
        "files": list(found.files.exclude(file="")),
        "may_decide": found.is_waiting and operations.may_decide(found, reader),
        "trail": [Link(_("Kiriman lapangan"), reverse("fieldwork:sendings")), Link(found.title)],
    }
    return render(request, "fieldwork/sending.html", context)


@open_to(USE_DEVICE)
@require_POST
def take(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    return _decided(request, submission_id, operations.take_submission, _("Kiriman diterima dan sudah masuk."))


@open_to(USE_DEVICE)
@require_POST
def drop(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    return _decided(request, submission_id, operations.drop_submission, _("Kiriman dibuang."))


def _decided(request: HttpRequest, submission_id: UUID, act: Callable[..., Any], done: str) -> HttpResponse:
    found = sending_of(signed_in(request), submission_id)
    return pressed(request, act, submission=found, done=done, leads_to=reverse("fieldwork:sending", args=[found.pk]))


@open_to(USE_DEVICE)
@require_safe
def file(request: HttpRequest, submission_id: UUID, file_id: UUID) -> HttpResponse:
    """A photo that came along, drawn anew when it arrived; one that waits undrawn is only for downloading."""
    found = sending_of(signed_in(request), submission_id)
    row = get_object_or_404(SubmissionFile.objects.exclude(file=""), pk=file_id, submission=found)
    answer: Any = FileResponse(row.file.open(), as_attachment=True, filename=row.name)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return cast("HttpResponse", answer)


@open_to(EDIT)
@require_safe
def differences(request: HttpRequest) -> HttpResponse:
    """What a device and the desk changed differently about people; each waits for a person."""
    reader = signed_in(request)
    found = undecided_for(reader)
    context = {"found": found, "tabs": tabs_for(reader, "differences")}
    return render(request, "fieldwork/differences.html", context)


@open_to(EDIT)
@require_POST
def decide(request: HttpRequest, difference_id: UUID) -> HttpResponse:
    """Which of both versions stands."""
    rows = Difference.objects.visible_to(signed_in(request)).select_related("person", "submission")
    found = get_object_or_404(rows, pk=difference_id)
    return pressed(
        request,
        operations.settle_difference,
        difference=found,
        choice=request.POST.get("choice", ""),
        desk=request.POST.get("desk", ""),
        done=_("Keputusan dicatat."),
        leads_to=reverse("fieldwork:differences"),
    )
