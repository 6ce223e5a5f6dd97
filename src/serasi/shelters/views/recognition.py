"""Afterwards: who came, beside whom the register knows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.acting import WRITES
from serasi.access.gate import open_to
from serasi.access.operations import NotAllowed, Refused
from serasi.common.identifiers import is_uuid7, uuid7
from serasi.people.queries.matching import Match, likely_matches_of_each
from serasi.shelters import presenters
from serasi.shelters.models import Arrival
from serasi.shelters.operations import described, match_arrival, register_person_of
from serasi.shelters.permissions import RECOGNISE_ARRIVAL
from serasi.shelters.queries import arrivals_of
from serasi.shelters.views.loading import Loaded, load_gathering

AT_ONCE: Final = 20
NEW, LATER, ALL_NEW = "baru", "nanti", "semua_baru"


@dataclass(frozen=True, slots=True)
class Pair:
    """One who came, and whom they may be. ``new_id`` is the person's who is made if they are new."""

    arrival: Arrival
    about: str
    matches: tuple[Match, ...]
    new_id: UUID

    @property
    def field(self) -> str:
        return f"siapa_{self.arrival.pk}"


@open_to(RECOGNISE_ARRIVAL)
@require_http_methods(WRITES)
def recognise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Twenty at a time: the same, new, or later."""
    loaded = load_gathering(request, pk)
    loaded.require(RECOGNISE_ARRIVAL)
    wanted = request.GET.get("nomor", "")
    refused: list[str] = []
    if request.method == "POST":
        done, refused = _decide(request, loaded, timezone.now())
        if done:
            messages.success(request, _("%d orang dicocokkan.") % done)
        if not refused:
            return redirect("shelters:recognise", pk=pk)
    waiting = arrivals_of(loaded.gathering, loaded.reader, words=wanted if wanted.isdigit() else "", only="unmatched")
    shown = list(waiting[:AT_ONCE])
    found = likely_matches_of_each(by=loaded.reader, described=[described(one).described for one in shown])
    context = {
        "gathering": loaded.gathering,
        "trail": loaded.trail(_("Cocokkan dengan daftar orang")),
        "pairs": [
            Pair(one, presenters.about(one), matches, uuid7()) for one, matches in zip(shown, found, strict=True)
        ],
        "left": waiting.count(),
        "refused": refused,
    }
    return render(request, "shelters/recognise.html", context, status=422 if refused else 200)


def _decide(request: HttpRequest, loaded: Loaded, at: datetime) -> tuple[int, list[str]]:
    """How many were matched, and why others were not."""
    names = {key.removeprefix("siapa_"): str(value) for key, value in request.POST.items() if key.startswith("siapa_")}
    wanted = [UUID(pk) for pk in names if _is_id(pk)][:AT_ONCE]
    done, refused = 0, []
    arrivals = Arrival.objects.visible_to(loaded.reader).select_related("gathering__unit")
    for one in arrivals.filter(gathering=loaded.gathering, pk__in=wanted, person=None).order_by("tag"):
        answer = names[str(one.pk)]
        seen = [UUID(pk) for pk in map(str, request.POST.getlist(f"dilihat_{one.pk}")) if _is_id(pk)]
        new_id = str(request.POST.get(f"id_{one.pk}", ""))
        if ALL_NEW in request.POST:
            answer = answer if seen else NEW
        facts: dict[str, Any] = {"arrival": one, "by": loaded.reader, "at": at}
        try:
            if answer == NEW and _is_id(new_id) and is_uuid7(UUID(new_id)):
                register_person_of(person_id=UUID(new_id), not_same_as=seen, **facts)
            elif _is_id(answer) and UUID(answer) in seen:
                match_arrival(person_id=UUID(answer), **facts)
            else:
                continue
        except NotAllowed:
            raise
        except Refused as refusal:
            refused.append(f"#{one.tag}: {refusal.message}")
        else:
            done += 1
    return done, refused


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
