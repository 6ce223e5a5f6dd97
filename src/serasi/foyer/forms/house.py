"""What is typed about the phases of a house, and what narrows its list."""

from datetime import time
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from serasi.common.forms import (
    ActForm,
    ChoiceField,
    Fieldset,
    FilterForm,
    IntegerField,
    LongTextField,
    Row,
    RupiahField,
    TextField,
    TimeField,
)
from serasi.foyer.enums import Guests, MoneyHolder, Outing, Phone, RoomRight
from serasi.foyer.forms.lines import LinesField


class DraftForm(ActForm):
    """Nothing is typed: a button."""


class PhaseForm(ActForm):
    layout: ClassVar[Any] = (
        Fieldset(_("Fase"), ["name", "purpose", "least_weeks"]),
        Fieldset(
            _("Hak"),
            [
                "outing",
                "radius",
                Row("out_from", "curfew_weekday", "curfew_weekend"),
                Row("phone", "phone_hours"),
                Row("money_per_week", "money_held_by"),
                Row("room", "guests"),
            ],
        ),
        Fieldset(_("Kewajiban dan bukti"), ["duties", "evidence"]),
    )
    shown_when: ClassVar = {"phone_hours": "phone=hours"}
    name = TextField(label=_("Nama fase"), max_length=60)
    purpose = LongTextField(label=_("Tujuan fase"), max_length=300, rows=2)
    least_weeks = IntegerField(label=_("Paling sedikit"), unit=_("minggu"), min_value=0, max_value=104)
    outing = ChoiceField(label=_("Keluar rumah"), choices=Outing.choices)
    radius = TextField(label=_("Sampai di mana"), max_length=200, required=False)
    out_from = TimeField(label=_("Boleh keluar sejak"), initial=time(5))
    curfew_weekday = TimeField(label=_("Jam pulang Senin–Jumat"))
    curfew_weekend = TimeField(label=_("Jam pulang Sabtu–Minggu"))
    phone = ChoiceField(label=_("Telepon"), choices=Phone.choices)
    phone_hours = TextField(label=_("Jam telepon"), max_length=60, required=False)
    money_per_week = RupiahField(label=_("Uang saku seminggu"), max_value=100_000_000)
    money_held_by = ChoiceField(label=_("Uangnya"), choices=MoneyHolder.choices)
    room = ChoiceField(label=_("Kamar"), choices=RoomRight.choices)
    guests = ChoiceField(label=_("Tamu"), choices=Guests.choices)
    duties = LinesField(label=_("Kewajiban"), required=False, help_text=_("Satu baris satu kewajiban."))
    evidence = LinesField(
        label=_("Bukti untuk naik"),
        required=False,
        help_text=_("Satu baris satu bukti yang dapat dilihat orang lain. Fase terakhir boleh kosong."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        out_from = found.get("out_from")
        for name in ("curfew_weekday", "curfew_weekend"):
            if out_from and found.get(name) and found[name] <= out_from:
                self.add_error(name, _("Jam pulang harus sesudah jam boleh keluar pada hari yang sama."))
        if found.get("phone") == Phone.HOURS and not found.get("phone_hours"):
            self.add_error("phone_hours", _("Tulis jam berapa telepon dipegang."))
        return found


class RevisedPhaseForm(PhaseForm):
    with_id = False
    with_revision = True


class TonightFilter(FilterForm):
    """Narrow the list to what the gate asks."""

    in_sight = ("tampil",)
    tampil = ChoiceField(
        label=_("Tampilkan"),
        choices=(
            ("alone", _("Boleh keluar sendiri")),
            ("inside", _("Tidak keluar sendiri")),
            ("out", _("Sedang di luar")),
            ("changed", _("Ada izin atau batasan hari ini")),
        ),
        empty_label=_("Semua orang"),
    )
