"""Rounds: one answer for all, exceptions by touch."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, allow, answer, tried, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.common.components import Link
from serasi.daily import operations
from serasi.daily.enums import RoundKind
from serasi.daily.forms import CorrectEntryForm, RoundForm, WhyForm
from serasi.daily.models import Round, RoundEntry
from serasi.daily.permissions import SEE_DAY, WRITE_DAY
from serasi.daily.queries import diets_of
from serasi.daily.views.loading import LoadedWard, corrected, load_ward, moment_sent
from serasi.residence.queries import day_at


@open_to(WRITE_DAY)
@require_http_methods(WRITES)
def make_round(request: HttpRequest, ward_id: UUID, kind: str) -> HttpResponse:
    if kind not in RoundKind.values:
        raise Http404
    page, asked = load_ward(request, ward_id, code=WRITE_DAY), RoundKind(kind)
    day = day_at(page.unit, page.now)
    diets = diets_of(unit=page.unit, day=day, reader=page.reader) if asked.is_meal else {}
    moment = moment_sent(request, page.now)
    here = page.here_at(moment)
    form = RoundForm(
        request.POST or None,
        people=[one for one in here if one.is_present and one.is_known],
        at=moment,
        kind=asked,
        diets=lambda stay: diets.get(stay, ()),
    )
    before = (
        Round.objects.in_force()
        .filter(ward=page.ward, kind=asked, taken_at__gte=page.shift.begins_at)
        .select_related("written_by")
        .first()
    )
    context = {
        "page": page,
        "kind": asked,
        "before": before,
        "unknown": [one for one in here if one.is_present and not one.is_known],
        "away": [one for one in here if not one.is_present],
        "trail": page.trail(Link(str(asked.label))),
    }
    done = _("%s dicatat untuk semua.") % asked.label
    return tried(request, form, operations.make_round, done=done, leads_to=page.url, ward=page.ward) or answer(
        request, "daily/round.html", context, form
    )


@open_to(SEE_DAY)
@require_safe
def read_round(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """A round as it was answered, with what was put right since."""
    one, page = _load(request, round_id, code=SEE_DAY)
    here = {resident.stay_id: resident for resident in page.here_at(one.taken_at)}
    entries = (
        RoundEntry.objects.visible_to(page.reader)
        .filter(round=one)
        .select_related("stay__person", "superseded_by")
        .order_by("stay__tag", "superseded_at")
    )
    shown = [(here[entry.stay_id].shown if entry.stay_id in here else f"#{entry.stay.tag}", entry) for entry in entries]
    context = {
        "page": page,
        "round": one,
        "entries": sorted(shown, key=lambda line: (line[1].answer == one.usual and not line[1].note, line[0])),
        "may_write": page.may(WRITE_DAY) and one.is_in_force,
        "trail": page.trail(Link(one.get_kind_display())),
    }
    return render(request, "daily/read_round.html", context)


@open_to(WRITE_DAY)
@require_http_methods(WRITES)
def correct_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entries = RoundEntry.objects.visible_to(signed_in(request)).select_related("round", "stay__person", "stay__unit")
    entry = get_object_or_404(entries, pk=entry_id)
    one, page = _load(request, entry.round_id, code=WRITE_DAY)
    form = CorrectEntryForm(request.POST or None, entry=entry)

    def act(**facts: Any) -> RoundEntry:
        return (operations.withdraw_entry if form.is_withdrawn else operations.correct_entry)(entry=entry, **facts)

    lead = f"{entry.stay.person.shown_name(to=page.reader)} (#{entry.stay.tag})"
    around = page.form_page(_("Betulkan isian putaran"), _made(one), lead=lead)
    return written(request, form, act, page=around, done=corrected)


@open_to(WRITE_DAY)
@require_http_methods(WRITES)
def withdraw_round(request: HttpRequest, round_id: UUID) -> HttpResponse:
    one, page = _load(request, round_id, code=WRITE_DAY)
    lead = _("Untuk putaran yang tidak dilakukan, atau yang tertukar. Isiannya tetap terbaca dan tidak dihitung lagi.")
    return written(
        request,
        WhyForm(request.POST or None),
        operations.withdraw_round,
        page=page.form_page(_("Cabut putaran"), _made(one), lead=lead),
        done=corrected,
        round=one,
    )


def _load(request: HttpRequest, round_id: UUID, *, code: str) -> tuple[Round, LoadedWard]:
    rounds = Round.objects.visible_to(signed_in(request)).select_related(
        "ward__unit__day_practice", "written_by", "superseded_by"
    )
    one = get_object_or_404(rounds, pk=round_id)
    page = LoadedWard.of(request, one.ward)
    allow(page.may(code))
    return one, page


def _made(one: Round) -> Link:
    return Link(one.get_kind_display(), reverse("daily:read_round", args=[one.pk]))
