"""Photos, drawings, signatures and sounds that belong to an answer. What a file is, is read from its content."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.assessments.models import AnswerFile, Assessment
from serasi.assessments.operations.filling import Typed, hold_open, refusal_of
from serasi.assessments.permissions import FILL
from serasi.assessments.queries.forms import Place, form_of, places_of
from serasi.cases.operations.writable import FileState, file_operation
from serasi.common.images import PhotoRefused, clean_photo
from serasi.common.sounds import sound_of

LARGEST: Final = 15 * 1024 * 1024
MOST: Final = 60
"""Files in one filling."""
PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
KINDS: Final = ("image", "audio")
"""What a question may insist on."""


class UnknownContent(Refused):
    message = _("Berkas ini bukan foto, gambar, PDF atau rekaman suara yang dikenal.")


class OtherKind(Refused):
    message = _("Berkas ini bukan jenis yang diminta pertanyaannya.")


@file_operation(FILL, of="assessment.case", state=FileState.EITHER, rewrites=True)
def keep_file(*, id: UUID, assessment: Assessment, path: str, content: bytes, by: User, at: datetime) -> AnswerFile:
    """Keep a file; the answer at ``path`` then names it. Sent twice it is kept once.

    Raises FillingEnded, UnknownContent.
    """
    kept = AnswerFile.objects.filter(pk=id, assessment=assessment).first()
    if kept is not None:
        return kept
    hold_open(assessment)
    place, form = places_of(assessment.edition).get(path), form_of(assessment.edition_id)
    why = refusal_of(Typed(id, path, "", ""), place, form, by)
    if why or place is None:
        raise Refused(why)
    return store(id=id, assessment=assessment, place=place, content=content, by=by, at=at)


def store(
    *,
    id: UUID,
    assessment: Assessment,
    place: Place,
    content: bytes,
    by: User,
    at: datetime,
    name: str = "",
    kind: str = "",
) -> AnswerFile:
    """The file of an answer at a place, under the ``name`` that the answer knows it by; ours where it has none yet.

    ``kind`` is what the question asks for, ``image/*``. Raises UnknownContent, OtherKind, Refused.
    """
    if len(content) > LARGEST:
        raise Refused(_("Berkas lebih besar dari 15 MB. Perkecil dahulu."), field="file")
    if assessment.files.count() >= MOST:
        raise Refused(_("Sudah ada %d berkas dalam pengisian ini; itu batasnya.") % MOST, field="file")
    content, media_type, ending = made_safe(content)
    asked = kind.partition("/")[0]
    if asked in KINDS and not media_type.startswith(f"{asked}/"):
        raise OtherKind(field="file")
    row = AnswerFile(
        id=id,
        assessment=assessment,
        name=name or f"{id}.{ending}",
        tags=list(place.tags),
        media_type=media_type,
        size=len(content),
        typed_by=by,
        typed_at=at,
    )
    row.file.save(f"{id}.{ending}", ContentFile(content), save=False)
    row.save(force_insert=True)
    return row


def made_safe(content: bytes) -> tuple[bytes, str, str]:
    """The content to keep, its media type and ending: a picture drawn anew, the rest as it is."""
    if content.startswith(PICTURES):
        try:
            return clean_photo(content), "image/jpeg", "jpg"
        except PhotoRefused as refused:
            raise Refused(refused.message, field="file") from refused
    if content.startswith(b"%PDF-"):
        return content, "application/pdf", "pdf"
    sound = sound_of(content)
    if sound is None:
        raise UnknownContent(field="file")
    return content, *sound
