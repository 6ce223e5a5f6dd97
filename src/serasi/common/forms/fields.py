"""Fields of text, numbers, choices. Each says what is wrong in a sentence that names the field and the way out.

A required field without a message of its own says "Isi {label}." or "Pilih {label}."; the form base fills in the label.
"""

import re
import unicodedata
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from serasi.common.telephones import telephone_of

Words = str | Promise
CHOOSE = gettext_lazy("Pilih…")

_LINE_BREAKS = re.compile(r"\r\n?|\u2028|\u2029|\u0085")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def tidy(text: str, *, lines: bool = False) -> str:
    """Text as it is kept: composed (NFC), without invisible marks, spaces at the ends, doubled spaces in one line."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", _LINE_BREAKS.sub("\n", text)))
    if lines:
        return "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return " ".join(text.split())


def has_control_characters(text: str, *, lines: bool = False) -> bool:
    allowed = "\n\t" if lines else ""
    return any(unicodedata.category(c) in {"Cc", "Cs"} and c not in allowed for c in text)


class _Text(forms.CharField):
    """What the fields of text share: tidy, then refuse what a database or a printed page cannot hold."""

    lines = False

    def __init__(self, *, max_length: int | None = None, min_length: int | None = None, **kwargs: Any) -> None:
        # Lengths are checked here, in code points after composing, with a message that counts.
        self.longest, self.shortest = max_length, min_length
        kwargs.setdefault("strip", False)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        text = _LINE_BREAKS.sub("\n", str(value)) if self.lines else str(value).strip()
        if has_control_characters(text, lines=self.lines):
            raise ValidationError(
                _("“%(label)s” memuat karakter yang tidak dapat disimpan. Hapus, lalu ketik ulang bagian itu.")
                % {"label": label_of(self)},
                code="control",
            )
        return tidy(text, lines=self.lines)

    def validate(self, value: str) -> None:
        super().validate(value)
        length = len(value)
        if self.longest is not None and length > self.longest:
            raise ValidationError(
                ngettext(
                    "“%(label)s” paling panjang %(limit)d huruf; sekarang %(length)d. Ringkaslah.",
                    "“%(label)s” paling panjang %(limit)d huruf; sekarang %(length)d. Ringkaslah.",
                    self.longest,
                )
                % {"label": label_of(self), "limit": self.longest, "length": length},
                code="too_long",
            )
        if value and self.shortest is not None and length < self.shortest:
            raise ValidationError(
                ngettext(
                    "“%(label)s” paling sedikit %(limit)d huruf; sekarang %(length)d.",
                    "“%(label)s” paling sedikit %(limit)d huruf; sekarang %(length)d.",
                    self.shortest,
                )
                % {"label": label_of(self), "limit": self.shortest, "length": length},
                code="too_short",
            )


def label_of(field: forms.Field) -> str:
    return str(field.label or _("Isian ini"))


class TextField(_Text):
    """One line of text."""

    def __init__(self, *, max_length: int | None = 200, width: str = "", **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        if width:
            add_class(self, f"width-{width}")


class LongTextField(_Text):
    """Several lines of text; line breaks stay."""

    lines = True
    widget = forms.Textarea

    def __init__(self, *, max_length: int | None = 20_000, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("rows", rows)


def add_class(field: forms.Field, name: str) -> None:
    attrs = widget_of(field).attrs
    attrs["class"] = f"{attrs.get('class', '')} {name}".strip()


def widget_of(field: forms.Field) -> forms.Widget:
    """The widget of a field that was made; before that it may be a class."""
    assert isinstance(field.widget, forms.Widget)  # noqa: S101 - for the type checker
    return field.widget


class IntegerField(forms.IntegerField):
    """A whole number typed with or without dots between thousands."""

    widget = forms.TextInput

    def __init__(self, *, unit: Words = "", **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(**kwargs)
        self.localize = False
        self.widget.attrs.setdefault("inputmode", "numeric")
        self.widget.attrs.setdefault("autocomplete", "off")
        add_class(self, "width-small")

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        text = tidy(str(value)).replace(" ", "").replace("−", "-")
        if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3})+", text):
            text = text.replace(".", "")
        if not re.fullmatch(r"-?[0-9]{1,18}", text):
            raise ValidationError(
                _("“%(label)s” harus angka bulat, misalnya 12.") % {"label": label_of(self)}, code="invalid"
            )
        return int(text)

    def run_validators(self, value: Any) -> None:
        if value not in self.empty_values:
            if self.max_value is not None and value > self.max_value:
                raise ValidationError(
                    _("“%(label)s” paling besar %(limit)s.") % {"label": label_of(self), "limit": self.max_value}
                )
            if self.min_value is not None and value < self.min_value:
                raise ValidationError(
                    _("“%(label)s” paling kecil %(limit)s.") % {"label": label_of(self), "limit": self.min_value}
                )
        super().run_validators(value)


class RupiahField(forms.Field):
    """An amount in whole rupiah, as people write it: 1250000, 1.250.000, Rp1.250.000, Rp 1.250.000,00."""

    widget = forms.TextInput
    before = "Rp"

    def __init__(self, *, min_value: int | None = 0, max_value: int = 10**15, **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "numeric")
        self.widget.attrs.setdefault("autocomplete", "off")
        add_class(self, "width-money")

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        text = re.sub(r"^(-?)\s*rp\.?", r"\1", tidy(str(value)).replace("−", "-"), flags=re.IGNORECASE).replace(" ", "")
        text = re.sub(r"(,00|,-)$", "", text)
        if re.search(r",[0-9]{1,2}$", text):
            raise ValidationError(
                _("Tulis “%(label)s” dalam rupiah penuh, tanpa sen.") % {"label": label_of(self)}, code="cents"
            )
        if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3})+", text):
            text = text.replace(".", "")
        if not re.fullmatch(r"-?[0-9]{1,18}", text):
            raise ValidationError(
                _("Tulis “%(label)s” dengan angka, misalnya 1.250.000.") % {"label": label_of(self)}, code="invalid"
            )
        return int(text)

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            raise ValidationError(
                _("“%(label)s” paling kecil %(limit)s.")
                % {"label": label_of(self), "limit": f"Rp{self.min_value:,}".replace(",", ".")},
                code="too_small",
            )
        if value > self.max_value:
            raise ValidationError(
                _("“%(label)s” paling besar %(limit)s.")
                % {"label": label_of(self), "limit": f"Rp{self.max_value:,}".replace(",", ".")},
                code="too_large",
            )


class PhoneField(forms.Field):
    """A telephone number, kept as `telephone_of` says."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name, value in (("type", "tel"), ("inputmode", "tel"), ("autocomplete", "off")):
            self.widget.attrs.setdefault(name, value)
        add_class(self, "width-medium")

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.startswith("+62"):
            return value
        try:
            number = phonenumbers.parse(value, None)
        except phonenumbers.NumberParseException:
            return value
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        number = telephone_of(tidy(str(value)))
        if not number:
            raise self._wrong()
        return number

    def _wrong(self) -> ValidationError:
        return ValidationError(
            _("Periksa “%(label)s”. Tulis lengkap, misalnya 0812 3456 7890 atau (021) 555 1234.")
            % {"label": label_of(self)},
            code="invalid",
        )


class ChoiceField(forms.ChoiceField):
    """One of a list; the first line is empty, so that nobody chooses by not choosing."""

    default_error_messages = {"invalid_choice": gettext_lazy("Pilih salah satu dari daftar.")}

    def __init__(self, *, choices: Any = (), empty_label: Words | None = CHOOSE, **kwargs: Any) -> None:
        if empty_label is not None and not callable(choices):
            choices = [("", empty_label), *choices]
        super().__init__(choices=choices, **kwargs)


class Radios(forms.RadioSelect):
    inline = False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["inline"] = self.inline
        return context


class Checkboxes(forms.CheckboxSelectMultiple):
    inline = False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["inline"] = self.inline
        return context


class RadioField(forms.ChoiceField):
    """One of a few, all in sight."""

    widget = Radios
    default_error_messages = {"invalid_choice": gettext_lazy("Pilih salah satu dari daftar.")}

    def __init__(self, *, inline: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.inline = inline


class MultipleChoiceField(forms.MultipleChoiceField):
    """Any of a few, all in sight."""

    widget = Checkboxes
    default_error_messages = {
        "invalid_choice": gettext_lazy("Pilih dari daftar saja."),
        "invalid_list": gettext_lazy("Pilih dari daftar saja."),
    }

    def __init__(self, *, inline: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.inline = inline


class ModelChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One record of those the reader may reach: give a queryset that went through `visible_to`."""

    default_error_messages = {"invalid_choice": gettext_lazy("Pilih salah satu dari daftar.")}

    def __init__(self, queryset: QuerySet[Model] | None, *, empty_label: Any = CHOOSE, **kwargs: Any) -> None:
        super().__init__(queryset, empty_label=empty_label, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and "\x00" in value:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class BooleanField(forms.BooleanField):
    """One box to tick. Required means: it must be ticked; give the sentence for when it is not."""


class SearchInput(forms.TextInput):
    template_name = "common/forms/search.html"


class SearchField(TextField):
    """Words that narrow what another field of the same form offers.

    Its button sends the form as it stands, with `name` and `_cari`: the view shows the form again, narrowed, and writes
    nothing. With script, `narrows` (the id of what is drawn anew) changes as one types.
    """

    widget = SearchInput

    def __init__(self, *, narrows: str = "", **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "type": "search"}
        if narrows:
            self.widget.attrs |= {
                "hx-post": "",
                "hx-trigger": "input changed delay:300ms",
                "hx-include": "closest form",
                "hx-target": f"#{narrows}",
                "hx-swap": "outerHTML",
            }


class RegionField(TextField):
    """A place, typed with suggestions: `RegionField(suggestions="/wilayah/saran/")`.

    The address gets `?name=<this field>&<this field>=<what is typed>` and answers with the <option>s of a <datalist>;
    without script the text is matched when it is sent.
    Give `resolve(text)` in a subclass to turn what was typed into a region; it raises ValidationError when it cannot.
    """

    def __init__(self, *, suggestions: Words = "", **kwargs: Any) -> None:
        self.suggestions = suggestions
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def resolve(self, text: str) -> Any:
        return text

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.resolve(text) if text else None
