"""Notes: written once; a correction is a new note that names the old one.

Notes may be written on a closed file too: people call, and what they say belongs somewhere.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, require
from serasi.cases.enums import AreaTag, NoteKind
from serasi.cases.models import Case, Note
from serasi.cases.operations.writable import FileState, file_operation, refuse_future

WRITE = "cases.note.write"
SUPERVISE = "cases.note.supervise"


class UnreadableTag(Refused):
    message = _("Anda tidak dapat menandai catatan dengan bagian yang tidak boleh Anda baca sendiri.")


class AlreadyCorrected(Refused):
    message = _("Catatan ini sudah diperbaiki. Perbaiki catatan yang terbaru.")


def _require_author(by: User, note: Note) -> None:
    if note.written_by_id != by.pk or note.kind == NoteKind.SUPERVISION:
        require(by, SUPERVISE, on=note)


@file_operation(WRITE, creates=Note, state=FileState.EITHER)
def write_note(
    *,
    id: UUID,
    case: Case,
    kind: NoteKind,
    happened_at: datetime,
    text: str,
    by: User,
    at: datetime,
    tags: Sequence[str] = (),
) -> Note:
    """Add a note to the file. A supervision note needs the permission of supervisors.

    Raises `InTheFuture` and `UnreadableTag`.
    """
    if kind == NoteKind.SUPERVISION:
        require(by, SUPERVISE, on=case)
    return _write(id=id, case=case, kind=kind, happened_at=happened_at, text=text, tags=tags, by=by, at=at)


@file_operation(WRITE, creates=Note, of="note.case", state=FileState.EITHER, rewrites=True, also=_require_author)
def correct_note(
    *, id: UUID, note: Note, happened_at: datetime, text: str, by: User, at: datetime, tags: Sequence[str] = ()
) -> Note:
    """Follow a note with its correction; the old one stays readable. For its author, or a supervisor.

    Raises `NamesKeptBack`, `AlreadyCorrected`, `InTheFuture` and `UnreadableTag`.
    """
    latest = Note.objects.select_for_update(no_key=True, of=("self",)).filter(pk=note.pk, corrected_by=None).first()
    if latest is None:
        raise AlreadyCorrected
    return _write(
        id=id,
        case=note.case,
        kind=NoteKind(note.kind),
        happened_at=happened_at,
        text=text,
        tags=tags,
        by=by,
        at=at,
        corrects=note,
    )


def _write(
    *,
    id: UUID,
    case: Case,
    kind: NoteKind,
    happened_at: datetime,
    text: str,
    tags: Sequence[str],
    by: User,
    at: datetime,
    corrects: Note | None = None,
) -> Note:
    refuse_future(happened_at, at=at, field="happened_at")
    if not text:
        raise Refused(_("Tuliskan catatannya."), field="text")
    if any(tag not in AreaTag or not by.scope.has(f"cases.area.{tag}") for tag in tags):
        raise UnreadableTag(field="tags")
    return Note.objects.create(
        id=id,
        case=case,
        kind=kind,
        happened_at=happened_at,
        tags=sorted(set(tags)),
        text=text,
        corrects=corrects,
        written_by=by,
        written_at=at,
    )
