"""What must I do today: the first page."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.access.permissions import REVIEW_EMERGENCY
from serasi.cases import registry
from serasi.cases.permissions import OPEN_CASE_FILE, RECEIVE_REPORT, TRIAGE_REPORT
from serasi.cases.queries.cases import latest_of
from serasi.cases.queries.header import name_shown
from serasi.cases.queries.tasks import counts_for, due_for
from serasi.cases.registry import DueSource
from serasi.common.components import Link
from serasi.safety.permissions import RECEIVE
from serasi.web.presenters import day_in_sections, welcome_for

SHOWN_CASES = 6
BRINGS_WORK = (OPEN_CASE_FILE, RECEIVE_REPORT, REVIEW_EMERGENCY)
"""Whoever may none of these has hardly a task, and an empty day would say nothing to them."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Tasks by their day, tiles that lead to the filtered lists, and my latest cases; or all tasks of one kind."""
    reader = signed_in(request)
    today = timezone.localdate()
    if of_kind := registry.due_sources().get(request.GET.get("kind", "")):
        return _of_one_kind(request, reader, of_kind, today)
    has_work = any(reader.scope.has(code) for code in BRINGS_WORK)
    asked = has_work or reader.scope.has(RECEIVE)  # a ministry has few tasks: concerns that nobody below may judge
    sections = day_in_sections(due_for(reader, today), reader, today) if asked else []
    if not (has_work or sections):
        return render(request, "web/welcome.html", {"today": today, "welcome": welcome_for(reader)})
    mine = latest_of(reader)[:SHOWN_CASES] if reader.scope.has(OPEN_CASE_FILE) else ()
    context = {
        "today": today,
        "sections": sections,
        "overdue": sum(section.number for section in sections if section.is_urgent),
        "counts": counts_for(reader),
        "may_open": reader.scope.has(OPEN_CASE_FILE),
        "may_report": reader.scope.has(RECEIVE_REPORT),
        "may_review": reader.scope.has(REVIEW_EMERGENCY),
        "may_triage": reader.scope.has(TRIAGE_REPORT),
        "cases": [(case, name_shown(case, reader)) for case in mine],
    }
    return render(request, "web/home.html", context)


def _of_one_kind(request: HttpRequest, reader: User, source: DueSource, today: date) -> HttpResponse:
    sections = day_in_sections(due_for(reader, today, kind=source.kind), reader, today)
    trail = [Link(_("Hari ini"), reverse("web:home")), Link(str(source.label))]
    return render(request, "web/due.html", {"title": source.label, "trail": trail, "sections": sections})
