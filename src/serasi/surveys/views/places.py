"""Places that are said in words: somebody finds the village they mean."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, written
from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.looks import log_looks
from serasi.access.operations import NotAllowed
from serasi.common.components import page_of
from serasi.institutions.queries.regions import villages_said
from serasi.surveys import operations, presenters, queries
from serasi.surveys.forms import VillageForm
from serasi.surveys.models import Interview
from serasi.surveys.permissions import SETTLE
from serasi.surveys.views.loading import load_interview, load_survey


@dataclass(frozen=True, slots=True)
class Said:
    """An interview, the words, and the villages they may mean: code and full name."""

    interview: Interview
    words: str
    guesses: list[tuple[str, str]]


@open_to(SETTLE)
@require_safe
def places(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    page = load_survey(request, survey_id)
    page.require(SETTLE)
    if not page.sees_persons:
        raise NotAllowed
    rows = page_of(queries.places_waiting(page.survey, page.reader), request.GET, size=10)
    interviews = list(rows)
    if interviews:
        opened = {(one.pk, page.survey.unit_id) for one in interviews}
        log_looks(by=page.reader, subject=Subject.INTERVIEW, units=opened, purpose=_("Mencari desa wawancara"))
    guesses = villages_said([one.reading.place for one in interviews])
    context = {
        "survey": page.survey,
        "status": presenters.state_of(page.survey),
        "tabs": page.tabs("people"),
        "trail": page.trail(),
        "page": rows,
        "said": [Said(one, one.reading.place, found) for one, found in zip(interviews, guesses, strict=True)],
    }
    return render(request, "surveys/places.html", context)


@open_to(SETTLE)
@require_http_methods(WRITES)
def place(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """One of them: a guess that was pressed, or a village that is looked for."""
    page, one = load_interview(request, interview_id, _("Mencari desa wawancara"))
    page.require(SETTLE)
    words = one.reading.place
    return written(
        request,
        VillageForm(request.POST or None),
        operations.find_village,
        page=page.form_page(
            _("Cari desanya"), back=page.part("places"), lead=_("Yang tertulis: “%(words)s”") % {"words": words}
        ),
        done=_("Desanya dicatat."),
        interview=one,
    )
