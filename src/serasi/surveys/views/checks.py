"""What a supervisor should look at."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from serasi.access.acting import pressed
from serasi.access.gate import open_to
from serasi.access.operations import NotAllowed
from serasi.common.components import page_of
from serasi.surveys import operations, presenters, queries
from serasi.surveys.forms import CheckFilter
from serasi.surveys.permissions import JUDGE
from serasi.surveys.queries.reading import choices_of
from serasi.surveys.views.loading import load_survey


@open_to(JUDGE)
@require_safe
def checks(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Findings that nobody has decided about, the latest interview first; decided ones when asked for."""
    page = load_survey(request, survey_id)
    page.require(JUDGE)
    if not page.sees_persons:
        raise NotAllowed
    villages, users = choices_of(page.survey, page.reader)
    form = CheckFilter(request.GET, villages=villages, users=users)
    rows = page_of(queries.findings_in(page.survey, page.reader, **form.narrows), request.GET, size=25)
    context = {
        "survey": page.survey,
        "status": presenters.state_of(page.survey),
        "tabs": page.tabs("checks"),
        "trail": page.trail(),
        "form": form,
        "page": rows,
        "findings": [presenters.shown(one) for one in queries.judged(rows)],
        "overview": presenters.checks_table(queries.overview_of(page.survey, page.reader), users),
        "checked": queries.checked(page.survey),
    }
    return render(request, "surveys/checks.html", context)


@open_to(JUDGE)
@require_POST
def check(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Now, not within a minute."""
    page = load_survey(request, survey_id)
    done, leads_to = _("Semua wawancara diperiksa."), page.part("checks")
    return pressed(request, operations.check_survey, done=done, leads_to=leads_to, survey=page.survey)
