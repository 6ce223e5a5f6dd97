"""The catalogue: instruments, their editions, and how a new one comes in."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.acting import WRITES, FormPage, allow, attempt, pressed, written
from serasi.access.engine_page import medium_answer, page_of_forms
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.permissions import may
from serasi.assessments import operations, presenters, queries
from serasi.assessments.forms import CatalogueFilter, DescribeForm, FilesForm, UploadForm
from serasi.assessments.models import Edition, EditionForm
from serasi.assessments.operations import Upload
from serasi.assessments.permissions import SEE_INSTRUMENTS, WRITE_INSTRUMENT
from serasi.assessments.views.engine import trial_of
from serasi.assessments.views.loading import load_edition
from serasi.common.components import Link, page_of
from serasi.common.identifiers import uuid7
from serasi.xforms.authoring.files import brought
from serasi.xforms.authoring.publish import author
from serasi.xforms.authoring.spreadsheet import as_spreadsheet
from serasi.xforms.authoring.workbook import read
from serasi.xforms.findings import Unreadable
from serasi.xforms.form import Form
from serasi.xforms.instance import compose

EXAMPLE = "kegiatan_sehari"
"""The shipped instrument that authors may begin with: every sheet is used, and none is long."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@open_to(SEE_INSTRUMENTS)
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What may be filled, by title; drafts of one's own units above them."""
    reader = signed_in(request)
    form = CatalogueFilter(request.GET)
    found = queries.catalogue(reader, words=form.chosen.get("words", ""), kind=form.chosen.get("kind", ""))
    page = page_of(found, request.GET)
    context = {
        "form": form,
        "page": page,
        "rows": [(one, presenters.ages(one)) for one in page],
        "drafts": Edition.objects.visible_to(reader).filter(published_at=None).select_related("instrument__unit"),
        "may_write": reader.scope.has(WRITE_INSTRUMENT),
    }
    return render(request, "assessments/catalogue.html", context)


@open_to(WRITE_INSTRUMENT)
@require_http_methods(WRITES)
def upload(request: HttpRequest) -> HttpResponse:
    """A workbook becomes a draft to look at, or a list of what to mend in it."""
    by = signed_in(request)
    form = UploadForm(request.POST or None, request.FILES or None, user=by)
    context: dict[str, Any] = {
        "form": form,
        "example": Edition.objects.newest().filter(instrument__unit=None, instrument__code=EXAMPLE).first(),
        "trail": _trail(Link(_("Unggah instrumen"))),
    }
    if request.method == "POST" and form.is_valid():
        file, others = form.cleaned_data["file"], form.cleaned_data["attached"]
        source, read_now = file.read(), file.name
        try:
            authored = author(source, file.name)
            read_now = ", ".join(other.name for other in others)
            made = brought(Form.parse(authored.xform), _contents(others))
        except Unreadable as unreadable:
            context |= {"findings": presenters.findings_table(unreadable.findings), "file_name": read_now}
        else:
            edition = attempt(
                form,
                lambda: operations.draft_edition(
                    id=form.record_id,
                    unit=form.cleaned_data["unit"],
                    upload=Upload(authored, source, file.name, made),
                    by=by,
                    at=timezone.now(),
                ),
            )
            if edition is not None:
                messages.success(request, _("Terbaca. Periksa dan coba dahulu sebelum menerbitkannya."))
                return redirect("assessments:edition", edition_id=edition.pk)
    return render(request, "assessments/upload.html", context, status=422 if request.method == "POST" else 200)


@open_to(SEE_INSTRUMENTS)
@require_safe
def edition(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """One edition: what it is, its parts, scales and bands, and what may be done with it."""
    one = load_edition(request, edition_id)
    reader = signed_in(request)
    scales = one.scales.prefetch_related("bands__suggestions")
    files = list(one.files.defer("data"))
    context = {
        "edition": one,
        "status": presenters.edition_status(one),
        "facts": presenters.edition_facts(one),
        "scales": [presenters.scale_row(scale) for scale in scales],
        "warnings": presenters.findings_table(presenters.kept_findings(one.warnings)) if one.warnings else None,
        "files": presenters.files_table(files) if files else None,
        "missing": [file.name for file in files if file.is_missing],
        "others": one.instrument.editions.exclude(pk=one.pk),
        "may_write": may(reader, WRITE_INSTRUMENT, on=one),
        "trail": _trail(Link(one.shown_title)),
    }
    return render(request, "assessments/edition.html", context)


@open_to(WRITE_INSTRUMENT)
@require_http_methods(WRITES)
def files(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Pictures, sounds and lists for a draft: what its form names, what is missing, and more of it coming in."""
    one, by = load_edition(request, edition_id), signed_in(request)
    allow(may(by, WRITE_INSTRUMENT, on=one))
    if not one.is_draft:
        messages.error(request, str(operations.AlreadyPublished.message))
        return redirect(_url(one))
    form = FilesForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            made = brought(queries.form_of(one.pk), _contents(form.cleaned_data["attached"]))
        except Unreadable as unreadable:
            context["findings"] = presenters.findings_table(unreadable.findings, of_files=True)
        else:
            kept = attempt(form, lambda: operations.bring_files(edition=one, files=made, by=by, at=timezone.now()))
            if kept is not None:
                messages.success(request, _("Berkas disimpan: %s.") % ", ".join(file.name for file in made))
                return redirect(_url(one))
    named = list(one.files.defer("data"))
    title = _("Berkas formulir")
    context |= {
        "edition": one,
        "files": presenters.files_table(named) if named else None,
        "trail": _trail(Link(one.shown_title, _url(one)), Link(title)),
    }
    return render(request, "assessments/files.html", context, status=422 if request.method == "POST" else 200)


@open_to(WRITE_INSTRUMENT)
@require_http_methods(WRITES)
def describe(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """What a plain XLSForm leaves out."""
    one = load_edition(request, edition_id)
    allow(may(signed_in(request), WRITE_INSTRUMENT, on=one))
    initial = {"kind": one.kind, "raters": one.raters, "licence": one.licence, "source": one.source}
    title = _("Lengkapi keterangan")
    trail = _trail(Link(one.shown_title, _url(one)), Link(title))
    return written(
        request,
        DescribeForm(request.POST or None, initial=initial),
        operations.describe_edition,
        page=FormPage(title, _("Simpan"), _url(one), caption=str(one), trail=trail),
        done=_("Keterangan disimpan."),
        edition=one,
    )


@open_to(SEE_INSTRUMENTS)
@require_safe
@page_of_forms
def preview(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """The form as those see it who fill it; nothing typed here is kept."""
    one = load_edition(request, edition_id)
    trail = _trail(Link(one.shown_title, _url(one)), Link(_("Coba isi")))
    context = {"edition": one, "engine": trial_of(one.pk, signed_in(request)), "trail": trail}
    return render(request, "assessments/preview.html", context)


@open_to(SEE_INSTRUMENTS)
@require_safe
@never_cache
def blank(request: HttpRequest, edition_id: UUID) -> JsonResponse:
    """An empty instance to try the form with."""
    one = load_edition(request, edition_id)
    form = queries.form_of(one.pk)
    sections = [{"name": section["name"], "may_write": True, "who": ""} for section in one.sections]
    instance = compose(form, {}, instance_id=uuid7()).decode()
    return JsonResponse({"instance": instance, "sections": sections, "typed": {}, "differences": [], "cursor": 0})


@open_to(SEE_INSTRUMENTS)
@require_safe
@never_cache
def medium(request: HttpRequest, edition_id: UUID, name: str) -> HttpResponse:
    """A list that the form names, to try it with."""
    return medium_answer(queries.media_of(load_edition(request, edition_id), signed_in(request)), name)


@open_to(SEE_INSTRUMENTS)
@require_safe
@cache_control(private=True, max_age=86_400)
def xform(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """The form itself: an edition never changes, so that a browser asks once."""
    one = load_edition(request, edition_id)
    return HttpResponse(one.form.xform, content_type="text/xml; charset=utf-8")


@open_to(SEE_INSTRUMENTS)
@require_safe
def source(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """The workbook as its author sent it."""
    one = load_edition(request, edition_id)
    file: EditionForm = one.form
    ending = file.source_name.rpartition(".")[2].lower()
    return _download(bytes(file.source), one, ending)


@open_to(SEE_INSTRUMENTS)
@require_safe
def spreadsheet(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """The same as a spreadsheet, to begin another instrument with."""
    one = load_edition(request, edition_id)
    file: EditionForm = one.form
    return _download(as_spreadsheet(read(bytes(file.source), file.source_name)), one, "xlsx")


@open_to(WRITE_INSTRUMENT)
@require_POST
def publish(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    one = load_edition(request, edition_id)
    done = _("Terbit. Instrumen ini kini dapat diisi.")
    return pressed(request, operations.publish_edition, done=done, leads_to=_url(one), edition=one)


@open_to(WRITE_INSTRUMENT)
@require_POST
def close(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    one = load_edition(request, edition_id)
    done = _("Edisi ditutup. Yang sudah diisi tetap ada.")
    return pressed(request, operations.close_edition, done=done, leads_to=_url(one), edition=one)


@open_to(WRITE_INSTRUMENT)
@require_POST
def discard(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    one = load_edition(request, edition_id)
    listed = reverse("assessments:catalogue")
    return pressed(request, operations.discard_draft, done=_("Rancangan dibuang."), leads_to=listed, edition=one)


def _contents(files: Iterable["UploadedFile[Any]"]) -> Iterator[tuple[str, bytes]]:
    """One after the other, so that no more than one lies in memory twice."""
    return ((file.name or "", file.read()) for file in files)


def _download(content: bytes, edition: Edition, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX if ending == "xlsx" else "text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{edition.instrument.code}.{ending}"'
    return response


def _url(edition: Edition) -> str:
    return reverse("assessments:edition", args=[edition.pk])


def _trail(*more: Link) -> list[Link]:
    return [Link(_("Instrumen"), reverse("assessments:catalogue")), *more]
