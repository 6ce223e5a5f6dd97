"""From a case: what happened to this person, and whether they were restrained."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.cases.door import answer_panel, load_case
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.safety import presenters
from serasi.safety.models import Involved, Restraint
from serasi.safety.permissions import REPORT, SEE_INCIDENT
from serasi.safety.queries import incidents_seen_by

LATEST = 20


@open_to(OPEN_CASE_FILE)
@require_safe
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A part of the first page of the file, or a page of its own without script."""
    reader, case = load_case(request, case_id, _("Membaca keselamatan"))
    now = timezone.now()
    theirs = Involved.objects.standing().filter(person=case.person).values("incident")
    restraints = Restraint.objects.visible_to(reader).with_clock().filter(person=case.person)[:LATEST]
    return answer_panel(
        request,
        "safety/of_case.html",
        case,
        title=_("Keselamatan"),
        lead=_("Kejadian, pengekangan dan isolasi orang ini."),
        incidents=[
            (one, presenters.severity_status(one.severity), presenters.incident_state(one, now))
            for one in incidents_seen_by(reader).filter(pk__in=theirs)[:LATEST]
        ],
        restraints=[(one, presenters.restraint_state(one, now)[0]) for one in restraints],
        may_see=reader.scope.has(SEE_INCIDENT),
        may_report=reader.scope.has(REPORT),
    )
