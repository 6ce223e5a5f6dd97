"""What is typed of a concern, and of what its receiver does."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.common.forms import ActForm, DateField, LongTextField, ModelChoiceField, RadioField, TextField
from serasi.safety.enums import About, Harm, StepKind


class RaiseForm(ActForm):
    about = RadioField(label=_("Tentang siapa"), choices=About.choices)
    about_user = ModelChoiceField(
        queryset=None, label=_("Petugas yang dimaksud"), required=False, empty_label=_("Tidak tahu, atau tidak disebut")
    )
    about_words = TextField(label=_("Nama atau cirinya"), max_length=150, required=False)
    harm = RadioField(label=_("Apa yang dikhawatirkan"), choices=Harm.choices)
    account = LongTextField(label=_("Ceritakan"), max_length=8000, rows=4)
    happened_on = DateField(label=_("Sejak kapan"), required=False)
    shown_when: ClassVar = {"about_user": "about=staff|unit"}

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about_user"].queryset = staff  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {"about": About(typed["about"]), "harm": Harm(typed["harm"])}


class StepForm(ActForm):
    kind = RadioField(label=_("Langkah"), choices=StepKind.choices)
    text = LongTextField(
        label=pgettext_lazy("kekhawatiran", "Keterangan"), max_length=4000, rows=3, required=False,
        help_text=_("Yang Anda tulis pada “Tindakan” tidak dibaca pelapor; yang lain dibacanya."),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {"kind": StepKind(typed["kind"])}
