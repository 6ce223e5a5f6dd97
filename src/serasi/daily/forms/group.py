"""A question about everybody in a ward on one page: an answer for each, a word where one is needed.

Every resident has a group of choices, named by the stay, and a line for a note. What is sent stands by itself: the
moment of the page and an answer for each, so that a phone may keep it and send it later.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.common.forms import ActForm, IntegerField, RadioField
from serasi.common.forms.fields import has_control_characters, tidy
from serasi.daily.enums import ANSWERS, DietKind, Mark, RoundKind
from serasi.daily.models import Diet
from serasi.daily.operations import Exceptional, Found
from serasi.daily.queries import MARK_OF, Resident

LONGEST_NOTE = 200


class MomentField(forms.Field):
    """The moment of which the page speaks, kept in it."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> datetime:
        try:
            found = parse_datetime(str(value or ""))
        except ValueError:
            found = None
        if found is None or timezone.is_naive(found):
            raise ValidationError(_("Halaman ini sudah tidak berlaku. Muat ulang, lalu isi kembali."), code="moment")
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Any
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One resident on the page."""

    resident: Resident
    name: str
    choices: tuple[Choice, ...]
    note_name: str
    note: str
    words: str = ""
    """What stands out about this resident here: why they are away, what they eat."""

    @property
    def is_open(self) -> bool:
        return bool(self.note)


class GroupForm(ActForm):
    """``lines`` are what the page draws; ``said`` what was answered, by stay, of a form that is valid."""

    choices: Sequence[tuple[str, Any]] = ()

    def __init__(self, *args: Any, people: Sequence[Resident], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["taken_at"] = MomentField(initial=at)

    def before(self, _resident: Resident) -> str:
        """What is chosen when the page comes."""
        return ""

    def words(self, _resident: Resident) -> str:
        return ""

    @property
    def moment(self) -> datetime:
        found: datetime = self.cleaned_data["taken_at"]
        return found

    @property
    def lines(self) -> list[Line]:
        return [self._line(one) for one in self.people]

    def _line(self, one: Resident) -> Line:
        name, note_name = _names(one.stay_id)
        chosen = str(self.data.get(name, "")) if self.is_bound else self.before(one)
        note = str(self.data.get(note_name, "")) if self.is_bound else ""
        choices = tuple(Choice(value, label, value == chosen) for value, label in self.choices)
        return Line(one, name, choices, note_name, note, self.words(one))

    @property
    def said(self) -> dict[UUID, tuple[str, str]]:
        found: dict[UUID, tuple[str, str]] = self.cleaned_data["said"]
        return found

    def clean(self) -> dict[str, Any]:
        """Choices that were never offered and notes that do not fit are refused, with whose they are."""
        cleaned = super().clean() or self.cleaned_data
        allowed = {value for value, _label in self.choices}
        said = {}
        for one in self.people:
            name, note_name = _names(one.stay_id)
            chosen, note = str(self.data.get(name, "")), tidy(str(self.data.get(note_name, "")))
            if chosen and chosen not in allowed:
                self.add_error(None, _("Pilihan untuk %s tidak dikenal. Pilih lagi.") % one.shown)
            elif len(note) > LONGEST_NOTE or has_control_characters(note):
                self.add_error(
                    None,
                    _("Keterangan untuk %(who)s paling panjang %(limit)d huruf biasa.")
                    % {"who": one.shown, "limit": LONGEST_NOTE},
                )
            elif chosen or note:
                said[one.stay_id] = (chosen, note)
        cleaned["said"] = said
        return cleaned


def _names(stay_id: UUID) -> tuple[str, str]:
    return f"p-{stay_id.hex}", f"k-{stay_id.hex}"


class RollCallForm(GroupForm):
    """Starts from what the board believes; the heads that were counted are typed."""

    choices = Mark.choices
    counted = IntegerField(
        label=gettext_lazy("Saya menghitung yang hadir"), min_value=0, max_value=9999, unit=gettext_lazy("orang")
    )

    def before(self, resident: Resident) -> str:
        return MARK_OF[resident.state]

    def words(self, resident: Resident) -> str:
        return "" if resident.is_present else str(resident.state.label)

    def facts(self) -> dict[str, Any]:
        return {
            "id": self.record_id,
            "taken_at": self.moment,
            "counted": self.cleaned_data["counted"],
            "marks": {stay: Found(mark, note) for stay, (mark, note) in self.said.items() if mark},
        }


class RoundForm(GroupForm):
    """One answer for all; whoever is different is touched."""

    def __init__(
        self, *args: Any, kind: RoundKind, diets: Callable[[UUID], Iterable[Diet]] = lambda _stay: (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        answers = [(answer.value, answer.label) for answer in ANSWERS[kind]]
        self.choices = [("", gettext_lazy("Sama")), *answers]
        self.kind, self.diets = kind, diets
        self.fields["usual"] = RadioField(
            label=gettext_lazy("Semua, kecuali yang ditandai di bawah"),
            choices=answers,
            initial=answers[0][0],
            inline=True,
        )

    def words(self, resident: Resident) -> str:
        return diet_words(self.diets(resident.stay_id))

    @property
    def lines(self) -> list[Line]:
        """Who eats otherwise stands first at meals."""
        found = super().lines
        return sorted(found, key=lambda line: not line.words) if self.kind.is_meal else found

    def facts(self) -> dict[str, Any]:
        usual = self.cleaned_data["usual"]
        return {
            "id": self.record_id,
            "taken_at": self.moment,
            "kind": self.kind,
            "usual": usual,
            "exceptions": {stay: Exceptional(answer or usual, note) for stay, (answer, note) in self.said.items()},
        }


def diet_words(diets: Iterable[Diet]) -> str:
    """What the kitchen and who hands out the plates read."""
    return ", ".join(
        f"{DietKind(one.kind).label}: {one.words}" if one.words else str(DietKind(one.kind).label) for one in diets
    )
