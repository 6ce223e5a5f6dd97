"""The first pages: which ward, and what its shift has to do now."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.daily import presenters
from serasi.daily.forms import diet_words
from serasi.daily.models import DailyNote
from serasi.daily.permissions import (
    SEE_DAY,
    SEE_MEDICINE,
    SEE_VITALS,
    SET_PRACTICE,
    WRITE_DAY,
    WRITE_NOTE,
    WRITE_VITALS,
)
from serasi.daily.queries import (
    Recorded,
    Resident,
    diets_of,
    due_doses,
    prescriptions_of,
    recorded,
    shift_before,
    still_missing,
    unread,
    vitals_practice,
)
from serasi.daily.queries.recorded import VITALS
from serasi.daily.views.loading import CHOSEN, LoadedWard, load_ward, wards_of
from serasi.residence.queries import day_at


@open_to(SEE_DAY)
@require_safe
def wards(request: HttpRequest) -> HttpResponse:
    """The ward that was chosen last, or all that can be chosen."""
    reader = signed_in(request)
    found = list(wards_of(reader).filter(closed_on=None).select_related("unit", "building"))
    chosen = [one for one in found if str(one.pk) == request.session.get(CHOSEN)]
    if request.GET.get("semua") != "1" and (chosen or len(found) == 1):
        return redirect("daily:ward", (chosen or found)[0].pk)
    return render(request, "daily/wards.html", {"wards": found})


@dataclass(frozen=True, slots=True)
class Eater:
    resident: Resident
    words: str


@open_to(SEE_DAY)
@require_safe
def ward(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    """Today in a ward: what was handed over, what is due, each one tap away."""
    page = load_ward(request, ward_id)
    if request.session.get(CHOSEN) != str(page.ward.pk):
        request.session[CHOSEN] = str(page.ward.pk)
    day = day_at(page.unit, page.now)
    here = page.by_stay
    diets = diets_of(unit=page.unit, day=day, reader=page.reader)
    since = shift_before(page.unit, page.shift).begins_at
    notes = (
        DailyNote.objects.visible_to(page.reader)
        .filter(ward=page.ward, is_handed_on=True, written_at__gte=since)
        .select_related("written_by")
    )
    done = _recorded(page)
    context: dict[str, Any] = {
        "page": page,
        "missing": [(here.get(mark.stay_id), mark) for mark in still_missing(ward=page.ward, reader=page.reader)],
        "unread": unread(ward=page.ward, reader=page.reader),
        "tasks": presenters.tasks(
            page.ward,
            page.shift,
            {one.kind: one for one in done},
            _doses(page),
            may_write=page.may(WRITE_DAY),
            measured=_measured(page, done),
            may_measure=page.may(WRITE_VITALS),
        ),
        "others": presenters.other_rounds(page.ward, page.shift) if page.may(WRITE_DAY) else [],
        "notes": presenters.together(notes, here),
        "eaters": [
            Eater(one, diet_words(diets[one.stay_id])) for one in page.here if one.is_present and one.stay_id in diets
        ],
        "present": sum(one.is_present for one in page.here),
        "may_write": page.may(WRITE_DAY),
        "may_note": page.may(WRITE_NOTE),
        "may_see_medicine": page.may(SEE_MEDICINE),
        "may_set": page.may(SET_PRACTICE),
        "kitchen_url": reverse("daily:kitchen", args=[page.unit.pk]),
    }
    return render(request, "daily/ward.html", context)


def _recorded(page: LoadedWard) -> list[Recorded]:
    """What this shift has recorded already, whom it measured among those present."""
    present = [one.stay_id for one in page.here if one.is_present] if page.may(SEE_VITALS) else []
    return recorded(ward=page.ward, since=page.shift.begins_at, until=page.now, reader=page.reader, stays=present)


def _measured(page: LoadedWard, done: list[Recorded]) -> tuple[int, int] | None:
    """How many of those present have had their vital signs taken in this shift; None where nobody takes any."""
    practice = vitals_practice(page.unit)
    if practice is None or not practice.taken_in(page.ward.pk) or not page.may(SEE_VITALS):
        return None
    return len({one.found for one in done if one.kind == VITALS}), sum(one.is_present for one in page.here)


def _doses(page: LoadedWard) -> int | None:
    """How many doses are due; None for who may not know."""
    if not page.may(SEE_MEDICINE):
        return None
    present = [one.stay_id for one in page.here if one.is_present]
    ordered = prescriptions_of(stays=present, unit=page.unit, at=page.now, reader=page.reader)
    return len(due_doses(prescriptions=ordered, unit=page.unit, at=page.now))
