"""Vital signs: boxes for everybody in a ward, or a form for one; the practice of a unit."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from serasi.common.forms import (
    ActForm,
    BooleanField,
    Fieldset,
    HappenedAtField,
    LongTextField,
    MultipleChoiceField,
    Row,
    TextField,
)
from serasi.common.forms.fields import add_class, has_control_characters, tidy
from serasi.daily.enums import LIMITED, PLAUSIBLE, Measure
from serasi.daily.forms.group import LONGEST_NOTE, MomentField
from serasi.daily.models import VitalSigns, VitalsPractice
from serasi.daily.models.vitals import not_plausible
from serasi.daily.queries import Resident
from serasi.residence.models import Ward

SHORT: Final[Mapping[Measure, Any]] = {
    Measure.TEMPERATURE: pgettext_lazy("tanda vital", "Suhu"),
    Measure.SYSTOLIC: pgettext_lazy("tanda vital", "TD atas"),
    Measure.DIASTOLIC: pgettext_lazy("tanda vital", "TD bawah"),
    Measure.PULSE: pgettext_lazy("tanda vital", "Nadi"),
    Measure.RESPIRATION: pgettext_lazy("tanda vital", "Napas"),
    Measure.SATURATION: pgettext_lazy("tanda vital", "SpO₂"),
    Measure.GLUCOSE: pgettext_lazy("tanda vital", "Gula"),
    Measure.WEIGHT: pgettext_lazy("tanda vital", "Berat"),
    Measure.HEIGHT: pgettext_lazy("tanda vital", "Tinggi"),
}
"""Above the boxes of a ward, where there is little room."""


class MeasureField(forms.Field):
    """A number as it is read from an instrument, with a comma or a point: 36,5."""

    widget = forms.TextInput

    def __init__(self, measure: Measure, **kwargs: Any) -> None:
        self.measure, self.unit = measure, PLAUSIBLE[measure].unit
        kwargs.setdefault("label", measure.label)
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "maxlength": "7"}
        add_class(self, "width-small")

    def prepare_value(self, value: Any) -> Any:
        return shown_number(value) if isinstance(value, Decimal | int) else value

    def to_python(self, value: Any) -> Decimal | None:
        text = tidy(str(value or "")).replace(" ", "").replace(",", ".")
        if not text:
            return None
        plausible = PLAUSIBLE[self.measure]
        decimals = rf"(\.[0-9]{{1,{plausible.places}}}0*)?" if plausible.places else r"(\.0+)?"
        if not re.fullmatch(rf"[0-9]{{1,4}}{decimals}", text):
            example = "36,5" if plausible.places else "120"
            raise ValidationError(
                _("%(label)s harus angka, misalnya %(example)s.") % {"label": self.measure.label, "example": example}
            )
        number = Decimal(text)
        if not plausible.least <= number <= plausible.most:
            raise ValidationError(str(not_plausible(self.measure, plausible)))
        return number


def shown_number(value: Decimal | int) -> str:
    """36,5 and 120: as it is typed."""
    return f"{Decimal(value).normalize():f}".replace(".", ",")


def measured_at_field() -> HappenedAtField:
    return HappenedAtField(
        label=gettext_lazy("Waktu ukur"),
        required=False,
        initial=None,
        help_text=gettext_lazy("Kosongkan bila baru saja diukur."),
    )


@dataclass(frozen=True, slots=True)
class Box:
    """Where one number of one resident is typed."""

    name: str
    measure: Measure
    value: str
    is_wrong: bool

    @property
    def short(self) -> Any:
        return SHORT[self.measure]

    @property
    def unit(self) -> Any:
        return PLAUSIBLE[self.measure].unit


@dataclass(frozen=True, slots=True)
class VitalsLine:
    """One resident on the page of a ward."""

    resident: Resident
    boxes: tuple[Box, ...]
    note_name: str
    note: str
    latest: VitalSigns | None


class WardVitalsForm(ActForm):
    """A box for each measure of each resident; who is not measured is left empty."""

    def __init__(
        self,
        *args: Any,
        people: Sequence[Resident],
        measures: Sequence[Measure],
        latest: Mapping[UUID, VitalSigns],
        at: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.measures, self.latest = people, measures, latest
        self.fields["taken_at"] = MomentField(initial=at)
        self.fields["measured_at"] = measured_at_field()
        self._boxes = {measure: MeasureField(measure) for measure in measures}
        self._wrong: set[str] = set()

    @property
    def lines(self) -> list[VitalsLine]:
        return [self._line(one) for one in self.people]

    def _line(self, one: Resident) -> VitalsLine:
        boxes = tuple(
            Box(name, measure, self._typed(name), name in self._wrong)
            for measure in self.measures
            for name in [f"{measure}-{one.stay_id.hex}"]
        )
        note_name = f"k-{one.stay_id.hex}"
        return VitalsLine(one, boxes, note_name, self._typed(note_name), self.latest.get(one.stay_id))

    def _typed(self, name: str) -> str:
        return str(self.data.get(name, "")) if self.is_bound else ""

    def clean(self) -> dict[str, Any]:
        """Every wrong number is named, with whose it is."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["measured"] = {one.stay_id: found for one in self.people if any(found := self._read(one))}
        return cleaned

    def _read(self, one: Resident) -> tuple[dict[Measure, Decimal], str]:
        values = {}
        for measure, field in self._boxes.items():
            name = f"{measure}-{one.stay_id.hex}"
            try:
                value = field.clean(self._typed(name))
            except ValidationError as wrong:
                self._wrong.add(name)
                self.add_error(None, f"{one.shown}: {wrong.messages[0]}")
                continue
            if value is not None:
                values[measure] = value
        note = tidy(self._typed(f"k-{one.stay_id.hex}"))
        if len(note) > LONGEST_NOTE or has_control_characters(note):
            words = _("Keterangan untuk %(who)s paling panjang %(limit)d huruf biasa.")
            self.add_error(None, words % {"who": one.shown, "limit": LONGEST_NOTE})
        elif note and not values:
            self.add_error(None, _("Isi hasil ukur %s, atau kosongkan keterangannya.") % one.shown)
        return values, note

    @property
    def measured(self) -> dict[UUID, tuple[dict[Measure, Decimal], str]]:
        """What was measured and remarked, by stay, of a form that is valid."""
        found: dict[UUID, tuple[dict[Measure, Decimal], str]] = self.cleaned_data["measured"]
        return found

    def facts(self) -> dict[str, Any]:
        """``measured_at`` is None for what was measured just now."""
        return {"id": self.record_id, "measured": self.measured, "measured_at": self.cleaned_data["measured_at"]}


class VitalsForm(ActForm):
    """The measures of one resident."""

    marks_optional = False

    def __init__(self, *args: Any, measures: Sequence[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures = measures
        for measure in measures:
            self.fields[measure.value] = MeasureField(measure)
        self.fields["remark"] = TextField(label=gettext_lazy("Keterangan"), max_length=200, required=False)
        self.fields["measured_at"] = measured_at_field()

    @property
    def values(self) -> dict[Measure, Decimal]:
        found = {measure: self.cleaned_data[measure.value] for measure in self.measures}
        return {measure: value for measure, value in found.items() if value is not None}

    def facts(self) -> dict[str, Any]:
        """``measured_at`` is None for what was measured just now."""
        typed = self.cleaned_data
        moment = typed["measured_at"]
        return {"id": self.record_id, "values": self.values, "remark": typed["remark"], "measured_at": moment}


class CorrectVitalsForm(VitalsForm):
    """What was typed, to be put right; or taken back, which takes no more than why."""

    is_withdrawn = BooleanField(label=gettext_lazy("Cabut: ini tidak diukur padanya"), required=False)
    why = TextField(label=gettext_lazy("Mengapa dibetulkan"), max_length=200)

    def __init__(self, *args: Any, vital_signs: VitalSigns, measures: Sequence[Measure], **kwargs: Any) -> None:
        typed = {measure.value: value for measure, value in vital_signs.values}
        initial = {**typed, "remark": vital_signs.remark, "measured_at": vital_signs.measured_at}
        self.measured_before = vital_signs.measured_at
        every = [one for one in Measure if one in measures or one.value in typed]
        super().__init__(*args, measures=every, initial=initial, **kwargs)
        moment = self.fields["measured_at"]
        assert isinstance(moment, HappenedAtField)  # noqa: S101 - for the type checker
        moment.known, moment.help_text = (vital_signs.measured_at,), ""
        self.order_fields([*(one.value for one in every), "remark", "measured_at", "is_withdrawn", "why"])

    def facts(self) -> dict[str, Any]:
        why = {"why": self.cleaned_data["why"]}
        if self.cleaned_data["is_withdrawn"]:
            return why
        moment = self.cleaned_data["measured_at"] or self.measured_before
        return {**super().facts(), "measured_at": moment, **why}


class ResponseForm(ActForm):
    words = LongTextField(
        label=gettext_lazy("Yang dilakukan"),
        max_length=500,
        rows=4,
        help_text=gettext_lazy("Misalnya diukur ulang, diantar ke puskesmas, keluarga dihubungi; sebut jam dan siapa."),
    )


class VitalsPracticeForm(ActForm):
    """Which signs a unit takes, in which wards, and its limits. Pressure is chosen as one."""

    with_revision = True
    marks_optional = False
    layout: ClassVar = (
        "measures",
        "wards",
        *(Fieldset(one.label, [Row(f"{one}_low", f"{one}_high")]) for one in LIMITED),
    )

    def __init__(self, data: QueryDict | None, *, practice: VitalsPractice, wards: Sequence[Ward]) -> None:
        self.wards = wards
        chosen = [one for one in practice.measures if one != Measure.DIASTOLIC]
        initial: dict[str, Any] = {"measures": chosen}
        initial["wards"] = [str(one.pk) for one in wards if one.pk not in practice.not_in]
        initial |= {name: getattr(practice, name) for name in limit_names()}
        initial["revision"] = 0 if practice._state.adding else practice.revision
        super().__init__(data, initial=initial)
        words = {Measure.SYSTOLIC: gettext_lazy("Tekanan darah")}
        self.fields["measures"] = MultipleChoiceField(
            label=gettext_lazy("Yang diukur di unit ini"),
            choices=[(one.value, words.get(one, one.label)) for one in Measure if one != Measure.DIASTOLIC],
            required=False,
            help_text=gettext_lazy("Kosongkan semua bila unit ini tidak mengukur."),
        )
        self.fields["wards"] = MultipleChoiceField(
            label=gettext_lazy("Wisma yang mengukur"),
            choices=[(str(one.pk), one.name) for one in wards],
            required=False,
        )
        for one in LIMITED:
            self.fields[f"{one}_low"] = MeasureField(one, label=gettext_lazy("Periksa bila di bawah"))
            self.fields[f"{one}_high"] = MeasureField(one, label=gettext_lazy("Periksa bila di atas"))

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        chosen = set(typed["measures"]) | ({Measure.DIASTOLIC} if Measure.SYSTOLIC in typed["measures"] else set())
        return {
            "id": self.record_id,
            "measures": [one.value for one in Measure if one in chosen],
            "not_in": [one.pk for one in self.wards if str(one.pk) not in typed["wards"]],
            "limits": {name: typed[name] for name in limit_names()},
            "revision": self.revision,
        }


def limit_names() -> list[str]:
    return [f"{one}_{side}" for one in LIMITED for side in ("low", "high")]
