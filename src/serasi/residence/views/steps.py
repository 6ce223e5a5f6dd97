"""Step by step once somebody is in: screening, orientation, the search for who is gone, what follows a death."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.residence import operations
from serasi.residence.enums import Checklist
from serasi.residence.forms import FindingForm, ScreenForm, StepsForm
from serasi.residence.models import Screening
from serasi.residence.operations import NothingToDo
from serasi.residence.permissions import KEEP, SCREEN
from serasi.residence.queries import worklists_of
from serasi.residence.reference import screening
from serasi.residence.views.writing import StayAct, stay_act


@stay_act(SCREEN, gettext_lazy("Skrining penularan"), "stethoscope")
def screen(act: StayAct) -> HttpResponse:
    """The questions; or, of the latest answers, what somebody who knows has found."""
    latest = Screening.objects.visible_to(act.page.reader).filter(stay=act.stay).select_related("written_by").first()
    if latest is not None and latest.waits:
        latest.stay = act.stay
        return act.answer(
            FindingForm(act.typed),
            operations.follow_up,
            screening=latest,
            title=_("Hasil pemeriksaan"),
            done=_("Hasil pemeriksaan dicatat."),
            template="residence/finding.html",
            context={"screening": latest, "found": [screening()[code] for code in latest.found if code in screening()]},
        )
    return act.answer(
        ScreenForm(act.typed),
        operations.screen,
        stay=act.stay,
        done=_told_after,
        lead=_("Tanyakan dengan tenang, di tempat yang tidak didengar orang lain."),
    )


def _told_after(made: Screening) -> str:
    if not made.found:
        return _("Skrining dicatat. Tidak ada gejala yang disebut.")
    if any(screening()[code].isolates for code in made.found):
        return _("Skrining dicatat. Ada gejala: periksakan, dan tempatkan di kamar isolasi sampai diperiksa.")
    return _("Skrining dicatat. Ada gejala: periksakan.")


@stay_act(KEEP, gettext_lazy("Orientasi"), "checklist")
def orient(act: StayAct) -> HttpResponse:
    return _steps(act, Checklist.ORIENTATION, done=_("Orientasi dicatat."))


@stay_act(KEEP, gettext_lazy("Langkah pencarian"), "search")
def look_for(act: StayAct) -> HttpResponse:
    return _steps(act, Checklist.SEARCH, done=_("Langkah pencarian dicatat."))


@stay_act(KEEP, gettext_lazy("Yang harus dilakukan sesudah meninggal"), "checklist")
def after_death(act: StayAct) -> HttpResponse:
    return _steps(act, Checklist.DEATH, done=_("Langkah dicatat."))


def _steps(act: StayAct, checklist: Checklist, *, done: str) -> HttpResponse:
    """The list as it stands, and what is ticked off now; a search is that of the last going away."""
    lists = [one for one in worklists_of(stay=act.stay, at=timezone.now()) if one.checklist == checklist]
    if not lists:
        raise NothingToDo
    return act.answer(
        StepsForm(act.typed, worklist=lists[-1]),
        operations.take_steps,
        stay=act.stay,
        done=done,
        template="residence/steps.html",
        context={"worklist": lists[-1]},
    )
