"""Rounds: one answer for all, exceptions by touch."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.common.components import Link
from serasi.common.forms import SerasiForm
from serasi.daily import operations
from serasi.daily.enums import RoundKind
from serasi.daily.forms import CorrectEntryForm, RoundForm, WhyForm
from serasi.daily.models import Round, RoundEntry
from serasi.daily.permissions import SEE_DAY, WRITE_DAY
from serasi.daily.queries import diets_of
from serasi.daily.views.loading import WRITES, LoadedWard, answered, load_ward, moment_sent
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
    return answered(
        request,
        form,
        lambda: operations.make_round(ward=page.ward, **form.facts(), by=page.reader, at=page.now),
        done=_("%s dicatat untuk semua.") % asked.label,
        leads_to=page.url,
        template="daily/round.html",
        context=context,
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
    entry = (
        RoundEntry.objects.visible_to(signed_in(request))
        .select_related("round", "stay__person", "stay__unit")
        .filter(pk=entry_id)
        .first()
    )
    if entry is None:
        raise Http404
    one, page = _load(request, entry.round_id, code=WRITE_DAY)
    form = CorrectEntryForm(request.POST or None, entry=entry)

    def act() -> object:
        typed = form.cleaned_data
        who: dict[str, Any] = {"why": typed["why"], "by": page.reader, "at": timezone.now()}
        if form.is_withdrawn:
            return operations.withdraw_entry(entry=entry, **who)
        return operations.correct_entry(
            id=form.record_id, entry=entry, answer=typed["answer"], note=typed["note"], **who
        )

    lead = f"{entry.stay.person.shown_name(to=page.reader)} (#{entry.stay.tag})"
    return _corrected(request, page, one, form, act, title=_("Betulkan isian putaran"), lead=lead)


@open_to(WRITE_DAY)
@require_http_methods(WRITES)
def withdraw_round(request: HttpRequest, round_id: UUID) -> HttpResponse:
    one, page = _load(request, round_id, code=WRITE_DAY)
    form = WhyForm(request.POST or None)
    return _corrected(
        request,
        page,
        one,
        form,
        lambda: operations.withdraw_round(round=one, why=form.cleaned_data["why"], by=page.reader, at=timezone.now()),
        title=_("Cabut putaran"),
        lead=_(
            "Untuk putaran yang tidak dilakukan, atau yang tertukar. Isiannya tetap terbaca dan tidak dihitung lagi."
        ),
    )


def _load(request: HttpRequest, round_id: UUID, *, code: str) -> tuple[Round, LoadedWard]:
    one = (
        Round.objects.visible_to(signed_in(request))
        .select_related("ward__unit__day_practice", "written_by", "superseded_by")
        .filter(pk=round_id)
        .first()
    )
    if one is None:
        raise Http404
    page = LoadedWard.of(request, one.ward)
    page.require(code)
    return one, page


def _corrected(
    request: HttpRequest,
    page: LoadedWard,
    one: Round,
    form: SerasiForm,
    act: Callable[[], object],
    *,
    title: str,
    lead: str,
) -> HttpResponse:
    leads_to = reverse("daily:read_round", args=[one.pk])
    return answered(
        request,
        form,
        act,
        done=_("Catatan dibetulkan; yang lama tetap terbaca."),
        leads_to=leads_to,
        template="daily/form.html",
        context={
            "page": page,
            "title": title,
            "lead": lead,
            "back": leads_to,
            "trail": page.trail(Link(one.get_kind_display(), leads_to), Link(title)),
        },
    )
