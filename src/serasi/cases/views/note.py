"""Notes of a file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.middleware import signed_in
from serasi.cases.enums import NoteKind
from serasi.cases.forms.note import CorrectionForm, NoteForm
from serasi.cases.operations import note as operations
from serasi.cases.permissions import SUPERVISE, WRITE_NOTE
from serasi.cases.views.acting import answer, attempt
from serasi.cases.views.loading import form_of, load_file
from serasi.cases.views.writing import FormPage, allow, write_page
from serasi.common.components import Link, page_of


@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every note this reader may read, the latest first; the form for the next stands above them."""
    file = load_file(request, case_id, _("Membaca catatan"))
    may_write, may_supervise = file.may_do(operations.write_note), file.may(SUPERVISE)
    form = NoteForm(
        request.POST or None,
        initial={"happened_at": timezone.now(), "kind": NoteKind.PROGRESS},
        actor=file.reader,
        may_supervise=may_supervise,
    )
    if request.method == "POST":
        file.require(operations.write_note)
        written = attempt(
            form,
            lambda: operations.write_note(
                id=form.record_id,
                case=file.case,
                kind=NoteKind(form.cleaned_data["kind"]),
                happened_at=form.cleaned_data["happened_at"],
                text=form.cleaned_data["text"],
                tags=form.cleaned_data["tags"],
                by=signed_in(request),
                at=timezone.now(),
            ),
        )
        if written is not None:
            messages.success(request, _("Catatan disimpan."))
            return redirect("cases:notes", case_id=case_id)
    found = (
        file.case.notes.readable_by(file.reader)
        .filter(corrected_by=None)
        .select_related("written_by", "corrects", "corrects__written_by")
    )
    kind = request.GET.get("jenis", "")
    if kind in NoteKind:
        found = found.filter(kind=kind)
    context = file.context(
        page=page_of(found, request.GET, size=20),
        kinds=NoteKind.choices,
        kind=kind,
        may_write=may_write,
        may_supervise=may_supervise,
        may_correct=file.may_do(operations.correct_note),
    )
    return answer(request, "cases/note/list.html", context, form)


@form_of(operations.correct_note)
def correct_note(request: HttpRequest, case_id: UUID, note_id: UUID) -> HttpResponse:
    back = reverse("cases:notes", args=[case_id])
    title = _("Perbaiki catatan")
    file = load_file(request, case_id, title, tab="cases:notes", crumbs=(Link(_("Catatan"), back), Link(title)))
    note = get_object_or_404(file.case.notes.readable_by(file.reader), pk=note_id)
    note.case = file.case
    needed = SUPERVISE if note.written_by_id != file.reader.pk or note.kind == NoteKind.SUPERVISION else WRITE_NOTE
    allow(file.may(needed))
    form = CorrectionForm(request.POST or None, initial=vars(note), actor=file.reader)
    return write_page(
        request,
        file,
        form,
        lambda: operations.correct_note(
            id=form.record_id,
            note=note,
            happened_at=form.cleaned_data["happened_at"],
            text=form.cleaned_data["text"],
            tags=form.cleaned_data["tags"],
            by=signed_in(request),
            at=timezone.now(),
        ),
        page=FormPage(title, _("Simpan perbaikan"), back, lead=_("Catatan lama tetap terbaca di bawah perbaikannya.")),
        done=_("Perbaikan disimpan."),
    )
