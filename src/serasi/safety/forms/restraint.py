"""The forms of the register of restraint and isolation."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import ActForm, DateTimeField, IntegerField, LongTextField, RadioField, SearchField, TextField
from serasi.safety.enums import Condition, Danger, RestraintKind, Standing
from serasi.safety.forms.people import offer


class BeginForm(ActForm):
    look_for = SearchField(label=_("Cari penghuni"), max_length=100, narrows="id_stay_id_group")
    stay_id = RadioField(label=_("Penghuni"))
    kind = RadioField(label=_("Cara"), choices=RestraintKind.choices)
    standing = RadioField(
        label=_("Batas untuk"), choices=Standing.choices,
        help_text=_("Bagi anak dan yang sedang hamil batasnya lebih ketat; sebagian cara dilarang."),
    )  # fmt: skip
    danger = RadioField(label=_("Bahaya yang dicegah"), choices=Danger.choices)
    account = LongTextField(label=_("Apa yang terjadi"), max_length=4000, rows=2)
    tried = LongTextField(
        label=_("Apa yang sudah dicoba lebih dahulu"), max_length=4000, rows=2,
        help_text=_("Misalnya: diajak bicara, dijauhkan dari pemicu, ditemani"),
    )  # fmt: skip
    decided_by = TextField(label=_("Diputuskan oleh"), max_length=150)
    informed = TextField(
        label=_("Siapa yang diberi tahu"),
        max_length=300,
        required=False,
        help_text=_("Misalnya: kepala unit, keluarga"),
    )
    began_at = DateTimeField(label=_("Mulai"), initial=timezone.now, not_after=timezone.now)

    def __init__(self, *args: Any, residents: Any, total: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "stay_id", residents, total)

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        typed.pop("look_for", None)
        return typed | {
            "stay_id": UUID(typed["stay_id"]),
            "kind": RestraintKind(typed["kind"]),
            "standing": Standing(typed["standing"]),
            "danger": Danger(typed["danger"]),
        }


class CheckForm(ActForm):
    condition = RadioField(label=_("Keadaannya"), choices=Condition.choices)
    checked_at = DateTimeField(label=_("Waktu diperiksa"), initial=timezone.now, not_after=timezone.now)
    note = TextField(label=_("Keterangan"), max_length=300, required=False)

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {"condition": Condition(typed["condition"])}


class RenewForm(ActForm):
    minutes = IntegerField(label=_("Berapa menit lagi"), min_value=1, max_value=1440, unit=_("menit"))
    reason = LongTextField(label=_("Mengapa harus diperpanjang"), max_length=500, rows=2)


class EndForm(ActForm):
    with_id = False
    ended_at = DateTimeField(label=_("Berakhir"), initial=timezone.now, not_after=timezone.now)
    end_note = LongTextField(label=_("Keadaannya saat diakhiri"), max_length=4000, rows=2)


class ReviewForm(ActForm):
    with_id = False
    review = LongTextField(
        label=_("Tinjauan"),
        max_length=4000,
        rows=3,
        help_text=_("Apakah perlu, apakah cukup singkat, apa gantinya kelak."),
    )
