"""Documents of a file: filing, reading, taking out of use."""

from typing import Final
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from serasi.access.acting import answer
from serasi.access.operations import NotAllowed
from serasi.cases.enums import DocumentKind
from serasi.cases.forms.delivery import WithdrawForm
from serasi.cases.forms.document import DocumentForm
from serasi.cases.models import Document
from serasi.cases.operations import document as operations
from serasi.cases.views.loading import form_of, load_file
from serasi.cases.views.writing import Section, sent
from serasi.common.components import page_of

DOCUMENTS = Section(gettext_lazy("Dokumen"), "cases:documents")


class NamesInside(NotAllowed):
    message = gettext_lazy("Dokumen anak dalam perkara memuat namanya, dan hanya dibuka oleh timnya.")


ENDINGS: Final = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, case_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Melihat daftar dokumen"))
    form = DocumentForm(request.POST or None, request.FILES or None, actor=file.reader)
    act, done = operations.file_document, _("Dokumen disimpan.")
    if led_on := sent(request, file, form, act, done=done, leads_to=request.path, case=file.case):
        return led_on
    found = file.case.documents.readable_by(file.reader).select_related("written_by")
    context = file.context(page=page_of(found, request.GET), may_file=file.may_do(act), upload=DocumentKind.UPLOAD)
    return answer(request, "cases/document/list.html", context, form)


@never_cache
@require_GET
def document_download(request: HttpRequest, case_id: UUID, document_id: UUID) -> HttpResponseBase:
    """The content, for those who may read it; every opening is logged with the title."""
    file = load_file(request, case_id, _("Membuka dokumen"), tab="cases:documents")
    if file.veil.is_drawn:
        raise NamesInside
    document = get_object_or_404(file.case.documents.readable_by(file.reader), pk=document_id)
    return send(document)


def send(document: Document) -> HttpResponseBase:
    """A document as a download that no browser runs: its own type, no sniffing, nothing loaded beside it."""
    stored = document.file.name
    if document.withdrawn_at is not None or not stored or not document.file.storage.exists(stored):
        raise Http404
    name = f"{_kept_as(document)}.{ENDINGS.get(document.media_type, 'bin')}"
    response = FileResponse(
        document.file.open("rb"), as_attachment=True, filename=name, content_type=document.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def _kept_as(document: Document) -> str:
    """What the file is called where it is saved: a letter's number, an upload's day; never a name in a title."""
    if document.kind == DocumentKind.UPLOAD:
        return f"dokumen-{timezone.localdate(document.written_at)}-{document.pk.hex[-6:]}"
    return slugify(document.title)[:80]


@form_of(operations.withdraw_document)
def withdraw_document(request: HttpRequest, case_id: UUID, document_id: UUID) -> HttpResponse:
    page = DOCUMENTS.form(request, case_id, _("Tarik dokumen"))
    uploads = page.case.documents.readable_by(page.file.reader).filter(kind=DocumentKind.UPLOAD)
    document = get_object_or_404(uploads, pk=document_id)
    document.case = page.case
    return page.answer(
        WithdrawForm(request.POST or None),
        button=page.title,
        lead=page.file.veil.over(document.title),
        done=_("Dokumen ditarik; barisnya tetap ada dengan alasannya."),
        document=document,
    )
