"""The forms of the way: up, back, decided; what changes for some days; where someone stands in each domain."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import (
    ActForm,
    BooleanField,
    ChoiceField,
    DateField,
    Fieldset,
    LongTextField,
    RadioField,
    Row,
    RupiahField,
    TextField,
    TimeField,
)
from serasi.cycles.enums import Voice
from serasi.cycles.models import Domain
from serasi.cycles.operations import Said
from serasi.foyer.enums import Decision, Guests, Outing, Phone, Right
from serasi.foyer.models import Phase
from serasi.foyer.operations import Seen

_OWN_WORDS = _("Dengan kata-katanya sendiri.")


class UpForm(ActForm):
    """One question for each thing asked for: met or not, how it was seen, by whom."""

    youth_words = LongTextField(label=_("Kata anak muda"), max_length=2000, rows=3, help_text=_OWN_WORDS)
    coach_words = LongTextField(label=_("Pertimbangan pembimbing"), max_length=2000, rows=3, required=False)
    is_exception = BooleanField(
        label=_("Ajukan sebagai pengecualian"),
        required=False,
        help_text=_("Hanya bila belum lengkap. Kepala unit memutuskan dan menulis alasannya."),
    )

    def __init__(self, *args: Any, phase: Phase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(phase.evidence)
        asked: list[Any] = []
        shown: dict[str, str] = {}
        for number, item in enumerate(phase.evidence, start=1):
            words = gettext(item)
            self.fields[f"met_{number}"] = RadioField(
                label=_("Terpenuhi?"), choices=[("yes", _("Ya")), ("no", _("Belum"))], inline=True, initial="no"
            )
            self.fields[f"how_{number}"] = TextField(label=_("Bagaimana terlihat"), max_length=300, required=False)
            self.fields[f"seen_by_{number}"] = TextField(label=_("Disaksikan"), max_length=150, required=False)
            # How and by whom is asked once it is met.
            shown |= {f"{name}_{number}": f"met_{number}=yes" for name in ("how", "seen_by")}
            asked.append(Fieldset(f"{number}. {words}", [f"met_{number}", f"how_{number}", f"seen_by_{number}"]))
        self.shown_when = shown  # type: ignore[misc]  # as the layout
        self.layout = [*asked, "youth_words", "coach_words", "is_exception"]  # type: ignore[misc]  # its questions depend on the record

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        names = ("id", "youth_words", "coach_words", "is_exception")
        return {name: typed[name] for name in names} | {
            "evidence": [
                Seen(typed[f"met_{number}"] == "yes", typed[f"how_{number}"], typed[f"seen_by_{number}"])
                for number in range(1, self.count + 1)
            ]
        }


class BackForm(ActForm):
    layout: ClassVar[Any] = ("to_phase", "reason", "way_back", "way_back_date", "youth_words")
    to_phase = ChoiceField(label=_("Kembali ke fase"))
    reason = TextField(label=_("Alasan mundur"), max_length=500)
    way_back = LongTextField(
        label=_("Jalan kembali"), max_length=500, rows=3, help_text=_("Apa yang membawanya naik kembali.")
    )
    way_back_date = DateField(label=_("Ditinjau tanggal"))
    youth_words = LongTextField(label=_("Kata anak muda"), max_length=2000, rows=3, help_text=_OWN_WORDS)

    def __init__(self, *args: Any, phases: Sequence[Phase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phases = {str(one.pk): one for one in phases}
        choices = [(key, str(one)) for key, one in reversed(self.phases.items())]
        self.fields["to_phase"].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {"to_phase": self.phases[typed["to_phase"]]}


class DecisionForm(ActForm):
    with_id = False
    decision = RadioField(label=_("Keputusan"), choices=Decision.choices)
    note = LongTextField(label=_("Catatan"), max_length=500, rows=3, required=False)


class AllowanceForm(ActForm):
    layout: ClassVar[Any] = (
        "right", "outing", "until", Row("phone", "phone_hours"), "amount", "guests", Row("first_date", "latest_date"),
        "reason",
    )  # fmt: skip
    shown_when: ClassVar = {
        "outing": f"right={Right.OUTING.value}",
        "until": f"right={Right.CURFEW.value}",
        "amount": f"right={Right.MONEY.value}",
        "guests": f"right={Right.GUESTS.value}",
    }
    right = RadioField(label=_("Apa yang berubah"), choices=Right.choices)
    outing = ChoiceField(label=_("Keluar rumah"), choices=Outing.choices, required=False)
    until = TimeField(label=_("Pulang paling lambat"), required=False)
    phone = ChoiceField(label=_("Telepon"), choices=Phone.choices, required=False)
    phone_hours = TextField(label=_("Jam telepon"), max_length=60, required=False)
    amount = RupiahField(label=_("Uang saku seminggu"), required=False, max_value=100_000_000)
    guests = ChoiceField(label=_("Tamu"), choices=Guests.choices, required=False)
    first_date = DateField(label=_("Hari pertama"))
    latest_date = DateField(label=_("Hari terakhir"), help_text=_("Paling lama 14 hari."))
    reason = TextField(label=_("Alasan"), max_length=300)


class WithdrawForm(ActForm):
    with_id = False
    reason = TextField(label=_("Mengapa dicabut"), max_length=300)


class RatingForm(ActForm):
    """Every domain once: a step from 1 to 5 and, if wanted, words. ``voices`` is empty for who speaks for themself."""

    def __init__(self, *args: Any, domains: Iterable[Domain], voices: Sequence[Voice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.domains = {one.code: one for one in domains}
        layout: list[Any] = []
        if voices:
            self.fields["voice"] = RadioField(
                label=_("Kata siapa"), choices=[(one.value, one.label) for one in voices], inline=True
            )
            layout.append("voice")
        for code, domain in self.domains.items():
            choices = [("", _("Belum dinilai")), *((str(n), f"{n} – {domain.anchor(n)}") for n in range(1, 6))]
            self.fields[f"step_{code}"] = forms.ChoiceField(
                label=_("Nilai"), choices=choices, required=False, widget=forms.Select(attrs={"class": "form-select"})
            )
            self.fields[f"words_{code}"] = TextField(label=_("Kata-katanya"), max_length=500, required=False)
            layout.append(Fieldset(str(domain), [f"step_{code}", f"words_{code}"], hint=gettext(domain.question)))
        self.layout = layout  # type: ignore[misc]  # its questions depend on the record

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        said = [
            Said(domain, int(typed[f"step_{code}"]), typed[f"words_{code}"])
            for code, domain in self.domains.items()
            if typed[f"step_{code}"]
        ]
        return {"id": typed["id"], "said": said} | ({"voice": typed["voice"]} if "voice" in typed else {})
