"""How full houses will be: all on one page, and one with everything that can be done about it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from serasi.access.acting import allow, tried
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit
from serasi.access.permissions import may
from serasi.capacity import operations, presenters
from serasi.capacity.forms import ElsewhereFilter, ReckonForm
from serasi.capacity.permissions import RECKON, SEE_OUTLOOK, SEE_PLACES, SEE_WAITING
from serasi.capacity.queries import (
    could_live_outside,
    houses_ahead,
    outlook_of,
    places_elsewhere,
    said_before,
    waiting_list,
)
from serasi.capacity.views.loading import load_house, tabs_of, trail_of
from serasi.cases.queries.header import name_shown
from serasi.common.components import Link
from serasi.residence.models import Ward
from serasi.residence.queries import census, day_at, end_of


@open_to(SEE_OUTLOOK)
@require_safe
def houses(request: HttpRequest) -> HttpResponse:
    """All houses this reader reaches, the fullest first; the one, when there is only one."""
    reader, now = signed_in(request), timezone.now()
    with_wards = Ward.objects.order_by().values("unit")
    units = list(Unit.objects.reached_by(reader, SEE_OUTLOOK).filter(pk__in=with_wards, closed_on=None))
    if len(units) == 1:
        return redirect("capacity:house", unit_id=units[0].pk)
    found = houses_ahead(units=units, reader=reader, at=now, on=timezone.localdate(now)) if units else []
    context = {
        "houses": found,
        "table": presenters.houses_table(found, url_of=lambda unit: reverse("capacity:house", args=[unit.pk])),
        "people": sum(house.census.total for house in found),
        "beds": sum(house.places.beds for house in found),
        "over": sum(house.over for house in found),
        "waiting": sum(house.waiting for house in found),
        "trail": [Link(_("Hunian"), reverse("residence:boards")), Link(_("Prakiraan"))],
    }
    return render(request, "capacity/houses.html", context)


@open_to(SEE_OUTLOOK)
@require_safe
def house(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """What is expected of one house, how sure that is, and what was said before."""
    reader, unit = load_house(request, unit_id, SEE_OUTLOOK)
    now = timezone.now()
    today = day_at(unit, now)
    (ahead,) = houses_ahead(units=[unit], reader=reader, at=now, on=today)
    found = outlook_of(unit, reader=reader, on=today)
    whole = [one for one in found if one.kind_id is None]
    said = [
        (one, census(unit=unit, at=end_of(unit, one.made_on.fromordinal(one.made_on.toordinal() + 30))).total)
        for one in said_before(unit, reader=reader, on=today, most=3)
    ]
    context = {
        "unit": unit,
        "tabs": tabs_of(unit, reader, "capacity:house"),
        "ahead": ahead,
        "status": presenters.house_status(ahead),
        "whole": [(one, presenters.range_words(one), presenters.error_words(one)) for one in whole],
        "chart": presenters.chart(whole, room=ahead.room) if whole else None,
        "kinds": presenters.kinds_table(found) if len(found) > len(whole) else None,
        "said": presenters.said_table(said) if said else None,
        "made_on": whole[0].made_on if whole else None,
        "may_reckon": may(reader, RECKON, on=unit),
        "trail": trail_of(unit),
    }
    return render(request, "capacity/house.html", context)


@open_to(RECKON)
@require_POST
def reckon(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    reader, unit = load_house(request, unit_id, SEE_OUTLOOK)
    allow(may(reader, RECKON, on=unit))
    back = reverse("capacity:house", args=[unit.pk])
    done = tried(
        request,
        ReckonForm(request.POST),
        operations.reckon,
        unit=unit,
        done=lambda made: _("Prakiraan dihitung.") if made else _("Belum ada masa tinggal yang dapat dihitung."),
        leads_to=back,
    )
    return done or redirect(back)


@open_to(SEE_WAITING)
@require_safe
def waiting(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Who waits, in which order and why."""
    reader, unit = load_house(request, unit_id, SEE_WAITING)
    lines = waiting_list(unit, reader=reader, at=timezone.now())
    context = {
        "unit": unit,
        "tabs": tabs_of(unit, reader, "capacity:waiting"),
        "lines": [(line, name_shown(line.case, reader)) for line in lines],
        "trail": trail_of(unit, Link(_("Daftar tunggu"))),
    }
    return render(request, "capacity/waiting.html", context)


@open_to(SEE_WAITING)
@require_safe
def outside(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Who could live outside by now, and why."""
    reader, unit = load_house(request, unit_id, SEE_WAITING)
    found = could_live_outside(unit, reader=reader, at=timezone.now())
    context = {
        "unit": unit,
        "tabs": tabs_of(unit, reader, "capacity:outside"),
        "lines": [(one, name_shown(one.case, reader)) for one in found],
        "trail": trail_of(unit, Link(_("Dapat tinggal di luar"))),
    }
    return render(request, "capacity/outside.html", context)


@open_to(SEE_PLACES)
@require_safe
def elsewhere(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Where else there is a free bed, the nearest first."""
    reader, unit = load_house(request, unit_id, SEE_PLACES)
    form, now = ElsewhereFilter(request.GET), timezone.now()
    found = places_elsewhere(unit, cluster=form.chosen.get("klaster", ""), at=now, on=day_at(unit, now))
    context = {
        "unit": unit,
        "tabs": tabs_of(unit, reader, "capacity:elsewhere"),
        "filter": form,
        "places": [(one, presenters.free_words(one.places)) for one in found],
        "trail": trail_of(unit, Link(_("Tempat di lembaga lain"))),
    }
    return render(request, "capacity/elsewhere.html", context)
