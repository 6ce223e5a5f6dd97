"""What one voice says of the domains of a set: the words of each step stand beside its number."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import (
    ActForm,
    ChoiceField,
    DateField,
    Fieldset,
    LongTextField,
    RadioField,
    TextField,
)
from serasi.cycles.enums import Step, Voice
from serasi.cycles.models import Domain
from serasi.cycles.operations import Said

BLANK = _("Tidak dinilai kali ini")


def _steps(domain: Domain) -> list[tuple[str, str]]:
    return [(str(step.value), f"{step.value} – {domain.anchor(step.value)}") for step in Step]


class RateForm(ActForm):
    """Whose word it is, the day, and any of the domains; a domain that is left out keeps what was said before."""

    marks_optional = False
    voice = RadioField(label=_("Kata siapa"), choices=Voice.choices, inline=True)
    rated_on = DateField(label=_("Tanggal"))

    def __init__(self, *args: Any, domains: Sequence[Domain], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.domains = domains
        parts: list[Fieldset] = []
        for domain in domains:
            step, words = f"step_{domain.code}", f"words_{domain.code}"
            self.fields[step] = ChoiceField(
                label=gettext(domain.question), required=False, empty_label=BLANK, choices=_steps(domain)
            )
            self.fields[words] = TextField(label=_("Dengan kata-kata"), max_length=500, required=False)
            parts.append(Fieldset(str(domain), (step, words)))
        self.layout = ("voice", "rated_on", *parts)  # type: ignore[misc]  # its fields are known only now

    def facts(self) -> dict[str, Any]:
        typed = {name: self.cleaned_data[name] for name in ("id", "voice", "rated_on")}
        return typed | {
            "said": [
                Said(domain, int(step), self.cleaned_data[f"words_{domain.code}"])
                for domain in self.domains
                if (step := self.cleaned_data[f"step_{domain.code}"])
            ]
        }


class CorrectRatingForm(ActForm):
    step = ChoiceField(label=_("Nilai yang benar"))
    words = TextField(label=_("Dengan kata-kata"), max_length=500, required=False)
    reason = LongTextField(label=_("Alasan pembetulan"), max_length=500, rows=2)

    def __init__(self, *args: Any, domain: Domain, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = _steps(domain)  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"step": int(self.cleaned_data["step"])}


class WithdrawForm(ActForm):
    with_id = False
    reason = LongTextField(label=_("Mengapa catatan ini ditarik"), max_length=500, rows=2)
