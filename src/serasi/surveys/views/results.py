"""What a survey found, question by question; and the data without identity."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, answer, attempt
from serasi.access.gate import open_to
from serasi.access.operations import NotAllowed
from serasi.assessments.queries import form_of, language_of
from serasi.surveys import operations, presenters, queries
from serasi.surveys.forms import InterviewFilter, ReleaseForm
from serasi.surveys.permissions import RELEASE, SEE_SURVEY
from serasi.surveys.queries.reading import choices_of, without_persons
from serasi.surveys.views.loading import load_survey


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
        told = queries.read_all(queries.interviews_of(survey, page.reader, **filter_form.narrows))
    else:
        told = without_persons(survey)
    form = form_of(survey.edition_id)
    found = queries.questions_of(form, told, shows_persons=sees)
    context = {
        "survey": survey,
        "status": presenters.state_of(survey),
        "tabs": page.tabs("results"),
        "trail": page.trail(),
        "form": filter_form,
        "count": len(told),
        "sections": presenters.sections(found, language_of(form)) if told else [],
        "keeps_back": not sees,
    }
    return render(request, "surveys/results.html", context)


@open_to(RELEASE)
@require_http_methods(WRITES)
def releases(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """The data set: what will be in it and what not, who took it before; sent, the file itself."""
    page = load_survey(request, survey_id)
    page.require(RELEASE)
    if not page.sees_persons:
        raise NotAllowed
    survey = page.survey
    form = ReleaseForm(request.POST or None)
    if request.method == "POST":
        taken = attempt(
            form,
            lambda: operations.take_dataset(survey=survey, by=page.reader, at=timezone.now(), **form.facts()),
        )
        if taken is not None:
            about = presenters.about_release(survey, taken)
            return presenters.as_download(
                queries.packed(taken.dataset, about=about), "application/zip", f"survei-{taken.release.pk}.zip"
            )
    told = queries.read_all(queries.interviews_of(survey, page.reader))
    the_form = form_of(survey.edition_id)
    context = {
        "survey": survey,
        "status": presenters.state_of(survey),
        "tabs": page.tabs("releases"),
        "trail": page.trail(),
        "count": len(told),
        "levels": presenters.levels_table(the_form, told, language_of(the_form)) if told else None,
        "dropped": queries.dataset_of(the_form, told, level=2, language=language_of(the_form)).dropped,
        "releases": presenters.releases_table(list(survey.releases.select_related("taken_by")[:50])),
        "title": _("Data tanpa identitas"),
    }
    return answer(request, "surveys/releases.html", context, form)
