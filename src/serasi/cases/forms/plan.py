"""What is typed to make a service plan."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.cases.enums import Aim, Approach
from serasi.common.forms import (
    ActForm,
    DateField,
    IntegerField,
    LongTextField,
    ModelChoiceField,
    RadioField,
    Row,
    TextField,
)


class PlanForm(ActForm):
    starts_on = DateField(label=_("Mulai"))
    ends_on = DateField(label=_("Sampai"))
    summary = LongTextField(
        label=_("Ringkasan masalah dan harapan"),
        max_length=4000,
        required=False,
        help_text=_("Dengan kata-kata yang juga dipahami orangnya sendiri."),
    )
    layout = (Row("starts_on", "ends_on"), "summary")


class PlanChangeForm(PlanForm):
    with_id = False
    with_revision = True


class GoalForm(ActForm):
    aim = RadioField(label=_("Tujuan keberfungsian"), choices=Aim.choices)
    statement = TextField(
        label=_("Tujuan"), max_length=300, help_text=_("Apa yang akan benar bagi orang ini? Satu kalimat.")
    )
    indicator = TextField(
        label=_("Tanda tercapai"), max_length=300, help_text=_("Dari mana semua orang tahu bahwa tujuan ini tercapai?")
    )
    baseline = TextField(label=_("Keadaan sekarang"), max_length=300, required=False)
    target_date = DateField(label=_("Target tanggal"))

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"aim": Aim(self.cleaned_data["aim"])}


class GoalChangeForm(GoalForm):
    with_id = False
    with_revision = True


class LineForm(ActForm):
    component = ModelChoiceField(queryset=None, label=_("Komponen"))
    activity = TextField(
        label=pgettext_lazy("satu", "Layanan"), max_length=200, help_text=_("Misalnya: konseling keluarga di rumah")
    )
    approach = RadioField(label=_("Pendekatan"), choices=Approach.choices, inline=True)
    provider = ModelChoiceField(queryset=None, label=_("Pelaksana"), required=False)
    provider_unit = ModelChoiceField(
        queryset=None, label=_("Atau unit pelaksana"), required=False, help_text=_("Isi salah satu, atau keduanya.")
    )
    frequency = TextField(label=_("Seberapa sering"), max_length=80, help_text=_("Misalnya: seminggu sekali"))
    planned_count = IntegerField(label=_("Jumlah direncanakan"), min_value=1, max_value=1000, unit=_("kali"))
    starts_on = DateField(label=_("Mulai"))
    ends_on = DateField(label=_("Sampai"))
    layout = (
        "component",
        "activity",
        "approach",
        Row("provider", "provider_unit"),
        Row("frequency", "planned_count"),
        Row("starts_on", "ends_on"),
    )

    def __init__(self, *args: Any, components: Any, users: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, queryset in (("component", components), ("provider", users), ("provider_unit", units)):
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"approach": Approach(self.cleaned_data["approach"])}


class LineChangeForm(LineForm):
    with_id = False
    with_revision = True
    goal = ModelChoiceField(queryset=None, label=_("Untuk tujuan"))
    layout = ("goal", *LineForm.layout)  # type: ignore[assignment]  # one line longer

    def __init__(self, *args: Any, goals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = goals  # type: ignore[attr-defined]
