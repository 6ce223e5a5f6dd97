"""The round of medicine, and copying what was ordered."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.common.forms import ActForm, ChoiceField, DateField, HappenedAtField, Row, TextField
from serasi.common.forms.fields import has_control_characters, tidy
from serasi.daily.enums import Outcome
from serasi.daily.forms.group import LONGEST_NOTE, Choice
from serasi.daily.models import Prescription
from serasi.daily.operations import Answered
from serasi.daily.queries import DueDose, Resident

_KEY = re.compile(r"([0-9a-f]{32})-([0-9]{9,11})")
_TIME = re.compile(r"([01]?[0-9]|2[0-3])(?:[.:]([0-5][0-9]))?")


@dataclass(frozen=True, slots=True)
class DoseLine:
    """One dose on the page."""

    key: str
    prescription: Prescription
    due_at: datetime
    resident: Resident | None
    is_late: bool
    choices: tuple[Choice, ...]
    reason: str

    @property
    def shown(self) -> str:
        return self.resident.shown if self.resident else f"#{self.prescription.stay.tag}"


class DosesForm(ActForm):
    """Doses that are due, each with an answer; or all given but those that were marked.

    What is sent names every dose that stood on the page, so that it means the same whenever it arrives.
    """

    def __init__(
        self, *args: Any, due: Sequence[DueDose], here: Mapping[UUID, Resident], at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.due, self.here, self.at = due, here, at

    @property
    def lines(self) -> list[DoseLine]:
        return [self._line(one) for one in self.due]

    def _line(self, one: DueDose) -> DoseLine:
        chosen = str(self.data.get(f"o-{one.key}", "")) if self.is_bound else ""
        return DoseLine(
            one.key,
            one.prescription,
            one.due_at,
            self.here.get(one.prescription.stay_id),
            (self.at - one.due_at).total_seconds() > 3600,
            tuple(Choice(value, label, value == chosen) for value, label in Outcome.choices),
            str(self.data.get(f"k-{one.key}", "")) if self.is_bound else "",
        )

    @property
    def asked(self) -> dict[str, tuple[UUID, datetime]]:
        """The doses that stood on the page that was sent: prescription and moment, by key."""
        found = {}
        for key in self.data.getlist("obat") if self.is_bound else ():  # type: ignore[attr-defined]
            if parts := _KEY.fullmatch(str(key)):
                found[str(key)] = (UUID(parts[1]), datetime.fromtimestamp(int(parts[2]), UTC))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        rest = Outcome.GIVEN if self.data.get("sisanya") == "given" else None
        said = {}
        for key in self.asked:
            outcome, reason = str(self.data.get(f"o-{key}", "")) or rest, tidy(str(self.data.get(f"k-{key}", "")))
            if outcome is None:
                continue
            if outcome not in Outcome.values or len(reason) > LONGEST_NOTE or has_control_characters(reason):
                self.add_error(None, _("Pilih hasilnya dari daftar; alasan paling panjang %d huruf.") % LONGEST_NOTE)
                break
            said[key] = (str(outcome), reason)
        cleaned["said"] = said
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What was said of each dose is in `answers`: the prescriptions are the view's to find."""
        return {"id": self.record_id}

    def answers(self, known: Mapping[UUID, Prescription]) -> list[Answered]:
        """As the operation takes them; ``known`` are the prescriptions this user may read."""
        asked = self.asked
        return [
            Answered(known[asked[key][0]], asked[key][1], outcome, reason)
            for key, (outcome, reason) in self.cleaned_data["said"].items()
            if asked[key][0] in known
        ]


class TimesField(TextField):
    """Hours of a day: 7, 13.30, 21."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = []
        for part in re.split(r"[,;\s]+", text.strip()) if text.strip() else ():
            parts = _TIME.fullmatch(part)
            if parts is None:
                raise ValidationError(_("Tulis jam pemberian seperti 7, 13.30, 21. “%s” bukan jam.") % part)
            found.append(time(int(parts[1]), int(parts[2] or 0)))
        if len(found) > 12:
            raise ValidationError(_("Paling banyak 12 kali sehari."))
        return found


class PrescriptionForm(ActForm):
    """An order copied from paper."""

    layout: ClassVar = (
        "stay",
        Row("drug", "strength"),
        Row("dose", "route"),
        "times",
        Row("starts", "ends"),
        Row("prescriber", "paper"),
    )
    drug = TextField(label=gettext_lazy("Nama obat"), max_length=120)
    strength = TextField(
        label=gettext_lazy("Kekuatan"), max_length=60, required=False, help_text=gettext_lazy("Misalnya 500 mg.")
    )
    dose = TextField(
        label=gettext_lazy("Takaran sekali minum"), max_length=60, help_text=gettext_lazy("Misalnya 1 tablet.")
    )
    route = TextField(
        label=gettext_lazy("Cara pemberian"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Misalnya diminum sesudah makan."),
    )
    times = TimesField(
        label=gettext_lazy("Jam pemberian"),
        required=False,
        help_text=gettext_lazy("Misalnya 7, 13, 19. Kosongkan bila obat diberikan hanya bila perlu."),
    )
    starts = DateField(label=gettext_lazy("Mulai"), initial=timezone.localdate)
    ends = DateField(label=gettext_lazy("Hari terakhir"), required=False, help_text="")
    prescriber = TextField(label=gettext_lazy("Diresepkan oleh"), max_length=120)
    paper = TextField(label=gettext_lazy("Surat atau nomor resep"), max_length=120, required=False)

    def __init__(self, *args: Any, people: Sequence[Resident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stay"] = stay_field(people)
        self.order_fields(["stay"])


class EndPrescriptionForm(ActForm):
    with_id = False
    with_revision = True
    latest = DateField(label=gettext_lazy("Hari terakhir diberikan"), initial=timezone.localdate)
    reason = TextField(label=gettext_lazy("Alasan, dan siapa yang memutuskan"), max_length=200)


class WhenNeededForm(ActForm):
    reason = TextField(label=gettext_lazy("Mengapa diperlukan"), max_length=200)
    happened_at = HappenedAtField(
        label=gettext_lazy("Waktu diberikan"),
        required=False,
        initial=None,
        help_text=gettext_lazy("Kosongkan bila baru saja diberikan."),
    )


def stay_field(people: Sequence[Resident]) -> ChoiceField:
    """One of the residents this reader may know."""
    choices = [(str(one.stay_id), f"{one.shown} (#{one.tag})") for one in people if one.is_known]
    return ChoiceField(label=gettext_lazy("Penghuni"), choices=choices)
