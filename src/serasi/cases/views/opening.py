"""Opening: a case for someone of the register, and the file of another's case in an emergency."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import answer, attempt, tried
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed
from serasi.cases.enums import TriageOutcome
from serasi.cases.forms.case import BreakGlassForm, OpenCaseForm
from serasi.cases.models import Report
from serasi.cases.operations.case import open_case, propose
from serasi.cases.operations.emergency import behind_glass, break_glass
from serasi.cases.permissions import OPEN_CASE_FILE, START_CASE
from serasi.cases.queries.history import helped_before
from serasi.cases.queries.reports import veil_of_report, waiting_for_a_case
from serasi.cases.views.loading import look_at_report
from serasi.common.components import Link
from serasi.people.models import Person


@require_http_methods(["GET", "POST"])
def open_file(request: HttpRequest, report_id: UUID | None = None) -> HttpResponse:
    """Open a case for someone of the register (`?orang=`), of a report or without one."""
    reader = signed_in(request)
    if not reader.scope.has(START_CASE):
        raise NotAllowed
    report = _report(reader, report_id)
    if report is not None and request.method == "GET":
        look_at_report(report, _("Membuka kasus dari laporan"), reader)
    person = _person(reader, request.GET.get("orang", ""))
    units = Unit.objects.filter(pk=report.unit_id) if report else Unit.objects.reached_by(reader, START_CASE)
    proposal = propose(person, report, timezone.now())
    form = OpenCaseForm(
        request.POST or None,
        units=units.filter(closed_on=None).order_by("path"),
        initial={"cluster": proposal.cluster, "risk": proposal.risk, "confidentiality": proposal.confidentiality},
    )
    if led_on := tried(
        request,
        form,
        open_case,
        done=lambda opened: _("Kasus %(number)s dibuka.") % {"number": opened.number},
        leads_to=lambda opened: reverse("cases:case", args=[opened.pk]),
        person=person,
        report=report,
    ):
        return led_on
    return answer(
        request,
        "cases/case/open.html",
        {
            "person": person,
            "person_name": person.shown_name(to=reader),
            "subject": veil_of_report(report, reader, is_recognising=True).over_description(report.subject_description)
            if report
            else "",
            "report": report,
            "earlier": helped_before(person, reader),
            "trail": [Link(_("Kasus"), reverse("cases:list")), Link(_("Buka kasus"))],
        },
        form,
    )


def _report(reader: User, report_id: UUID | None) -> Report | None:
    if report_id is None:
        return None
    reports = Report.objects.visible_to(reader).with_subject(reader)
    found = reports.select_related("unit", "triage").filter(pk=report_id).first()
    if found is None or getattr(found, "triage", None) is None or found.triage.outcome != TriageOutcome.OPEN_CASE:
        raise Http404
    return found


def _person(reader: User, text: str) -> Person:
    try:
        wanted = UUID(text)
    except ValueError:
        raise Http404 from None
    found = get_object_or_404(Person.objects.visible_to(reader).select_related("merged_into"), pk=wanted)
    return found.merged_into or found


@require_safe
def of_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A part of the person's page, or a page of its own without script: cases, help elsewhere, reports that wait."""
    reader = signed_in(request)
    if not reader.is_authenticated or not reader.scope.has(OPEN_CASE_FILE):
        raise Http404
    person = get_object_or_404(Person.objects.visible_to(reader), pk=pk)
    can_start = reader.scope.has(START_CASE)
    return render(
        request,
        "cases/case/of_person.html" if "HX-Request" in request.headers else "cases/case/of_person_page.html",
        {
            "person": person,
            "name": person.shown_name(to=reader),
            "earlier": helped_before(person, reader),
            "can_start": can_start,
            "waiting": waiting_for_a_case(reader)[:5] if can_start else [],
        },
    )


@require_http_methods(["GET", "POST"])
def open_in_emergency(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for a short look at a file outside one's need-to-know. A sealed case is simply not there."""
    reader = signed_in(request)
    if not reader.is_authenticated or behind_glass(case_id) is None:
        raise Http404
    form = BreakGlassForm(request.POST or None, initial={"hours": "1"})
    if request.method == "POST":
        opened = attempt(
            form,
            lambda: break_glass(
                id=form.record_id,
                case_id=case_id,
                reason=form.cleaned_data["reason"],
                lasts=timedelta(hours=int(form.cleaned_data["hours"])),
                by=reader,
                at=timezone.now(),
            ),
        )
        if opened is not None:
            messages.warning(request, _("Akses darurat dibuka dan kepala unit diberi tahu."))
            return redirect("cases:case", case_id=case_id)
    trail = [Link(_("Kasus"), reverse("cases:list")), Link(_("Akses darurat"))]
    return answer(request, "cases/case/break_glass.html", {"trail": trail}, form)
