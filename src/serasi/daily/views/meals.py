"""Who eats otherwise, and the sheet of the kitchen."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit
from serasi.common.components import Link
from serasi.common.forms import SerasiForm
from serasi.daily import operations
from serasi.daily.forms import DietForm, EndDietForm, diet_words
from serasi.daily.models import Diet
from serasi.daily.permissions import SEE_DAY, WRITE_DAY
from serasi.daily.queries import diets_of, kitchen
from serasi.daily.views.loading import WRITES, LoadedWard, answered, load_ward, load_ward_of
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
    form = DietForm(request.POST or None, people=page.here)

    def act() -> object:
        facts = {**form.cleaned_data, "stay": page.stay(form.cleaned_data["stay"])}
        return operations.order_diet(**facts, by=page.reader, at=page.now)

    return _form(
        request, page, form, act, title=_("Diet baru"), done=_("Diet dicatat; dapur melihatnya mulai hari itu.")
    )


@open_to(WRITE_DAY)
@require_http_methods(WRITES)
def end_diet(request: HttpRequest, diet_id: UUID) -> HttpResponse:
    reader = signed_in(request)
    one = Diet.objects.visible_to(reader).select_related("stay__unit", "stay__person").filter(pk=diet_id).first()
    if one is None:
        raise Http404
    page = load_ward_of(request, one.stay_id, code=WRITE_DAY)
    form = EndDietForm(request.POST or None)
    return _form(
        request,
        page,
        form,
        lambda: operations.end_diet(diet=one, latest=form.cleaned_data["latest"], by=reader, at=page.now),
        title=_("Akhiri diet"),
        done=_("Diet diakhiri."),
        lead=f"{one.stay.person.shown_name(to=reader)} (#{one.stay.tag}): {diet_words([one])}",
    )


def _form(
    request: HttpRequest,
    page: LoadedWard,
    form: SerasiForm,
    act: Callable[[], object],
    *,
    title: str,
    done: str,
    lead: str = "",
) -> HttpResponse:
    leads_to = reverse("daily:diets", args=[page.ward.pk])
    return answered(
        request,
        form,
        act,
        done=done,
        leads_to=leads_to,
        template="daily/form.html",
        context={
            "page": page,
            "title": title,
            "lead": lead,
            "back": leads_to,
            "trail": page.trail(Link(_("Diet"), leads_to), Link(title)),
        },
    )


@open_to(SEE_DAY)
@require_safe
def kitchen_list(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """How many plates, and which of them are otherwise; on paper the guarded stand by number tag."""
    reader = signed_in(request)
    unit = Unit.objects.reached_by(reader, SEE_DAY).filter(pk=unit_id).first()
    if unit is None:
        raise Http404
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
