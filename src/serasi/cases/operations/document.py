"""Documents that are put into a file. What a document is, is read from its content, never from its name."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.cases.enums import AreaTag, DocumentKind
from serasi.cases.models import Case, Document
from serasi.cases.operations.note import UnreadableTag
from serasi.cases.operations.writable import FileState, file_operation
from serasi.common.images import PhotoRefused, clean_photo

FILE = "cases.document.file"
LARGEST: Final = 10 * 1024 * 1024

LEGIBLE_SIDE: Final = 2400
"""A photographed page must stay legible: more than a portrait needs."""

IMAGES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


class UnknownContent(Refused):
    message = _("Berkas ini bukan PDF, JPEG, PNG, atau WebP. Simpan dalam salah satu bentuk itu, lalu unggah lagi.")


class TooLarge(Refused):
    message = _("Berkas lebih besar dari 10 MB. Perkecil dahulu.")


class DocumentIsWithdrawn(Refused):
    message = _("Dokumen ini sudah ditarik.")


def _refuse_withdrawn(_by: User, document: Document) -> None:
    if document.withdrawn_at is not None:
        raise DocumentIsWithdrawn


@file_operation(FILE, creates=Document, state=FileState.EITHER)
def file_document(
    *,
    id: UUID,
    case: Case,
    title: str,
    content: bytes,
    by: User,
    at: datetime,
    tags: Sequence[str] = (),
) -> Document:
    """Put a document into a file; a closed one too, for papers that come late. A photo loses its hidden facts.

    Raises `UnknownContent`, `TooLarge` and `UnreadableTag`.
    """
    if any(tag not in AreaTag or not by.scope.has(f"cases.area.{tag}") for tag in tags):
        raise UnreadableTag(field="tags")
    if len(content) > LARGEST:
        raise TooLarge(field="file")
    content, media_type, ending = _made_safe(content)
    document = Document(
        id=id,
        case=case,
        kind=DocumentKind.UPLOAD,
        title=title,
        tags=sorted(set(tags)),
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        written_by=by,
        written_at=at,
    )
    document.file.save(f"{id}.{ending}", ContentFile(content), save=False)
    document.save(force_insert=True)
    return document


@file_operation(FILE, of="document.case", state=FileState.EITHER, also=_refuse_withdrawn)
def withdraw_document(*, document: Document, reason: str, by: User, at: datetime) -> Document:
    """Take a document out of use; it stays in the file as a line with the reason. Raises `DocumentIsWithdrawn`."""
    if not reason:
        raise Refused(_("Tuliskan alasan penarikan dokumen."), field="reason")
    if not Document.objects.filter(pk=document.pk, withdrawn_at=None).update(withdrawn_at=at, withdraw_reason=reason):
        raise DocumentIsWithdrawn
    document.refresh_from_db()
    return document


def _made_safe(content: bytes) -> tuple[bytes, str, str]:
    """The content to keep, its media type and ending: a PDF as it is, a picture drawn anew."""
    if content.startswith(b"%PDF-"):
        return content, "application/pdf", "pdf"
    if not content.startswith(IMAGES):
        raise UnknownContent(field="file")
    try:
        return clean_photo(content, max_side=LEGIBLE_SIDE), "image/jpeg", "jpg"
    except PhotoRefused as refused:
        raise Refused(refused.message, field="file") from refused
