"""A part of a form as an ordinary page of questions, for browsers without script. What it cannot show it names."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from serasi.assessments.operations import Typed
from serasi.assessments.queries.places import Offered
from serasi.common.forms import (
    BooleanField,
    ChoiceField,
    DateField,
    IntegerField,
    LongTextField,
    MultipleChoiceField,
    RadioField,
    SerasiForm,
    TextField,
)
from serasi.common.identifiers import uuid7
from serasi.xforms.files import NamedFile
from serasi.xforms.form import Form
from serasi.xforms.parts import Control, ControlKind, Itemset, Part, Repeat
from serasi.xforms.xpath import DataType

LONG = 200
"""Characters from which an answer gets a box of several lines."""


class NumberField(TextField):
    """A number as people write it here, with a comma."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "").strip().replace(",", ".")
        try:
            return text and f"{Decimal(text):f}"
        except InvalidOperation:
            raise ValidationError(_("Tulis angka, misalnya 36,5."), code="number") from None


class PartForm(SerasiForm):
    """The questions of one outermost part that are asked at present, each with what stood there when it was drawn."""

    with_id: ClassVar[bool] = False
    marks_optional: ClassVar[bool] = False

    def __init__(
        self,
        *args: Any,
        form: Form,
        body: tuple[Part, ...],
        answers: Mapping[str, str],
        irrelevant: frozenset[str],
        language: str,
        places: Mapping[str, Offered],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._places = places
        self._form, self._language, self._irrelevant = form, language, irrelevant
        self.left_out: list[str] = []
        """Labels of what only a page with script shows."""
        self.beside: list[tuple[str, NamedFile]] = []
        """Pictures and sounds beside questions and choices, each with the words it stands beside."""
        self.asked: dict[str, Control] = {}
        self._ask(body, answers)

    def _ask(self, body: tuple[Part, ...], answers: Mapping[str, str]) -> None:
        for part in body:
            if part.path in self._irrelevant:
                continue
            if isinstance(part, Repeat):
                self.left_out.append(part.label.said(self._language) or part.path.rpartition("/")[2])
            elif not isinstance(part, Control):
                self._ask(part.body, answers)
            elif not self._form.fields[part.path].readonly:
                self._ask_one(part, answers.get(part.path, self._form.fields[part.path].default))

    def _ask_one(self, control: Control, value: str) -> None:
        field = self._field(control)
        label = control.label.said(self._language) or control.path.rpartition("/")[2]
        if field is None:
            self.left_out.append(label)
            return
        choices = [one.label for one in self._form.choices(control.path)]
        for words in (control.label, *choices):
            self.beside += [(words.said(self._language), file) for file in words.files(self._language)]
        name = f"q{len(self.asked)}"
        is_required = self._form.fields[control.path].required is not None
        field.label = f"{label} {_('(wajib)')}" if is_required else label
        field.help_text = control.hint.said(self._language)
        field.required = False
        field.initial = value.split() if isinstance(field, MultipleChoiceField) else _initial(field, value)
        self.fields[name] = field
        self.fields[f"{name}_before"] = django_forms.CharField(
            required=False, initial=value, widget=django_forms.HiddenInput, strip=False
        )
        self.asked[name] = control

    def _field(self, control: Control) -> django_forms.Field | None:
        match control.kind:
            case ControlKind.SELECT_ONE | ControlKind.SELECT:
                return self._select(control)
            case ControlKind.TRIGGER:
                return BooleanField()
            case ControlKind.RANGE:
                return NumberField(max_length=30)
            case ControlKind.INPUT:
                return self._input(control)
            case _:
                return None

    def _select(self, control: Control) -> django_forms.Field | None:
        is_one = control.kind is ControlKind.SELECT_ONE
        if is_one and control.path in self._places:
            return ChoiceField(choices=self._places[control.path], empty_label=_("Tidak dijawab"))
        if _is_from_outside(control, self._form):
            return None
        choices = [(one.value, one.label.said(self._language) or one.value) for one in self._form.choices(control.path)]
        return (
            RadioField(choices=[("", _("Tidak dijawab")), *choices]) if is_one else MultipleChoiceField(choices=choices)
        )

    def _input(self, control: Control) -> django_forms.Field | None:
        match self._form.fields[control.path].type:
            case DataType.INT:
                return IntegerField()
            case DataType.DECIMAL:
                return NumberField(max_length=30)
            case DataType.DATE:
                return DateField()
            case DataType.STRING | DataType.BARCODE:
                is_long = "multiline" in control.appearance
                return LongTextField(max_length=20_000) if is_long else TextField(max_length=2_000)
            case _:
                return None

    def typed(self) -> list[Typed]:
        """What was answered otherwise than it stood."""
        found = []
        for name, control in self.asked.items():
            value, before = _text(self.cleaned_data.get(name)), self.cleaned_data.get(f"{name}_before") or ""
            if value != before:
                found.append(Typed(uuid7(), control.path, before, value))
        return found


def _is_from_outside(control: Control, form: Form) -> bool:
    """Whether its choices are in a file that this page does not have."""
    names = control.choices.lists if isinstance(control.choices, Itemset) else ()
    return any(form.secondary[name].document is None for name in names if name in form.secondary)


def _initial(field: django_forms.Field, value: str) -> Any:
    if isinstance(field, BooleanField):
        return value == "OK"
    if isinstance(field, DateField):
        with suppress(ValueError):
            return date.fromisoformat(value[:10])
    return value


def _text(value: Any) -> str:
    """An answer as it stands in an instance."""
    if value is True:
        return "OK"
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value in (None, False) else str(value)
