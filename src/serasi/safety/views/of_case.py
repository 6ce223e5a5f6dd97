"""From a case: what happened to this person, and whether they were restrained."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.cases.models import Case
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.common.components import Link
from serasi.safety import presenters
from serasi.safety.models import Involved, Restraint
from serasi.safety.permissions import REPORT, SEE_INCIDENT
from serasi.safety.queries import incidents_seen_by

LATEST = 20


@open_to(OPEN_CASE_FILE)
@require_safe
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A part of the first page of the file, or a page of its own without script."""
    reader, now = signed_in(request), timezone.now()
    case = Case.objects.visible_to(reader).select_related("unit", "person").filter(pk=case_id).first()
    if case is None:
        raise Http404
    log_look(
        by=reader, subject=Subject.CASE, subject_id=case.pk, purpose=_("Membaca keselamatan"), unit_id=case.unit_id
    )
    theirs = Involved.objects.standing().filter(person=case.person).values("incident")
    restraints = Restraint.objects.visible_to(reader).with_clock().filter(person=case.person)[:LATEST]
    context = {
        "case": case,
        "name": case.person.shown_name(to=reader),
        "incidents": [
            (one, presenters.severity_status(one.severity), presenters.incident_state(one, now))
            for one in incidents_seen_by(reader).filter(pk__in=theirs)[:LATEST]
        ],
        "restraints": [(one, presenters.restraint_state(one, now)[0]) for one in restraints],
        "may_see": reader.scope.has(SEE_INCIDENT),
        "may_report": reader.scope.has(REPORT),
        "trail": [Link(case.number, reverse("cases:case", args=[case.pk])), Link(_("Keselamatan"))],
    }
    is_part = "HX-Request" in request.headers
    return render(request, "safety/of_case.html" if is_part else "safety/of_case_page.html", context)
