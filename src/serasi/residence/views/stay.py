"""A stay: who, where, since when, what happened, and what can happen next."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.common.components import Fact
from serasi.residence import presenters
from serasi.residence.enums import State
from serasi.residence.permissions import ADMIT, CORRECT, SEE_STAY
from serasi.residence.queries import day_at, story_of
from serasi.residence.registry import stay_panels
from serasi.residence.views import acts
from serasi.residence.views.loading import LoadedStay, load_stay
from serasi.residence.views.writing import Button, button_to


@open_to(SEE_STAY)
@require_safe
def stay(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    page = load_stay(request, stay_id, _("Membaca masa tinggal"))
    one, now = page.stay, page.now
    context = {
        "page": page,
        "stay": one,
        "state": presenters.state_status(State(now.state)) if now else None,
        "place": page.place,
        "facts": _facts(page),
        "ceiling": _ceiling(page),
        "acts": _acts(page),
        "story": presenters.story(story_of(stay=one, reader=page.reader)),
        "may_correct": page.may(CORRECT),
        "may_plan": one.is_open and page.may(ADMIT),
        "panels": [
            (panel.title, reverse(panel.url_name, args=[one.pk]))
            for panel in stay_panels()
            if one.is_open and page.reader.scope.has(panel.permission)
        ],
        "trail": page.trail(),
    }
    return render(request, "residence/stay.html", context)


def _facts(page: LoadedStay) -> list[Fact]:
    one = page.stay
    needs = ", ".join(presenters.property_words(one.needs))
    return [
        Fact(_("Tujuan tinggal"), one.purpose),
        Fact(_("Rencana keluar"), one.exit_plan),
        Fact(_("Kebutuhan tempat"), needs or _("Tidak ada")),
        Fact(_("Datang dari"), one.came_from.unit.name if one.came_from else _("Luar Serasi")),
    ]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How many days here, of how many; ``left`` is negative once they have passed."""

    days: int
    most: int

    @property
    def left(self) -> int:
        return self.most - self.days

    @property
    def over(self) -> int:
        return -self.left


def _ceiling(page: LoadedStay) -> Ceiling | None:
    """Of the ward where this person is: counted in the house's own days, from the day of coming into the ward."""
    now = page.now
    if now is None or now.ward is None or not now.ward.ceiling_days:
        return None
    first = (
        type(now)
        .objects.filter(stay=page.stay, ward=now.ward)
        .order_by("period")
        .values_list("period", flat=True)
        .first()
    )
    since = first.lower if first else now.period.lower
    days = (day_at(page.stay.unit, timezone.now()) - day_at(page.stay.unit, since)).days
    return Ceiling(days, now.ward.ceiling_days)


def _acts(page: LoadedStay) -> list[Button]:
    """What can happen now, as things stand; the likeliest first."""
    one, now = page.stay, page.now
    if now is None or not one.is_open:
        return []
    if now.state == State.PRESENT:
        likely = [acts.move, acts.leave, acts.hospital, acts.absconded]
    else:
        likely = [acts.come_back]
        if page.has_place:
            likely.append(acts.release)
        if now.state == State.LEAVE:
            likely.append(acts.hospital)
        if now.state != State.ABSCONDED:
            likely.append(acts.absconded)
    buttons = [button_to(act, page, is_first=act is likely[0]) for act in [*likely, acts.end]]
    return [button for button in buttons if button is not None]
