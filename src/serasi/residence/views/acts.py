"""The acts on a stay, each on a page of its own: its form, its operation, its words."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.residence import operations
from serasi.residence.forms import (
    AbscondedForm,
    ComeBackForm,
    CorrectForm,
    DiedForm,
    EndForm,
    HospitalForm,
    LeaveForm,
    MoveForm,
    PlanForm,
    ReleaseForm,
    WithdrawForm,
)
from serasi.residence.models import Movement
from serasi.residence.permissions import ADMIT, CORRECT, END, MOVE
from serasi.residence.views.loading import choices_in
from serasi.residence.views.writing import StayAct, stay_act

# --- To another place, out, back --------------------------------------------------------------------------------------


@stay_act(MOVE, gettext_lazy("Pindah tempat"), "arrows-exchange")
def move(act: StayAct) -> HttpResponse:
    form = MoveForm(act.typed, **act.page.placing())
    return act.answer(form, operations.move, stay=act.stay, done=_("Perpindahan dicatat."))


@stay_act(MOVE, gettext_lazy("Izin atau cuti"), "walk")
def leave(act: StayAct) -> HttpResponse:
    return act.answer(LeaveForm(act.typed), operations.go_out, stay=act.stay, done=_("Izin dicatat."))


@stay_act(MOVE, gettext_lazy("Ke rumah sakit"), "building-hospital")
def hospital(act: StayAct) -> HttpResponse:
    done = _("Kepergian ke rumah sakit dicatat.")
    return act.answer(HospitalForm(act.typed), operations.go_out, stay=act.stay, done=done)


@stay_act(MOVE, gettext_lazy("Pergi tanpa izin"), "alert-triangle")
def absconded(act: StayAct) -> HttpResponse:
    done = _("Kepergian tanpa izin dicatat.")
    return act.answer(AbscondedForm(act.typed), operations.go_out, stay=act.stay, done=done)


@stay_act(MOVE, gettext_lazy("Kembali"), "home")
def come_back(act: StayAct) -> HttpResponse:
    waiting = _("Ke tempatnya semula: %s") % act.page.place if act.page.has_place else ""
    form = ComeBackForm(act.typed, **act.page.placing(waiting=waiting))
    return act.answer(form, operations.come_back, stay=act.stay, done=_("Kembalinya dicatat."))


@stay_act(MOVE, gettext_lazy("Lepas tempat tidur"), "bed")
def release(act: StayAct) -> HttpResponse:
    return act.answer(
        ReleaseForm(act.typed),
        operations.release_bed,
        stay=act.stay,
        done=_("Tempat tidur dilepas."),
        button=act.title,
        lead=_("Ia tetap dalam asuhan rumah ini. Tempat tidurnya dapat dipakai orang lain."),
    )


@stay_act(END, gettext_lazy("Akhiri masa tinggal"), "flag")
def end(act: StayAct) -> HttpResponse:
    form = EndForm(act.typed)
    return act.answer(form, operations.end_stay, stay=act.stay, done=_("Masa tinggal diakhiri."), button=act.title)


@stay_act(END, gettext_lazy("Meninggal"), "file-text")
def died(act: StayAct) -> HttpResponse:
    return act.answer(
        DiedForm(act.typed),
        operations.end_stay,
        stay=act.stay,
        done=_("Kematiannya dicatat, juga pada data orangnya. Yang harus dilakukan tertulis di halaman ini."),
        button=_("Catat kematian"),
        lead=_("Masa tinggalnya berakhir pada waktu ini, dan tempat tidurnya kosong."),
    )


@stay_act(ADMIT, gettext_lazy("Tujuan dan rencana keluar"))
def plan(act: StayAct) -> HttpResponse:
    form = PlanForm.of(act.stay, act.typed)
    return act.answer(form, operations.change_plan, stay=act.stay, done=_("Tujuan dan rencana keluar disimpan."))


# --- Putting right what was written -----------------------------------------------------------------------------------


@stay_act(CORRECT, gettext_lazy("Betulkan"))
def correct(act: StayAct, movement_id: UUID) -> HttpResponse:
    """It happened otherwise: when, where, how; the old line stays readable."""
    movement = _movement(act, movement_id)
    choices = choices_in(act.stay.unit, person=act.stay.person, reader=act.page.reader, with_suggestions=False)
    return act.answer(
        CorrectForm.of(movement, act.typed, choices=choices),
        operations.correct_movement,
        movement=movement,
        title=_("Betulkan: %s") % movement.get_kind_display(),
        done=_("Catatan dibetulkan."),
        lead=_("Catatan lama tetap terbaca, dengan nama Anda dan alasannya."),
    )


@stay_act(CORRECT, gettext_lazy("Cabut"))
def withdraw(act: StayAct, movement_id: UUID) -> HttpResponse:
    movement = _movement(act, movement_id)
    return act.answer(
        WithdrawForm(act.typed),
        operations.withdraw_movement,
        movement=movement,
        title=_("Cabut: %s") % movement.get_kind_display(),
        done=_("Catatan dicabut."),
        button=_("Cabut catatan"),
        lead=_("Hanya bila ini tidak pernah terjadi. Catatan tetap terbaca sebagai dicabut."),
    )


def _movement(act: StayAct, pk: UUID) -> Movement:
    found = get_object_or_404(Movement.objects.visible_to(act.page.reader), stay=act.stay, pk=pk)
    found.stay = act.stay
    return found
