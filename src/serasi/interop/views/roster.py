"""Rosters: upload, follow, look through, say what the columns mean, save, stop, take the errors home."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.operations import Conflict, NotAllowed, Refused
from serasi.common.components import Link, page_of
from serasi.interop.enums import Outcome, RosterState
from serasi.interop.forms.roster import ColumnsForm, SaveForm, UploadForm
from serasi.interop.headings import recognised_unused
from serasi.interop.models import RosterImport, RosterRow
from serasi.interop.operations import cancel_roster, map_columns, save_roster, upload_roster
from serasi.interop.presenters import errors_table, masked, rosters_table, rows_table, state_status, tallies
from serasi.interop.queries.roster import counts_of
from serasi.interop.views.loading import importer, load_roster
from serasi.interop.workbooks import error_sheet
from serasi.interop.workbooks import template as template_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 25
SAMPLES_FROM = 30


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def rosters(request: HttpRequest) -> HttpResponse:
    """The imports one may see, and the form for another."""
    user = importer(request)
    form = UploadForm(user=user)
    status = 200
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, user=user)
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                uploaded = upload_roster(
                    id=form.record_id,
                    unit=form.cleaned_data["unit"],
                    filename=file.name,
                    content=file.read(),
                    by=user,
                    at=timezone.now(),
                )
            except NotAllowed:
                raise
            except Refused as refused:
                form.add_refusal(refused)
            else:
                if uploaded.pk != form.record_id:
                    messages.info(
                        request, _("Berkas yang sama sudah pernah diunggah; ini hasilnya. Tidak ada yang berubah.")
                    )
                return redirect("interop:roster", pk=uploaded.pk)
    seen = (
        RosterImport.objects.visible_to(user)
        .select_related("unit", "uploaded_by", "reading", "saving")
        .defer("content")
    )
    page = page_of(seen, request.GET)
    return render(
        request,
        "interop/rosters.html",
        {"form": form, "page": page, "table": rosters_table(page.object_list)},
        status=status,
    )


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty roster to fill in."""
    importer(request)
    return download(template_workbook(), "templat-daftar-serasi.xlsx")


@require_safe
@never_cache
def roster(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One import, wherever it stands: its progress, its preview, or what it came to."""
    found = load_roster(request, pk)
    return render(request, "interop/roster.html", _page(request, found, SaveForm()))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What each column means, to be put right before saving."""
    found = load_roster(request, pk)
    if found.state is not RosterState.READ:
        return redirect("interop:roster", pk=found.pk)
    form = ColumnsForm(roster=found, samples=_samples(found))
    status = 200
    if request.method == "POST":
        form = ColumnsForm(request.POST, roster=found, samples=_samples(found))
        status = 422
        if form.is_valid():
            try:
                map_columns(
                    roster=found,
                    mapping=form.mapping,
                    no_nik_reason=form.cleaned_data["no_nik_reason"],
                    revision=form.revision,
                    by=importer(request),
                    at=timezone.now(),
                )
            except (NotAllowed, Conflict):
                raise
            except Refused as refused:
                form.add_refusal(refused)
            else:
                messages.success(request, _("Kolom disimpan; semua baris dibaca ulang."))
                return redirect("interop:roster", pk=found.pk)
    context = {"roster": found, "form": form, "trail": [*_trail(found), Link(_("Kolom"))]}
    return render(request, "interop/columns.html", context, status=status)


@require_POST
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring the rows in that need no decision."""
    found = load_roster(request, pk)
    form = SaveForm(request.POST)
    if form.is_valid():
        try:
            save_roster(
                roster=found,
                only_good=form.cleaned_data["only_good"] == "good",
                by=importer(request),
                at=timezone.now(),
            )
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_refusal(refused)
        else:
            return redirect("interop:roster", pk=found.pk)
    return render(request, "interop/roster.html", _page(request, found, form), status=422)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = load_roster(request, pk)
    cancel_roster(roster=found, by=importer(request), at=timezone.now())
    if found.cancelled_at:
        messages.success(request, _("Impor dibatalkan. Tidak ada orang yang disimpan, dan isi berkas sudah dihapus."))
    else:
        messages.success(request, _("Penyimpanan dihentikan. Yang sudah tersimpan tetap ada."))
    return redirect("interop:roster", pk=found.pk)


@require_safe
@never_cache
def errors(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rows to mend, as a spreadsheet that may be uploaded again."""
    found = load_roster(request, pk)
    rows = RosterRow.objects.filter(roster=found).of(Outcome.FAULTY).order_by("number")
    return download(error_sheet(found, rows.iterator(500)), "perbaiki-daftar.xlsx")


def _page(request: HttpRequest, found: RosterImport, form: SaveForm) -> dict[str, Any]:
    counts = counts_of(found)
    wanted = request.GET.get("hasil", "")
    if not wanted and found.state is RosterState.READ and counts.faulty:
        wanted = Outcome.FAULTY.value  # what must be mended comes first
    rows = RosterRow.objects.filter(roster=found).select_related("roster", "roster__reading", "roster__saving")
    rows = rows.defer("roster__content").order_by("number")
    if wanted in Outcome.values:
        rows = rows.of(wanted)
    else:
        wanted = ""
    context: dict[str, Any] = {
        "roster": found,
        "state": found.state.value,
        "status": state_status(found),
        "counts": counts,
        "work": found.work,
        "save_form": form,
        "has_faulty": counts.faulty > 0,
        "trail": _trail(found),
        "wanted": wanted,
    }
    if found.state in {RosterState.READ, RosterState.SAVED, RosterState.STOPPED}:
        page = page_of(rows, request.GET, size=PER_PAGE)
        caption = str(Outcome(wanted).label) if wanted else _("Semua baris")
        as_table = errors_table if wanted == Outcome.FAULTY else rows_table
        context |= {
            "tallies": tallies(found, counts),
            "page": page,
            "table": as_table(found, list(page.object_list), timezone.localdate(), caption),
            "unused": recognised_unused(found.headers),
            "first_waiting": rows.model.objects.filter(roster=found).of(Outcome.WAITING).order_by("number").first()
            if counts.waiting
            else None,
        }
    return context


def _trail(found: RosterImport) -> list[Link]:
    return [
        Link(_("Impor daftar"), reverse("interop:rosters")),
        Link(found.filename, reverse("interop:roster", args=[found.pk])),
    ]


def _samples(found: RosterImport) -> list[str]:
    """For each column the first thing that stands in it, from the first rows; numbers of identity masked."""
    samples = [""] * len(found.headers)
    for row in RosterRow.objects.filter(Q(roster=found)).order_by("number")[:SAMPLES_FROM]:
        for column, value in enumerate(row.values[: len(samples)]):
            if not samples[column] and value:
                samples[column] = masked(f"{value:%d/%m/%Y}" if not isinstance(value, str) else value)[:40]
    return samples


def download(content: bytes, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
