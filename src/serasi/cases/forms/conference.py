"""The form of a case conference: seats and decisions stand in rows."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from serasi.cases.operations.conference import DecisionMade, Seat
from serasi.common.forms import (
    ActForm,
    BooleanField,
    DateField,
    DateTimeField,
    Fieldset,
    LongTextField,
    ModelChoiceField,
    MultipleChoiceField,
    Row,
    TextField,
)

GUESTS, DECISIONS = 3, 5


class ConferenceForm(ActForm):
    """Staff are ticked, guests are named, up to five decisions; more decisions are given as tasks afterwards."""

    marks_optional = False
    held_at = DateTimeField(label=_("Waktu"), not_after=timezone.now)
    question = LongTextField(label=_("Pokok bahasan"), max_length=2000, rows=2)
    staff = MultipleChoiceField(label=_("Petugas yang hadir"), required=False)
    person_is_there = BooleanField(label=_("Penerima manfaat hadir"), required=False)
    minutes = LongTextField(label=_("Notula"), max_length=8000, rows=8)

    def __init__(self, *args: Any, users: Any, person_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person_name = person_name
        self.people = {str(user.pk): user for user in users}
        self.fields["staff"].choices = [(pk, user.full_name) for pk, user in self.people.items()]  # type: ignore[attr-defined]
        rows: list[Row] = []
        for number in range(1, GUESTS + 1):
            self.fields[f"guest_{number}"] = TextField(
                label=_now("Tamu %(n)d") % {"n": number}, max_length=150, required=False
            )
            self.fields[f"guest_{number}_from"] = TextField(
                label=_("Profesi atau instansi"), max_length=80, required=False
            )
            rows.append(Row(f"guest_{number}", f"guest_{number}_from"))
        decisions: list[str | Row] = []
        for number in range(1, DECISIONS + 1):
            self.fields[f"decision_{number}"] = TextField(
                label=_now("Keputusan %(n)d") % {"n": number}, max_length=300, required=False
            )
            self.fields[f"decision_{number}_owner"] = ModelChoiceField(
                queryset=users, label=_("Penanggung jawab"), required=False
            )
            self.fields[f"decision_{number}_due"] = DateField(label=_("Batas waktu"), required=False, help_text="")
            decisions += [f"decision_{number}", Row(f"decision_{number}_owner", f"decision_{number}_due")]
        self.layout = (  # type: ignore[misc]
            "held_at",
            "question",
            Fieldset(_("Peserta"), ("staff", "person_is_there", *rows)),
            "minutes",
            Fieldset(
                _("Keputusan"),
                decisions,
                hint=_("Setiap keputusan menjadi tugas dengan batas waktu. Baris yang tidak dipakai dibiarkan kosong."),
            ),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(1, DECISIONS + 1):
            parts = [cleaned.get(f"decision_{number}{end}") for end in ("", "_owner", "_due")]
            if any(parts) and not all(parts) and not self._has_error(number):
                self.add_error(
                    f"decision_{number}",
                    ValidationError(
                        _now("Keputusan memerlukan isi, penanggung jawab, dan batas waktu."), code="partial"
                    ),
                )
        if not self.errors and not self.seats:
            self.add_error("staff", ValidationError(_now("Sebutkan paling sedikit satu peserta."), code="nobody"))
        return cleaned

    def _has_error(self, number: int) -> bool:
        return any(f"decision_{number}{end}" in self.errors for end in ("", "_owner", "_due"))

    @property
    def seats(self) -> list[Seat]:
        data = self.cleaned_data
        seats = [Seat(user=self.people[pk]) for pk in data.get("staff", [])]
        if data.get("person_is_there"):
            seats.append(Seat(name=self.person_name, is_the_person=True))
        return seats + [
            Seat(name=data[f"guest_{number}"], profession=data.get(f"guest_{number}_from", ""))
            for number in range(1, GUESTS + 1)
            if data.get(f"guest_{number}")
        ]

    @property
    def decisions(self) -> list[DecisionMade]:
        data = self.cleaned_data
        return [
            DecisionMade(
                data[f"decision_{number}"], data[f"decision_{number}_owner"], _day(data[f"decision_{number}_due"])
            )
            for number in range(1, DECISIONS + 1)
            if data.get(f"decision_{number}")
        ]

    def facts(self) -> dict[str, Any]:
        typed = {name: self.cleaned_data[name] for name in ("id", "held_at", "question", "minutes")}
        return typed | {"seats": self.seats, "decisions": self.decisions}


def _day(value: Any) -> date:
    assert isinstance(value, date)  # noqa: S101 - for the type checker; `clean` refuses a decision without its day
    return value


class MinutesForm(ActForm):
    with_id = False
    with_revision = True
    question = LongTextField(label=_("Pokok bahasan"), max_length=2000, rows=2)
    minutes = LongTextField(label=_("Notula"), max_length=8000, rows=10)
