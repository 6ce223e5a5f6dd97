"""A stay: who, where, since when, what happened, and what can happen next."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.common.components import Fact, Link
from serasi.residence import presenters
from serasi.residence.enums import Checklist, State
from serasi.residence.models import Belonging, Stay
from serasi.residence.permissions import ADMIT, CORRECT, KEEP, SCREEN, SEE_STAY
from serasi.residence.queries import Worklist, admission_of, ceiling_of, stays_of, story_of
from serasi.residence.registry import stay_panels
from serasi.residence.views import acts
from serasi.residence.views.loading import LoadedStay, load_stay
from serasi.residence.views.transfer import transfer
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
        "ceiling": ceiling_of(now, unit=one.unit, at=timezone.now()) if now else None,
        "acts": _acts(page),
        "story": presenters.story(story_of(stay=one, reader=page.reader)),
        "may_correct": page.may(CORRECT),
        "may_plan": one.is_open and page.may(ADMIT),
        **_left_to_do(page),
        "earlier": [other for other in stays_of(person=one.person, reader=page.reader) if other.pk != one.pk],
        "panels": [
            (panel.title, reverse(panel.url_name, args=[one.pk]))
            for panel in stay_panels()
            if one.is_open and page.reader.scope.has(panel.permission)
        ],
        "trail": page.trail(),
    }
    return render(request, "residence/stay.html", context)


@open_to(SEE_STAY)
@require_safe
def handed_over(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """The hand-over note of a stay that is over, to print and sign."""
    page = load_stay(request, stay_id, _("Mencetak serah terima"))
    story = [line for line in story_of(stay=page.stay, reader=page.reader) if line.is_in_force]
    if page.stay.is_open or not story:
        raise Http404
    context = {
        "page": page,
        "stay": page.stay,
        "end": story[-1],
        "facts": _facts(page),
        "belongings": list(Belonging.objects.visible_to(page.reader).filter(received__stay=page.stay)),
        "state": admission_of(stay=page.stay, reader=page.reader, at=timezone.now()),
        "trail": page.trail(Link(_("Serah terima"))),
    }
    return render(request, "residence/handed_over.html", context)


@dataclass(frozen=True, slots=True)
class Left:
    """Something of admission that is not done yet, and where it is done; ``worklist`` says how far it has come."""

    words: str
    url: str
    worklist: Worklist | None = None


def _left_to_do(page: LoadedStay) -> dict[str, Any]:
    """What admission still lacks; the search or the steps after a death while they last; what is still kept."""
    state = admission_of(stay=page.stay, reader=page.reader, at=timezone.now())
    left: list[Left] = []
    if page.stay.is_open:
        if state.may_screen and state.screening is None and page.may(SCREEN):
            left.append(Left(_("Skrining"), page.part("screen")))
        if not state.has_belongings_list and page.may(KEEP):
            left.append(Left(_("Barang"), page.part("receive")))
        orientation = state.of(Checklist.ORIENTATION)
        if orientation is not None and orientation.left and page.may(KEEP):
            left.append(Left(_("Orientasi"), page.part("orient"), orientation))
    is_gone = page.now is not None and page.now.state == State.ABSCONDED
    return {
        "keeping": state,
        "left": left,
        "search": state.of(Checklist.SEARCH) if is_gone else None,
        "death": state.of(Checklist.DEATH),
        "may_keep": page.may(KEEP),
        "screening": state.screening,
    }


def _facts(page: LoadedStay) -> list[Fact]:
    one = page.stay
    needs = ", ".join(presenters.property_words(one.needs))
    return [
        Fact(_("Tujuan tinggal"), one.purpose),
        Fact(_("Rencana keluar"), one.exit_plan),
        Fact(_("Kebutuhan tempat"), needs or _("Tidak ada")),
        Fact(_("Datang dari"), _came_from(one)),
    ]


def _came_from(one: Stay) -> str:
    """Which house; one that this reader may not know is another, and no more."""
    if one.came_from_id is None:
        return _("Luar Serasi")
    if one.came_from is None:
        return _("Unit lain dalam Serasi")
    return _("Masuk kembali ke sini") if one.came_from.unit_id == one.unit_id else one.came_from.unit.name


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
    every = [*likely, transfer, acts.end, acts.died]
    buttons = [button_to(act, page, is_first=act is likely[0]) for act in every]
    return [button for button in buttons if button is not None]
