"""Arrivals: half a minute each at the gate, then whatever has to be mended."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.acting import WRITES, answer, attempt
from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.handing import moment_typed
from serasi.access.looks import log_look
from serasi.access.permissions import may
from serasi.common.components import Fact
from serasi.common.identifiers import uuid7
from serasi.shelters import presenters
from serasi.shelters.enums import Danger, Need
from serasi.shelters.forms import ArrivalChangeForm, ArrivalForm, WithdrawForm
from serasi.shelters.models import Arrival, Gathering, Outcome
from serasi.shelters.operations import change_arrival, register_arrival, reserve_tags, withdraw_outcome
from serasi.shelters.permissions import ACCOUNT_ARRIVAL, RECOGNISE_ARRIVAL, REGISTER_ARRIVAL, SEE_GATHERING
from serasi.shelters.queries import account_of, latest_tag
from serasi.shelters.views.loading import Loaded, load_arrival, load_gathering

TAGS = "arrival_tags"
"""In the session, which is of one phone: the ranges of numbers it may give, by gathering."""
FEW = 20
"""Numbers left of the last range when the next is set aside."""

Ranges = Sequence[tuple[int, int]]


@open_to(REGISTER_ARRIVAL)
@require_POST
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set numbers aside for this phone, and go on to the form."""
    loaded = load_gathering(request, pk)
    loaded.require(REGISTER_ARRIVAL)
    if not _ranges(request, loaded.gathering):
        _reserve(request, loaded)
    return redirect("shelters:register", pk=pk)


@open_to(REGISTER_ARRIVAL)
@require_http_methods(WRITES)
def register(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form at the gate: number and health filled in, the rest in a few taps. Kept by the phone without signal."""
    loaded = load_gathering(request, pk)
    loaded.require(REGISTER_ARRIVAL)
    gathering, ranges = loaded.gathering, _ranges(request, loaded.gathering)
    family = request.GET.get("keluarga", "")
    initial = {"tag": _next_tag(gathering, ranges), "group_tag": family if family.isdigit() else None}
    form = ArrivalForm(request.POST or None, request.FILES or None, initial=initial)

    def act() -> Arrival:
        arrived_at = moment_typed(request)  # asked before the clock, so that it is never ahead of it
        facts = form.facts() | {"gathering": gathering, "arrived_at": arrived_at}
        return register_arrival(id=form.record_id, by=loaded.reader, at=timezone.now(), **facts)

    if request.method == "POST" and (made := attempt(form, act)):
        if ranges and made.tag > ranges[-1][1] - FEW:
            _reserve(request, loaded)
        messages.success(request, _("Nomor %d tercatat.") % made.tag)
        following = f"?{urlencode({'keluarga': made.group_tag})}" if request.POST.get("next") == "family" else ""
        return redirect(reverse("shelters:register", args=[pk]) + following)
    context = {
        "gathering": gathering,
        "trail": loaded.trail(_("Catat kedatangan")),
        "tiles": presenters.tiles_of(gathering, account_of(gathering))[: presenters.AT_THE_GATE],
        "tags": ",".join(f"{first}-{last}" for first, last in ranges),
        "has_tags": bool(ranges) or form.is_bound,
    }
    return answer(request, "shelters/register.html", context, form)


def _ranges(request: HttpRequest, gathering: Gathering) -> Ranges:
    known = request.session.get(TAGS, {}).get(str(gathering.pk), [])
    return [(first, last) for first, last in known]


def _reserve(request: HttpRequest, loaded: Loaded) -> None:
    made = reserve_tags(id=uuid7(), gathering=loaded.gathering, by=loaded.reader, at=timezone.now())
    key, known = str(loaded.gathering.pk), request.session.get(TAGS, {})
    request.session[TAGS] = {**known, key: [*known.get(key, []), [made.first, made.last]]}


def _next_tag(gathering: Gathering, ranges: Ranges) -> int | None:
    """The number after the highest that this phone has given, within its ranges."""
    latest = latest_tag(gathering, ranges)
    return next((max(first, latest + 1) for first, last in ranges if latest < last), None)


@open_to(SEE_GATHERING)
@require_safe
def arrival(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything of one who came, and what can be done for them."""
    loaded, found = load_arrival(request, pk)
    _note_look(loaded, found, _("Kedatangan"))
    outcome = Outcome.objects.standing().filter(arrival=found).select_related("to_unit", "written_by").first()
    may_know = found.person is not None and may(loaded.reader, "people.person.open", on=found.person)
    context = {
        "arrival": found,
        "gathering": loaded.gathering,
        "name": found.shown_name(to=loaded.reader),
        "trail": loaded.trail(f"#{found.tag}"),
        "states": presenters.states_of(found, is_alone=_is_alone(found) and outcome is None),
        "facts": _facts(found, loaded),
        "outcome": outcome,
        "went": presenters.went(outcome) if outcome else "",
        "withdraw_form": WithdrawForm(),
        "group": _group(found, loaded),
        "may_change": loaded.may(REGISTER_ARRIVAL),
        "may_account": loaded.may(ACCOUNT_ARRIVAL) and loaded.gathering.is_open,
        "may_recognise": loaded.may(RECOGNISE_ARRIVAL) and found.person_id is None,
        "person_url": reverse("people:person", args=[found.person_id]) if may_know else "",
        "shows_photo": bool(found.photo) and _shows_photo(found, loaded),
    }
    return render(request, "shelters/arrival.html", context)


def _is_alone(found: Any) -> bool:
    return bool(found.is_alone)


def _facts(found: Arrival, loaded: Loaded) -> list[Fact]:
    group = "" if found.group_tag == found.tag else f"#{found.group_tag}"
    return [
        Fact(_("Nama yang disebut"), found.shown_name(to=loaded.reader)),
        Fact(_("Jenis kelamin dan umur"), presenters.about(found)),
        Fact(_("Datang bersama"), group),
        Fact(_("Asal"), found.origin),
        Fact(_("Kesehatan"), found.get_health_display()),
        Fact(_("Kebutuhan"), ", ".join(str(Need(code).label) for code in found.needs)),
        Fact(_("Bahaya"), ", ".join(str(Danger(code).label) for code in found.dangers)),
        Fact(_("Barang titipan"), found.belongings),
        Fact(_("Keterangan"), found.note),
        Fact(_("Datang"), timezone.localtime(found.arrived_at).strftime("%d/%m/%Y %H.%M")),
    ]


def _group(found: Arrival, loaded: Loaded) -> list[Any]:
    """The others they came with."""
    others = Arrival.objects.visible_to(loaded.reader).filter(gathering=found.gathering, group_tag=found.group_tag)
    return [(one, presenters.about(one)) for one in others.exclude(pk=found.pk).order_by("tag")[:30]]


def _note_look(loaded: Loaded, found: Arrival, purpose: str) -> None:
    """Whoever opens someone who is known by now has looked at that person."""
    if found.person_id is not None:
        unit_id = loaded.gathering.unit_id
        log_look(by=loaded.reader, subject=Subject.PERSON, subject_id=found.person_id, purpose=purpose, unit_id=unit_id)


def _shows_photo(found: Arrival, loaded: Loaded) -> bool:
    """Not of a person whose name this reader may not read whole."""
    if found.person_id is None:
        return True
    return found.person is not None and found.person.shown_name(to=loaded.reader) == str(found.person)


@open_to(SEE_GATHERING)
@require_safe
@never_cache
def photo(request: HttpRequest, pk: UUID) -> Any:
    """As it was drawn anew when it came; a file that is read while it is sent."""
    loaded, found = load_arrival(request, pk)
    name = str(found.photo.name or "")
    if not name or not _shows_photo(found, loaded) or not default_storage.exists(name):
        raise Http404
    return FileResponse(default_storage.open(name), content_type="image/jpeg")


@open_to(REGISTER_ARRIVAL)
@require_http_methods(WRITES)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was written in a hurry, mended."""
    loaded, found = load_arrival(request, pk)
    loaded.require(REGISTER_ARRIVAL)
    names = (
        "sex",
        "age",
        "name",
        "health",
        "dangers",
        "needs",
        "group_tag",
        "origin",
        "belongings",
        "note",
        "revision",
    )
    initial = {name: getattr(found, name) for name in names}
    form = ArrivalChangeForm(request.POST or None, request.FILES or None, initial=initial)

    def act() -> Arrival:
        return change_arrival(
            arrival=found, revision=form.revision, by=loaded.reader, at=timezone.now(), **form.facts()
        )

    if request.method == "POST" and (_made := attempt(form, act)):
        messages.success(request, _("Perubahan disimpan."))
        return redirect("shelters:arrival", pk=pk)
    context = {
        "title": _("Betulkan nomor %d") % found.tag,
        "button": _("Simpan"),
        "back": reverse("shelters:arrival", args=[pk]),
        "trail": loaded.trail(f"#{found.tag}", _("Betulkan")),
        "is_upload": True,
    }
    return answer(request, "shelters/form.html", context, form)


@open_to(ACCOUNT_ARRIVAL)
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """They have not gone on after all."""
    loaded, found = load_arrival(request, pk)
    loaded.require(ACCOUNT_ARRIVAL)
    outcome = (
        Outcome.objects.standing()
        .filter(arrival=found)
        .select_related("arrival__gathering__unit", "reservation__unit", "reservation__person")
        .first()
    )
    if outcome is None:
        raise Http404
    form = WithdrawForm(request.POST)

    def act() -> Outcome:
        reason = form.cleaned_data["reason"]
        return withdraw_outcome(outcome=outcome, reason=reason, by=loaded.reader, at=timezone.now())

    if attempt(form, act):
        messages.success(request, _("Penerusan dibatalkan. Nomor %d tercatat masih di sini.") % found.tag)
        return redirect("shelters:arrival", pk=pk)
    context = {
        "title": _("Batalkan penerusan nomor %d") % found.tag,
        "button": _("Batalkan penerusan"),
        "back": reverse("shelters:arrival", args=[pk]),
        "trail": loaded.trail(f"#{found.tag}"),
    }
    return answer(request, "shelters/form.html", context, form)
