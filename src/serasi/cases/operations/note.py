"""Notes: written once; a correction is a new note that names the old one.

Notes may be written on a closed file too: people call, and what they say belongs somewhere.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require
from serasi.cases.enums import AreaTag, NoteKind
from serasi.cases.models import Case, Note
from serasi.cases.operations.writable import refuse_future, require_names

WRITE = "cases.note.write"
SUPERVISE = "cases.note.supervise"


class UnreadableTag(Refused):
    message = _("Anda tidak dapat menandai catatan dengan bagian yang tidak boleh Anda baca sendiri.")


class AlreadyCorrected(Refused):
    message = _("Catatan ini sudah diperbaiki. Perbaiki catatan yang terbaru.")


@operation(WRITE, creates=Note)
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
    require(by, SUPERVISE if kind == NoteKind.SUPERVISION else WRITE, on=case)
    return _write(id=id, case=case, kind=kind, happened_at=happened_at, text=text, tags=tags, by=by, at=at)


@operation(WRITE, creates=Note)
def correct_note(
    *, id: UUID, note: Note, happened_at: datetime, text: str, by: User, at: datetime, tags: Sequence[str] = ()
) -> Note:
    """Follow a note with its correction; the old one stays readable. For its author, or a supervisor.

    Raises `NamesKeptBack`, `AlreadyCorrected`, `InTheFuture` and `UnreadableTag`.
    """
    require(by, WRITE, on=note)
    require_names(by, note.case)
    if note.written_by_id != by.pk or note.kind == NoteKind.SUPERVISION:
        require(by, SUPERVISE, on=note)
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
