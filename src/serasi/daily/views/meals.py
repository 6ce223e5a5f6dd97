"""Who eats otherwise, and the sheet of the kitchen."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit
from serasi.common.components import Link
from serasi.daily import operations
from serasi.daily.forms import DietForm, EndDietForm, diet_words
from serasi.daily.models import Diet
from serasi.daily.permissions import SEE_DAY, WRITE_DAY
from serasi.daily.queries import diets_of, kitchen
from serasi.daily.views.loading import LoadedWard, load_ward, load_ward_of
from serasi.residence.queries import day_at


@open_to(SEE_DAY)
@require_safe
def diets(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    page = load_ward(request, ward_id)
    found = diets_of(unit=page.unit, day=day_at(page.unit, page.now), reader=page.reader)
    context = {
        "page": page,
        "people": [(one, found[one.stay_id]) for one in page.here if one.stay_id in found],
        "may_write": page.may(WRITE_DAY),
        "trail": page.trail(Link(_("Diet"))),
    }
    return render(request, "daily/diets.html", context)


@open_to(WRITE_DAY)
@require_http_methods(WRITES)
def order_diet(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    page = load_ward(request, ward_id, code=WRITE_DAY)

    def act(*, stay: str, **facts: Any) -> Diet:
        return operations.order_diet(stay=page.stay(stay), **facts)

    return written(
        request,
        DietForm(request.POST or None, people=page.here),
        act,
        page=page.form_page(_("Diet baru"), _list(page)),
        done=_("Diet dicatat; dapur melihatnya mulai hari itu."),
    )


@open_to(WRITE_DAY)
@require_http_methods(WRITES)
def end_diet(request: HttpRequest, diet_id: UUID) -> HttpResponse:
    reader = signed_in(request)
    diets = Diet.objects.visible_to(reader).select_related("stay__unit", "stay__person")
    one = get_object_or_404(diets, pk=diet_id)
    page = load_ward_of(request, one.stay_id, code=WRITE_DAY)
    lead = f"{one.stay.person.shown_name(to=reader)} (#{one.stay.tag}): {diet_words([one])}"
    return written(
        request,
        EndDietForm(request.POST or None),
        operations.end_diet,
        page=page.form_page(_("Akhiri diet"), _list(page), lead=lead),
        done=_("Diet diakhiri."),
        diet=one,
    )


def _list(page: LoadedWard) -> Link:
    return Link(_("Diet"), reverse("daily:diets", args=[page.ward.pk]))


@open_to(SEE_DAY)
@require_safe
def kitchen_list(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """How many plates, and which of them are otherwise; on paper the guarded stand by number tag."""
    reader = signed_in(request)
    unit = get_object_or_404(Unit.objects.reached_by(reader, SEE_DAY), pk=unit_id)
    now = timezone.now()
    found = kitchen(unit=unit, at=now, reader=reader)
    context = {
        "unit": unit,
        "now": now,
        "kitchen": found,
        "wards": [(one, [(meal.resident, diet_words(meal.diets)) for meal in one.special]) for one in found.wards],
        "trail": [Link(_("Harian"), reverse("daily:wards")), Link(_("Daftar dapur"))],
    }
    return render(request, "daily/kitchen.html", context)
