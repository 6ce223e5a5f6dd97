"""What a survey found, question by question; and the data without identity."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, answer, attempt
from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.looks import log_looks
from serasi.access.operations import NotAllowed
from serasi.assessments.queries import language_of
from serasi.common.components import Link, page_of
from serasi.surveys import operations, presenters, queries
from serasi.surveys.forms import InterviewFilter, ReleaseForm
from serasi.surveys.permissions import RELEASE, SEE_INTERVIEW, SEE_SURVEY
from serasi.surveys.queries.reading import choices_of, texts_in
from serasi.surveys.questionnaire import Answered, questionnaire_of
from serasi.surveys.views.loading import Loaded, load_survey


@open_to(SEE_SURVEY)
@require_safe
def results(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Tables and charts; who may not see persons gets the whole survey alone, its small numbers kept back."""
    page = load_survey(request, survey_id)
    survey, sees = page.survey, page.sees_persons
    if not sees and survey.is_interviewed_by(page.reader):
        raise NotAllowed
    filter_form = None
    if sees:
        villages, users = choices_of(survey, page.reader)
        filter_form = InterviewFilter(request.GET, villages=villages, users=users)
        count = queries.counted_in(survey, page.reader, **filter_form.narrows)
    else:
        count = queries.counted_for_all(survey)
    questionnaire = questionnaire_of(survey.edition_id)
    language = language_of(questionnaire.form)
    found = queries.questions_of(questionnaire, count, shows_persons=sees) if count.interviews else []
    context = {
        "survey": survey,
        "status": presenters.state_of(survey),
        "tabs": page.tabs("results"),
        "trail": page.trail(),
        "form": filter_form,
        "count": count.interviews,
        "sections": presenters.sections(found, language, _texts_url(page, request.GET)) if found else [],
        "keeps_back": not sees,
    }
    return render(request, "surveys/results.html", context)


@open_to(SEE_INTERVIEW)
@require_safe
@never_cache
def texts(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """What was written at one question (``tanya``), with the filters of the results."""
    page = load_survey(request, survey_id)
    if not page.sees_persons:
        raise NotAllowed
    survey, questionnaire = page.survey, questionnaire_of(page.survey.edition_id)
    paths = {one.path: one for one in questionnaire.asked if one.kind is Answered.TEXT}
    asked = paths.get(request.GET.get("tanya", ""))
    if asked is None:
        raise Http404
    villages, users = choices_of(survey, page.reader)
    form = InterviewFilter(request.GET, villages=villages, users=users)
    found = queries.interviews_of(survey, page.reader, **form.narrows).filter(reading__written__contains=[asked.path])
    rows = page_of(found, request.GET, size=50)
    units = {(one.pk, survey.unit_id) for one in rows}
    if units:
        log_looks(by=page.reader, subject=Subject.INTERVIEW, units=units, purpose=_("Membaca jawaban tertulis"))
    label = asked.label.said(language_of(questionnaire.form))
    context = {
        "survey": survey,
        "status": presenters.state_of(survey),
        "tabs": page.tabs("results"),
        "trail": page.trail(Link(_("Hasil"), page.part("results")), Link(label)),
        "label": label,
        "page": rows,
        "texts": [(one.interview, list(texts_in(one, asked.path))) for one in queries.read_all(rows)],
    }
    return render(request, "surveys/texts.html", context)


def _texts_url(page: Loaded, query: QueryDict) -> Callable[[str], str]:
    """The address at which what was written at a question is read, with the filters at hand."""

    def address(path: str) -> str:
        narrowed = query.copy()
        narrowed.pop("hal", None)
        narrowed["tanya"] = path
        return f"{page.part('texts')}?{narrowed.urlencode()}"

    return address


@open_to(RELEASE)
@require_http_methods(WRITES)
def releases(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """The data set: what will be in it and what not, who took it before; sent, the file itself."""
    page = load_survey(request, survey_id)
    page.require(RELEASE)
    if not page.sees_persons:
        raise NotAllowed
    survey, questionnaire = page.survey, questionnaire_of(page.survey.edition_id)
    language = language_of(questionnaire.form)
    dropped = [questionnaire.question(one, language) for one in questionnaire.left_out]
    form = ReleaseForm(request.POST or None)
    if request.method == "POST":
        release = attempt(
            form,
            lambda: operations.take_dataset(survey=survey, by=page.reader, at=timezone.now(), **form.facts()),
        )
        if release is not None:
            written = queries.write_dataset(
                survey,
                questionnaire,
                page.reader,
                level=release.level,
                language=language,
                about=presenters.about_release(survey, release, dropped),
            )
            name = f"survei-{release.pk}.zip"
            file: Any = FileResponse(written, as_attachment=True, filename=name, content_type="application/zip")
            return file  # type: ignore[no-any-return]
    levels = queries.standing_alone(survey, questionnaire, page.reader)
    context = {
        "survey": survey,
        "status": presenters.state_of(survey),
        "tabs": page.tabs("releases"),
        "trail": page.trail(),
        "levels": presenters.levels_table(levels),
        "dropped": dropped,
        "releases": presenters.releases_table(list(survey.releases.select_related("taken_by")[:50])),
        "title": _("Data tanpa identitas"),
    }
    return answer(request, "surveys/releases.html", context, form)
