"""Forms about a case as a whole: opening, walking, closing off, finding."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.cases import registry
from serasi.cases.enums import Approach, AreaTag, Confidentiality, Phase, Risk
from serasi.common.forms import (
    ActForm,
    BooleanField,
    ChoiceField,
    FilterForm,
    LongTextField,
    ModelChoiceField,
    MultipleChoiceField,
    RadioField,
    SerasiForm,
    TextField,
)
from serasi.people.reference import clusters


class OpenCaseForm(ActForm):
    unit = ModelChoiceField(queryset=None, label=_("Unit"))
    cluster = ChoiceField(choices=clusters().choices, label=_("Klaster"))
    approach = RadioField(label=_("Pendekatan awal"), choices=Approach.choices, initial=Approach.FAMILY, inline=True)
    risk = RadioField(label=_("Risiko"), choices=Risk.choices, inline=True)
    confidentiality = RadioField(
        label=_("Kerahasiaan"),
        choices=Confidentiality.choices,
        help_text=_("Diusulkan dari jenis PPKS dan skrining bahaya. Boleh lebih ketat, tidak boleh lebih longgar."),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if len(units[:2]) == 1:
            self.fields["unit"].initial = units[0].pk
            self.fields["unit"].widget = self.fields["unit"].hidden_widget()


class MoveForm(ActForm):
    with_revision = True
    reason = LongTextField(label=pgettext_lazy("satu", "Catatan"), max_length=2000, rows=3, required=False)


class StepBackForm(ActForm):
    with_revision = True
    reason = LongTextField(label=_("Alasan kembali"), max_length=2000, rows=3)


class ApproachForm(ActForm):
    approach = RadioField(label=_("Pendekatan"), choices=Approach.choices)
    agent = ModelChoiceField(queryset=None, label=_("Pelaksana"), required=False)
    reason = LongTextField(label=_("Alasan"), max_length=2000, rows=3)
    instead = BooleanField(label=_("Akhiri pendekatan yang berjalan sekarang"), required=False, initial=True)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].queryset = units  # type: ignore[attr-defined]


class RiskForm(ActForm):
    with_revision = True
    risk = RadioField(label=_("Risiko"), choices=Risk.choices, inline=True)
    reason = LongTextField(label=_("Alasan"), max_length=2000, rows=3)


class ConfidentialityForm(ActForm):
    with_id = False
    with_revision = True
    confidentiality = RadioField(label=_("Kerahasiaan"), choices=Confidentiality.choices)
    tags = MultipleChoiceField(label=_("Bagian yang dijaga khusus"), choices=AreaTag.choices, required=False)


class CaseFilter(FilterForm):
    q = TextField(label=_("Nomor atau nama"), max_length=100)
    mine = ChoiceField(label=_("Milik"), choices=[("1", _("Kasus saya"))], empty_label=_("Semua"))
    state = ChoiceField(
        label=_("Keadaan"),
        choices=[("open", _("Terbuka")), ("closed", _("Ditutup")), ("overdue", _("Lewat tanggal"))],
        empty_label=_("Semua"),
    )
    phase = ChoiceField(label=_("Tahap"), choices=Phase.choices, empty_label=_("Semua"))
    cluster = ChoiceField(label=_("Klaster"), choices=clusters().choices, empty_label=_("Semua"))
    risk = ChoiceField(label=_("Risiko"), choices=Risk.choices, empty_label=_("Semua"))


class HistoryFilter(FilterForm):
    kind = ChoiceField(
        label=_("Jenis kejadian"),
        choices=lambda: [
            ("", _("Semua")),
            *((source.kind, source.label) for source in registry.timeline_sources().values()),
        ],
    )


class BreakGlassForm(SerasiForm):
    reason = LongTextField(
        label=_("Keadaan darurat apa yang membuat Anda harus membuka berkas ini?"),
        max_length=1000,
        min_length=20,
        rows=4,
        error_messages={"required": _("Jelaskan keadaan daruratnya; kepala unit akan membacanya.")},
    )
    hours = ChoiceField(label=_("Untuk berapa lama"), choices=[("1", _("1 jam")), ("2", _("2 jam")), ("3", _("3 jam"))])
