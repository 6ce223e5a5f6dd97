"""What a supervisor should look at."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.access.operations import NotAllowed
from serasi.common.components import page_of
from serasi.surveys import presenters, queries
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
    chosen = form.chosen
    told = queries.read_all(queries.interviews_of(page.survey, page.reader))
    found = queries.findings_of(page.survey, told)
    wanted = [
        one
        for one in found
        if (one.verdict is None if not (decided := chosen.get("keputusan", "")) else _is(one, decided))
        and chosen.get("periksa", one.kind) == one.kind
        and chosen.get("desa", one.interview.village_id) == one.interview.village_id
        and chosen.get("pewawancara", str(one.interview.enumerator_id)) == str(one.interview.enumerator_id)
    ]
    rows = page_of(wanted, request.GET, size=25)
    context = {
        "survey": page.survey,
        "status": presenters.state_of(page.survey),
        "tabs": page.tabs("checks"),
        "trail": page.trail(),
        "form": form,
        "page": rows,
        "findings": [presenters.shown(one) for one in rows],
        "overview": presenters.checks_table(found, users) if found else None,
        "interviews": len(told),
    }
    return render(request, "surveys/checks.html", context)


def _is(finding: queries.Finding, decided: str) -> bool:
    return decided == "semua" or (finding.verdict is not None and finding.verdict.outcome == decided)
