"""A house from a spreadsheet: the file, what it would change, and saving that."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, answer, attempt, tried
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.common.components import Link
from serasi.interop import housing, presenters
from serasi.interop.forms.house import HouseFileForm, HouseSaveForm
from serasi.interop.views.roster import download
from serasi.residence.operations import arrange_house
from serasi.residence.permissions import BUILD_HOUSE
from serasi.residence.queries import arrangement, standing

MOST_FAULTS = 200
"""Shown on the page; who has more mends these first."""


@open_to(BUILD_HOUSE)
@require_http_methods(WRITES)
@never_cache
def house(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The form for the file; after it is sent, what it would do; after that is sent, the house."""
    user, unit = signed_in(request), Unit.objects.filter(pk=unit_id, closed_on=None).first()
    if unit is None or not may(user, BUILD_HOUSE, on=unit):
        raise Http404
    if "lines" in request.POST:
        return _save(request, unit, user)
    form = HouseFileForm(request.POST, request.FILES) if request.method == "POST" else HouseFileForm()
    stands = standing(unit, timezone.now())
    found = attempt(form, lambda: _read(form, stands.only_building)) if form.is_bound else None
    if found is None:
        return answer(request, "interop/house.html", _page(unit), form)
    shown = arrangement(house=stands, wanted=found.wanted)
    faults = found.faults + presenters.closed_faults(shown)
    context = {
        **_page(unit),
        "filename": form.cleaned_data["file"].name,
        "beds": sum(bool(one.bed) for one in found.wanted),
        "faults": presenters.faults_table(faults[:MOST_FAULTS]) if faults else None,
        "more_faults": max(len(faults) - MOST_FAULTS, 0),
        "changes": presenters.house_changes(shown),
        "save_form": None if faults or shown.is_nothing else HouseSaveForm.showing(found.wanted, unit=unit, user=user),
        "was_read": True,
    }
    return answer(request, "interop/house.html", context, HouseFileForm())


@open_to(BUILD_HOUSE)
@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    """An empty list of a house to fill in."""
    return download(housing.template(), "templat-rumah-serasi.xlsx")


def _save(request: HttpRequest, unit: Unit, user: User) -> HttpResponse:
    form = HouseSaveForm(request.POST, unit=unit, user=user)
    done = tried(
        request, form, arrange_house, unit=unit, done=presenters.house_saved,
        leads_to=reverse("residence:house", args=[unit.pk]),
    )  # fmt: skip
    if done is not None:
        return done
    context = {**_page(unit), "refused": [str(one) for errors in form.errors.values() for one in errors]}
    return render(request, "interop/house.html", {**context, "form": HouseFileForm()}, status=422)


def _read(form: HouseFileForm, only_building: str) -> housing.HouseSheet:
    file = form.cleaned_data["file"]
    return housing.read_house(file.read(), file.name, only_building=only_building)


def _page(unit: Unit) -> dict[str, object]:
    return {
        "unit": unit,
        "trail": [
            Link(_("Hunian"), reverse("residence:boards")),
            Link(_("Tata rumah"), reverse("residence:house", args=[unit.pk])),
            Link(_("Impor rumah")),
        ],
    }
