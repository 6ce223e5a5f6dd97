"""To live in another house: which one, then the place there or its yes."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.models import Unit
from serasi.access.permissions import may
from serasi.people.operations.refusals import whole_sight
from serasi.residence import operations
from serasi.residence.forms import HandOnForm, TransferForm
from serasi.residence.models import Reservation
from serasi.residence.permissions import ADMIT, END, OVERRIDE
from serasi.residence.queries import Home, homes_to_go_to
from serasi.residence.views.loading import choices_in
from serasi.residence.views.writing import StayAct, stay_act


@stay_act(END, gettext_lazy("Pindah ke unit lain"), "arrow-right")
def transfer(act: StayAct) -> HttpResponse:
    """Without a house chosen, the homes to choose from; the next of the chain first."""
    homes = homes_to_go_to(stay=act.stay, ward=act.page.now.ward if act.page.now else None, at=timezone.now())
    chosen = act.request.GET.get("ke", "")
    home = next((home for home in homes if str(home.unit.pk) == chosen), None)
    if home is None:
        context = {"homes": [(one, _why(one)) for one in homes]}
        return act.show("residence/where_to.html", context)
    accepts = may(act.page.reader, ADMIT, on=home.unit)
    if not accepts and not _is_expected(act, home.unit):
        return act.show("residence/not_yet_expected.html", {"home": home})
    form = _arrival(act, home.unit) if accepts else HandOnForm(act.typed, initial=_told(act))
    return act.answer(
        form,
        operations.transfer,
        stay=act.stay,
        unit=home.unit,
        title=_("Pindah ke %s") % home.unit.name,
        done=_("Ia pindah ke %s.") % home.unit.name,
        button=_("Pindahkan"),
    )


def _arrival(act: StayAct, unit: Unit) -> TransferForm:
    choices = choices_in(unit, person=act.stay.person, reader=act.page.reader, needs=act.stay.needs)
    override = may(act.page.reader, OVERRIDE, on=unit)
    return TransferForm(act.typed, choices=choices, may_override=override, initial=_told(act))


def _told(act: StayAct) -> dict[str, Any]:
    return {"purpose": act.stay.purpose, "exit_plan": act.stay.exit_plan}


def _is_expected(act: StayAct, unit: Unit) -> bool:
    """Whether the other house has said yes; that it has is told, not what it wrote."""
    with whole_sight():
        return Reservation.objects.open().filter(person_id=act.stay.person_id, unit=unit).exists()


def _why(home: Home) -> str:
    if home.grade is not None:
        return _("Jenjang berikutnya: %s") % home.grade.label
    return _("Pemilik yang sama") if home.is_of_owner else ""
