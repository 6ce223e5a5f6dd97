"""The floor plan of a house, to be printed: a ward on a page, its rooms where they stand."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.common.components import Link
from serasi.residence import presenters
from serasi.residence.forms import PlanFilter
from serasi.residence.permissions import SEE_BOARD
from serasi.residence.queries import board
from serasi.residence.views.loading import load_house


@open_to(SEE_BOARD)
@require_safe
def plan(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Names as the reader may read them, or numbers alone for a sheet that hangs where anybody passes."""
    reader, unit = load_house(request, unit_id)
    now = timezone.now()
    found = board(unit=unit, at=now, reader=reader)
    form = PlanFilter(request.GET)
    form.offer([(str(ward.ward_id), ward.name) for ward in found.wards])
    chosen = form.chosen
    context = {
        "unit": unit,
        "at": now,
        "filter": form,
        "plans": presenters.floor_plans(
            found, ward_id=chosen.get("wisma", ""), tags_only=chosen.get("sebut") == PlanFilter.TAGS
        ),
        "trail": [
            Link(_("Hunian"), reverse("residence:boards")),
            Link(unit.name, reverse("residence:board", args=[unit.pk])),
            Link(_("Denah")),
        ],
    }
    return render(request, "residence/plan.html", context)
