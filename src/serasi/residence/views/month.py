"""A month of a house: how full each ward was on each day; of one ward, who was in which bed."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.common.components import Link
from serasi.residence.forms import MonthFilter
from serasi.residence.permissions import SEE_BOARD
from serasi.residence.queries import day_at, month
from serasi.residence.views.loading import load_house


@open_to(SEE_BOARD)
@require_safe
def month_of(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    reader, unit = load_house(request, unit_id)
    now = timezone.now()
    form = MonthFilter(request.GET)
    chosen = form.chosen
    first = chosen.get("bulan") or day_at(unit, now).replace(day=1)
    found = month(unit=unit, first=first, at=now, reader=reader, ward_id=chosen.get("wisma"))
    ward = found.wards[0].ward if chosen.get("wisma") and found.wards else None
    context: dict[str, Any] = {
        "unit": unit,
        "month": found,
        "ward": found.wards[0] if ward else None,
        "today": day_at(unit, now),
        "before": _address(request, _moved(first, -1)),
        "after": _address(request, _moved(first, 1)),
        "house_url": _address(request, first, without="wisma"),
        "trail": [
            Link(_("Hunian"), reverse("residence:boards")),
            Link(unit.name, reverse("residence:board", args=[unit.pk])),
            *(
                [Link(_("Bulan"), _address(request, first, without="wisma")), Link(ward.name)]
                if ward
                else [Link(_("Bulan"))]
            ),
        ],
    }
    return render(request, "residence/month.html", context)


def _moved(first: date, by: int) -> date | None:
    """The month before or after; none where the calendar ends."""
    place = first.year * 12 + first.month - 1 + by
    return date(place // 12, place % 12 + 1, 1) if date.min.year < place // 12 < date.max.year else None


def _address(request: HttpRequest, first: date | None, *, without: str = "") -> str:
    if first is None:
        return ""
    asked = request.GET.copy()
    asked["bulan"] = f"{first:%Y-%m}"
    asked.pop(without, None)
    return f"{request.path}?{asked.urlencode()}"
