"""The cycles of a case: a part of the first page of the file, a page of their own, and the curve over all of them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.common.components import Link
from serasi.cycles import operations, presenters
from serasi.cycles.queries import curves_of, domain_sets_on
from serasi.cycles.views.loading import load_cycles


@open_to(OPEN_CASE_FILE)
@require_safe
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Without script, and for all cycles, a page of its own."""
    page = load_cycles(request, case_id, _("Membaca siklus"))
    current = next((one for one in page.turns if one.next), None)
    context: dict[str, Any] = {
        "page": page,
        "current": current and presenters.turn_row(current, page.today),
        "growth": [(one, presenters.growth(curves)) for one, curves in curves_of(page.case)],
        "may_start": current is None and page.may_do(operations.start_cycle),
        "may_rate": page.may_do(operations.rate),
    }
    if "HX-Request" in request.headers:
        return render(request, "cycles/of_case.html", context)
    context |= {
        "turns": [presenters.turn_row(one, page.today) for one in page.turns],
        "sets": domain_sets_on(page.today) if context["may_rate"] else [],
        "may_turn": page.may_do(operations.end_cycle),
        "may_start": page.may_do(operations.start_cycle),
        "trail": page.trail(),
    }
    return render(request, "cycles/of_case_page.html", context)


@open_to(OPEN_CASE_FILE)
@require_safe
def curve(request: HttpRequest, case_id: UUID) -> HttpResponse:
    page = load_cycles(request, case_id, _("Membaca kurva perkembangan"))
    rated = curves_of(page.case)
    context = {
        "page": page,
        "sets": [presenters.curves_page(one, curves, page.turns) for one, curves in rated],
        "said": [(one.domain, one.points[::-1]) for _set, curves in rated for one in curves if one.points],
        "may_rate": page.may_do(operations.rate),
        "may_correct": page.may_do(operations.correct_rating),
        "trail": page.trail(Link(_("Kurva perkembangan"))),
    }
    return render(request, "cycles/curve.html", context)
