"""A stay: who, where, since when, what happened; and the acts, each on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.gate import open_to
from serasi.common.components import Fact, Link
from serasi.common.forms import SerasiForm
from serasi.residence import operations, presenters
from serasi.residence.enums import MovementKind, State
from serasi.residence.forms import (
    ComeBackForm,
    CorrectForm,
    EndForm,
    GoOutForm,
    MoveForm,
    PlanForm,
    ReleaseForm,
    WithdrawForm,
)
from serasi.residence.models import Movement
from serasi.residence.permissions import ADMIT, CORRECT, END, MOVE, OVERRIDE, SEE_STAY
from serasi.residence.queries import day_at, story_of
from serasi.residence.views.loading import LoadedStay, choices_in, load_stay
from serasi.residence.views.writing import WRITES, allow, answered


@dataclass(frozen=True, slots=True)
class Act:
    """A button of the stay's page."""

    label: str
    url: str
    icon: str
    is_first: bool = False


@open_to(SEE_STAY)
@require_safe
def stay(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    page = load_stay(request, stay_id, _("Membaca masa tinggal"))
    one, now = page.stay, page.now
    context = {
        "page": page,
        "stay": one,
        "state": presenters.state_status(State(now.state)) if now else None,
        "place": _place(page),
        "facts": _facts(page),
        "ceiling": _ceiling(page),
        "acts": _acts(page),
        "story": presenters.story(story_of(stay=one, reader=page.reader)),
        "may_correct": page.may(CORRECT),
        "may_plan": one.is_open and page.may(ADMIT),
        "trail": page.trail(),
    }
    return render(request, "residence/stay.html", context)


def _place(page: LoadedStay) -> str:
    now = page.now
    if now is None:
        return ""
    if now.room is None or now.ward is None:
        return _("Tidak ada tempat di rumah ini; sudah dilepas")
    return presenters.place_words(now.ward.name, now.room.name, now.bed.label if now.bed else "")


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


def _acts(page: LoadedStay) -> list[Act]:
    """What can happen now, as things stand; the likeliest first."""
    one, now = page.stay, page.now
    if now is None or not one.is_open:
        return []
    found: list[tuple[str, str, str, str]] = []
    if now.state == State.PRESENT:
        found += [
            (MOVE, _("Pindah tempat"), "move", "arrows-exchange"),
            (MOVE, _("Izin atau cuti"), "leave", "walk"),
            (MOVE, _("Ke rumah sakit"), "hospital", "building-hospital"),
            (MOVE, _("Pergi tanpa izin"), "absconded", "alert-triangle"),
        ]
    else:
        found.append((MOVE, _("Kembali"), "come_back", "home"))
        if now.room_id is not None:
            found.append((MOVE, _("Lepas tempat tidur"), "release", "bed"))
        if now.state == State.LEAVE:
            found.append((MOVE, _("Ke rumah sakit"), "hospital", "building-hospital"))
        if now.state != State.ABSCONDED:
            found.append((MOVE, _("Pergi tanpa izin"), "absconded", "alert-triangle"))
    found.append((END, _("Akhiri masa tinggal"), "end", "flag"))
    return [
        Act(label, reverse(f"residence:{name}", args=[one.pk]), icon, is_first=position == 0)
        for position, (code, label, name, icon) in enumerate(found)
        if page.may(code)
    ]


# --- The acts --------------------------------------------------------------------------------------------------------


def _act(
    request: HttpRequest,
    page: LoadedStay,
    form: SerasiForm,
    act: Callable[[], Any],
    *,
    title: str,
    done: str,
    button: str = "",
    lead: str = "",
) -> HttpResponse:
    context = {
        "page": page,
        "title": title,
        "lead": lead or _place(page),
        "button": button or _("Simpan"),
        "trail": page.trail(Link(title)),
    }
    return answered(
        request,
        form,
        act,
        done=done,
        leads_to=lambda _made: page.url,
        template="residence/act.html",
        context=context,
    )


def _write(page: LoadedStay, form: Any, operation: Callable[..., Any], **more: Any) -> Any:
    return operation(stay=page.stay, **form.facts(), **more, by=page.reader, at=timezone.now())


@open_to(MOVE)
@require_http_methods(WRITES)
def move(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    page = load_stay(request, stay_id, _("Memindahkan tempat"))
    allow(page.may(MOVE))
    form = MoveForm(request.POST or None, **_placing(page))
    return _act(
        request,
        page,
        form,
        lambda: _write(page, form, operations.move),
        title=_("Pindah tempat"),
        done=_("Perpindahan dicatat."),
    )


def _placing(page: LoadedStay, *, waiting: str = "") -> dict[str, Any]:
    one = page.stay
    choices = choices_in(one.unit, person=one.person, reader=page.reader, needs=one.needs, waiting=waiting)
    return {"choices": choices, "may_override": page.may(OVERRIDE)}


@open_to(MOVE)
@require_http_methods(WRITES)
def leave(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    return _go_out(request, stay_id, MovementKind.LEAVE, _("Izin atau cuti"), _("Izin dicatat."))


@open_to(MOVE)
@require_http_methods(WRITES)
def hospital(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    return _go_out(request, stay_id, MovementKind.HOSPITAL, _("Ke rumah sakit"), _("Kepergian ke rumah sakit dicatat."))


@open_to(MOVE)
@require_http_methods(WRITES)
def absconded(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    return _go_out(request, stay_id, MovementKind.ABSCONDED, _("Pergi tanpa izin"), _("Kepergian tanpa izin dicatat."))


def _go_out(request: HttpRequest, stay_id: UUID, kind: MovementKind, title: str, done: str) -> HttpResponse:
    page = load_stay(request, stay_id, title)
    allow(page.may(MOVE))
    form = GoOutForm(request.POST or None)
    if kind == MovementKind.ABSCONDED:
        del form.fields["expected_at"]
        form.fields["happened_at"].label = _("Waktu terakhir terlihat")
        form.fields["destination"].label = _("Mungkin ke mana")
        form.fields["reason"].label = _("Keadaan terakhir")
    elif kind == MovementKind.HOSPITAL:
        form.fields["destination"].label = _("Rumah sakit")
    return _act(
        request,
        page,
        form,
        lambda: _write(page, form, operations.go_out, kind=kind),
        title=title,
        done=done,
    )


@open_to(MOVE)
@require_http_methods(WRITES)
def come_back(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    page = load_stay(request, stay_id, _("Mencatat kembali"))
    allow(page.may(MOVE))
    has_place = page.now is not None and page.now.room_id is not None
    waiting = _("Ke tempatnya semula: %s") % _place(page) if has_place else ""
    form = ComeBackForm(request.POST or None, **_placing(page, waiting=waiting))
    return _act(
        request,
        page,
        form,
        lambda: _write(page, form, operations.come_back),
        title=_("Kembali"),
        done=_("Kembalinya dicatat."),
    )


@open_to(MOVE)
@require_http_methods(WRITES)
def release(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    page = load_stay(request, stay_id, _("Melepas tempat tidur"))
    allow(page.may(MOVE))
    form = ReleaseForm(request.POST or None)
    return _act(
        request,
        page,
        form,
        lambda: _write(page, form, operations.release_bed),
        title=_("Lepas tempat tidur"),
        done=_("Tempat tidur dilepas."),
        button=_("Lepas tempat tidur"),
        lead=_("Ia tetap dalam asuhan rumah ini. Tempat tidurnya dapat dipakai orang lain."),
    )


@open_to(END)
@require_http_methods(WRITES)
def end(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    page = load_stay(request, stay_id, _("Mengakhiri masa tinggal"))
    allow(page.may(END))
    form = EndForm(request.POST or None)
    return _act(
        request,
        page,
        form,
        lambda: _write(page, form, operations.end_stay),
        title=_("Akhiri masa tinggal"),
        done=_("Masa tinggal diakhiri."),
        button=_("Akhiri masa tinggal"),
    )


@open_to(ADMIT)
@require_http_methods(WRITES)
def plan(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    page = load_stay(request, stay_id, _("Mengubah tujuan dan rencana keluar"))
    allow(page.may(ADMIT))
    names = ("purpose", "exit_plan", "expected_end", "needs", "revision")
    form = PlanForm(request.POST or None, initial={name: getattr(page.stay, name) for name in names})
    return _act(
        request,
        page,
        form,
        lambda: _write(page, form, operations.change_plan),
        title=_("Tujuan dan rencana keluar"),
        done=_("Tujuan dan rencana keluar disimpan."),
    )


@open_to(CORRECT)
@require_http_methods(WRITES)
def correct(request: HttpRequest, stay_id: UUID, movement_id: UUID) -> HttpResponse:
    """It happened otherwise: when, where, how; the old line stays readable."""
    page = load_stay(request, stay_id, _("Membetulkan mutasi"))
    allow(page.may(CORRECT))
    movement = _movement(page, movement_id)
    placed = {MovementKind.ARRIVED, MovementKind.MOVED, MovementKind.RETURNED}
    choices = (
        choices_in(page.stay.unit, person=page.stay.person, reader=page.reader, with_suggestions=False)
        if movement.kind in placed
        else None
    )
    place = f"bed:{movement.bed_id}" if movement.bed_id else f"floor:{movement.room_id}" if movement.room_id else ""
    names = ("happened_at", "destination", "expected_at", "ending", "keeps_bed")
    initial = {name: getattr(movement, name) for name in names} | {"account": movement.reason, "place": place}
    form = CorrectForm(request.POST or None, kind=movement.kind, choices=choices, initial=initial)
    return _act(
        request,
        page,
        form,
        lambda: operations.correct_movement(
            id=form.record_id,
            movement=movement,
            happened=operations.Happening(kind=movement.kind, **form.happening()),
            reason=form.cleaned_data["reason"],
            by=page.reader,
            at=timezone.now(),
        ),
        title=_("Betulkan: %s") % movement.get_kind_display(),
        done=_("Catatan dibetulkan."),
        lead=_("Catatan lama tetap terbaca, dengan nama Anda dan alasannya."),
    )


@open_to(CORRECT)
@require_http_methods(WRITES)
def withdraw(request: HttpRequest, stay_id: UUID, movement_id: UUID) -> HttpResponse:
    page = load_stay(request, stay_id, _("Mencabut mutasi"))
    allow(page.may(CORRECT))
    movement = _movement(page, movement_id)
    form = WithdrawForm(request.POST or None)
    return _act(
        request,
        page,
        form,
        lambda: operations.withdraw_movement(movement=movement, **form.facts(), by=page.reader, at=timezone.now()),
        title=_("Cabut: %s") % movement.get_kind_display(),
        done=_("Catatan dicabut."),
        button=_("Cabut catatan"),
        lead=_("Hanya bila ini tidak pernah terjadi. Catatan tetap terbaca sebagai dicabut."),
    )


def _movement(page: LoadedStay, pk: UUID) -> Movement:
    found = Movement.objects.visible_to(page.reader).filter(stay=page.stay, pk=pk).first()
    if found is None:
        raise Http404
    found.stay = page.stay
    return found
