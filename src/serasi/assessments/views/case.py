"""What instruments found in a case: a part of its first page, a page of their own, curves; and how one begins."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, written
from serasi.access.gate import open_to
from serasi.assessments import operations, presenters, queries
from serasi.assessments.enums import Mode
from serasi.assessments.forms import StartForm
from serasi.assessments.models import Assessment, Edition
from serasi.assessments.permissions import FILL
from serasi.assessments.views.loading import load_of_case
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.queries.timeline import milestones_of
from serasi.common.components import Link

LATEST = 3
"""Fillings on the first page of the file."""


@open_to(OPEN_CASE_FILE)
@require_safe
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Without script, and for all fillings, a page of its own."""
    page = load_of_case(request, case_id, _("Membaca hasil instrumen"))
    fillings = (
        Assessment.objects.filter(case=page.case)
        .readable_by(page.reader)
        .select_related("edition", "written_by", "finished_by")
    )
    is_panel = "HX-Request" in request.headers
    if is_panel:
        fillings = fillings.filter(voided_at=None)[:LATEST]
    rows = [
        {
            "filling": one,
            "status": presenters.filling_status(one),
            "found": [presenters.found_row(found, case_id) for found in page.found.get(one.pk, ())],
        }
        for one in fillings
    ]
    context = {"page": page, "rows": rows, "may_fill": page.may_do(operations.start_filling), "trail": page.trail()}
    return render(request, "assessments/of_case.html" if is_panel else "assessments/of_case_page.html", context)


@open_to(FILL)
@require_safe
def choose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Which instrument: what fits this person and this reader stands first, with the reason."""
    page = load_of_case(request, case_id, _("Memilih instrumen"))
    page.require(operations.start_filling)
    person = page.case.person
    choices = queries.choices_for(
        page.case, page.reader, age=person.age_on(page.today), clusters=frozenset({page.case.cluster} - {""})
    )
    context = {
        "page": page,
        "suggested": [one for one in choices if one.is_suggested],
        "others": [one for one in choices if not one.is_suggested],
        "trail": page.trail(Link(_("Pilih instrumen"))),
    }
    return render(request, "assessments/choose.html", context)


@open_to(FILL)
@require_http_methods(WRITES)
def start(request: HttpRequest, case_id: UUID, edition_id: UUID) -> HttpResponse:
    page = load_of_case(request, case_id, _("Memulai pengisian instrumen"))
    page.require(operations.start_filling)
    edition = get_object_or_404(Edition.objects.visible_to(page.reader).published(), pk=edition_id)
    form = StartForm(request.POST or None, initial={"mode": Mode.INTERVIEW, "assessed_on": page.today})
    around = page.form_page(
        _("Mulai mengisi"),
        button=_("Mulai mengisi"),
        back=reverse("assessments:choose", args=[case_id]),
        lead=edition.shown_title,
    )
    return written(
        request,
        form,
        operations.start_filling,
        page=around,
        done=_("Pengisian dimulai. Setiap jawaban tersimpan saat diketik."),
        leads_to=lambda made: reverse("assessments:filling", args=[made.pk]),
        case=page.case,
        edition=edition,
    )


@open_to(OPEN_CASE_FILE)
@require_safe
def development(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every scale over time, in all files of this person that the reader may open, with what happened meanwhile."""
    page = load_of_case(request, case_id, _("Membaca perkembangan"))
    lines = queries.lines(queries.scores_of(page.case, page.reader))
    marks = presenters.marks_of(milestones_of(page.case), lines)
    rows = [presenters.line_row(line, marks) for line in lines]
    context = {
        "page": page,
        "groups": presenters.by_instrument(rows),
        "marks": marks,
        "trail": page.trail(Link(_("Perkembangan"))),
    }
    return render(request, "assessments/development.html", context)
