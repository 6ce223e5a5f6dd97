"""People who are expected: a house says yes before they come, sees who comes today and tomorrow, and calls it off."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, FormPage, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.common.components import Link
from serasi.residence import operations, presenters
from serasi.residence.forms import CancelForm
from serasi.residence.models import Reservation
from serasi.residence.permissions import RESERVE
from serasi.residence.queries import day_at


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who is expected, as the list shows it."""

    reservation: Reservation
    name: str
    place: str
    needs: str


@open_to(RESERVE)
@require_safe
def expected(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Who is expected in a house: late, today, tomorrow, later."""
    reader = signed_in(request)
    unit = get_object_or_404(Unit.objects.reached_by(reader, RESERVE), pk=unit_id)
    today = day_at(unit, timezone.now())
    rows = (
        Reservation.objects.visible_to(reader)
        .open()
        .of(unit)
        .select_related("person", "bed__room__ward", "case")
        .order_by("period")
    )
    context = {
        "unit": unit,
        "groups": _by_day([_shown(row, reader) for row in rows], today),
        "trail": [Link(_("Hunian"), reverse("residence:board", args=[unit.pk])), Link(_("Ditunggu"))],
    }
    return render(request, "residence/expected.html", context)


def _shown(row: Reservation, reader: User) -> Expected:
    bed = row.bed
    place = presenters.place_words(bed.room.ward.name, bed.room.name, bed.label) if bed else ""
    return Expected(row, row.person.shown_name(to=reader), place, ", ".join(presenters.property_words(row.needs)))


def _by_day(rows: list[Expected], today: date) -> list[tuple[str, list[Expected]]]:
    """Who should have come stands first, so that nobody is forgotten."""
    groups: dict[str, list[Expected]] = {
        title: [] for title in (_("Terlambat"), _("Hari ini"), _("Besok"), _("Kemudian"))
    }
    late, now, tomorrow, later = groups
    for row in rows:
        first, after_last = row.reservation.period.lower, row.reservation.period.upper
        if after_last <= today:
            groups[late].append(row)
        elif first <= today:
            groups[now].append(row)
        elif first == today + timedelta(days=1):
            groups[tomorrow].append(row)
        else:
            groups[later].append(row)
    return [(title, found) for title, found in groups.items() if found]


@open_to(RESERVE)
@require_safe
def expected_one(request: HttpRequest, reservation_id: UUID) -> HttpResponse:
    """From something due to the list of its house."""
    return redirect("residence:expected", unit_id=_open_reservation(request, reservation_id)[1].unit_id)


@open_to(RESERVE)
@require_http_methods(WRITES)
def cancel(request: HttpRequest, reservation_id: UUID) -> HttpResponse:
    reader, reservation = _open_reservation(request, reservation_id)
    back = reverse("residence:expected", args=[reservation.unit_id])
    title = _("Batalkan pemesanan")
    page = FormPage(
        title,
        title,
        back,
        caption=reservation.person.shown_name(to=reader),
        trail=[Link(_("Ditunggu"), back), Link(title)],
    )
    typed: Any = request.POST if request.method == "POST" else None
    return written(
        request,
        CancelForm(typed),
        operations.cancel_reservation,
        reservation=reservation,
        page=page,
        done=_("Pemesanan dibatalkan."),
    )


def _open_reservation(request: HttpRequest, pk: UUID) -> tuple[User, Reservation]:
    reader = signed_in(request)
    found = Reservation.objects.visible_to(reader).select_related("unit", "person").filter(pk=pk).first()
    if found is None or not may(reader, RESERVE, on=found):
        raise Http404
    return reader, found
