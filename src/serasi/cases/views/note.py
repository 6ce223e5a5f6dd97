"""Notes of a file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from serasi.access.acting import answer
from serasi.cases.enums import NoteKind
from serasi.cases.forms.note import CorrectionForm, NoteForm
from serasi.cases.operations import note as operations
from serasi.cases.permissions import SUPERVISE
from serasi.cases.views.loading import form_of, load_file
from serasi.cases.views.writing import Section, sent
from serasi.common.components import page_of

NOTES = Section(gettext_lazy("Catatan"), "cases:notes")


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
    done = _("Catatan disimpan.")
    if led_on := sent(request, file, form, operations.write_note, done=done, leads_to=request.path, case=file.case):
        return led_on
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
    page = NOTES.form(request, case_id, _("Perbaiki catatan"))
    note = get_object_or_404(page.case.notes.readable_by(page.file.reader), pk=note_id)
    note.case = page.case
    return page.answer(
        CorrectionForm(request.POST or None, initial=vars(note), actor=page.file.reader),
        button=_("Simpan perbaikan"),
        lead=_("Catatan lama tetap terbaca di bawah perbaikannya."),
        done=_("Perbaikan disimpan."),
        note=note,
    )
