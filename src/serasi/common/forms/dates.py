"""Days, moments and ages as people type them. Never month first: Django's Indonesian formats would take 03/25/2026."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.common.forms.fields import add_class, label_of, tidy
from serasi.common.periods import AgeEstimate, add_months

MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
_SHORT_MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "pebruari": 2, "mar": 3, "mrt": 3, "apr": 4, "jun": 6, "jul": 7,
    "agu": 8, "ags": 8, "agt": 8, "agus": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11, "nop": 11, "nopember": 11,
    "des": 12,
}  # fmt: skip
_MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, start=1)} | _SHORT_MONTHS
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4})")
_IN_WORDS = re.compile(r"([0-9]{1,2})[ \-]([a-z]+)\.?[ \-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
EARLIEST = date(1880, 1, 1)


class DateField(forms.Field):
    """A day in one box: 31/12/2026, 31-12-2026, 31.12.2026, 31 12 2026, 31 Desember 2026, 2026-12-31.

    `not_after` and `not_before` are days, or functions that give one (`timezone.localdate` for "not in the future").
    """

    widget = forms.TextInput

    def __init__(self, *, not_before: Any = EARLIEST, not_after: Any = None, **kwargs: Any) -> None:
        self.not_before, self.not_after = not_before, not_after
        kwargs.setdefault("help_text", gettext_lazy("Misalnya 31/12/2026"))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "text")
        self.widget.attrs.setdefault("autocomplete", "off")
        self.widget.attrs.setdefault("maxlength", 30)
        add_class(self, "width-day")

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
        return f"{value:%d/%m}/{value.year:04d}" if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        typed = tidy(str(value))
        day, month, year = self._parts(typed)
        try:
            return date(year, month, day)
        except ValueError as error:
            if month > 12:
                raise ValidationError(
                    _("Bulan ke-%(month)d tidak ada. Tulis hari dulu, lalu bulan: “%(label)s” misalnya 31/12/2026.")
                    % {"month": month, "label": label_of(self)},
                    code="no_such_month",
                ) from error
            raise ValidationError(
                _("Tanggal %(typed)s tidak ada di kalender.") % {"typed": typed}, code="no_such_day"
            ) from error

    def _parts(self, typed: str) -> tuple[int, int, int]:
        text = typed.lower().replace(",", " ")
        text = re.sub(r"\s*([/.\-])\s*", r"\1", tidy(text)) if not re.search("[a-z]", text) else tidy(text)
        if found := _DAY_FIRST.fullmatch(text):
            return int(found[1]), int(found[2]), int(found[3])
        if found := _YEAR_FIRST.fullmatch(text):
            return int(found[3]), int(found[2]), int(found[1])
        if (found := _IN_WORDS.fullmatch(text)) and found[2] in _MONTH_NUMBERS:
            return int(found[1]), _MONTH_NUMBERS[found[2]], int(found[3])
        if re.fullmatch(r"[0-9]{1,2}[/.\- ][0-9]{1,2}[/.\- ][0-9]{2}", text):
            raise ValidationError(
                _("Tulis tahun “%(label)s” dengan empat angka, misalnya 31/12/2026.") % {"label": label_of(self)},
                code="short_year",
            )
        raise ValidationError(
            _("Tulis “%(label)s” sebagai hari/bulan/tahun, misalnya 31/12/2026.") % {"label": label_of(self)},
            code="invalid",
        )

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        first = self.not_before() if callable(self.not_before) else self.not_before
        last = self.not_after() if callable(self.not_after) else self.not_after
        if last is not None and value > last:
            raise ValidationError(
                _("“%(label)s” paling lambat %(day)s.") % {"label": label_of(self), "day": self.prepare_value(last)},
                code="too_late",
            )
        if first is not None and value < first:
            raise ValidationError(
                _("“%(label)s” paling awal %(day)s. Periksa tahunnya.")
                % {"label": label_of(self), "day": self.prepare_value(first)},
                code="too_early",
            )


class TimeField(forms.Field):
    """A time of day: 9.05, 09:05, 0905, 9."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "text")
        self.widget.attrs.setdefault("autocomplete", "off")
        self.widget.attrs.setdefault("maxlength", 12)
        add_class(self, "width-time")

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H.%M}" if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        text = re.sub(r"\s*(wib|wita|wit)$", "", tidy(str(value)).lower())
        found = re.fullmatch(r"([0-9]{1,2})(?:[.: ]?([0-9]{2}))?", text)
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValidationError(
                _("Tulis “%(label)s” dari 00.00 sampai 23.59, misalnya 09.05.") % {"label": label_of(self)},
                code="invalid",
            )
        return time(int(found[1]), int(found[2] or 0))


class DateTimeWidget(forms.MultiWidget):
    """Two boxes, the day and the time, with the letters of the zone they are meant in."""

    template_name = "common/forms/datetime.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        day = forms.TextInput({"class": "form-control width-day", "autocomplete": "off", "maxlength": 30})
        hour = forms.TextInput({"class": "form-control width-time", "autocomplete": "off", "maxlength": 12})
        super().__init__({"day": day, "time": hour}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, datetime):
            return [None, None]
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return [f"{local:%d/%m}/{local.year:04d}", f"{local:%H.%M}"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["zone"] = timezone.localtime(timezone.now()).tzname() or ""
        return context


class DateTimeField(forms.MultiValueField):
    """A moment: a day and a time in the institution's zone."""

    widget = DateTimeWidget

    def __init__(self, *, not_before: Any = EARLIEST, not_after: Any = None, **kwargs: Any) -> None:
        day = DateField(label=gettext_lazy("Tanggal"), required=False, not_before=not_before)
        hour = TimeField(label=gettext_lazy("Pukul"), required=False)
        self.not_after = not_after
        super().__init__(fields=(day, hour), require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        parts = list(value) if isinstance(value, list | tuple) else [None, None]
        missing = [part in self.empty_values for part in parts]
        if not all(missing) and any(missing):
            raise ValidationError(
                _("Isi pukul juga untuk “%(label)s”.") % {"label": label_of(self)}
                if missing[1]
                else _("Isi tanggal juga untuk “%(label)s”.") % {"label": label_of(self)},
                code="incomplete",
            )
        moment: datetime | None = super().clean(value)
        last = self.not_after() if callable(self.not_after) else self.not_after
        if moment is not None and last is not None and moment > last:
            raise ValidationError(
                _("“%(label)s” tidak boleh sesudah %(moment)s.")
                % {"label": label_of(self), "moment": f"{timezone.localtime(last):%d/%m/%Y %H.%M}"},
                code="too_late",
            )
        return moment

    def compress(self, data_list: list[Any]) -> datetime | None:
        if not data_list or data_list[0] is None or data_list[1] is None:
            return None
        return timezone.make_aware(datetime.combine(data_list[0], data_list[1]))


class HappenedAtField(DateTimeField):
    """When something happened: up to now, and now unless something else is typed.

    People type minutes. A minute in which a moment of `known` lies is that moment (what stood there before it was put
    right), and the present minute is this very moment: so two things of one minute stay two, in their order.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", timezone.now)
        super().__init__(not_after=timezone.now, **kwargs)
        self.known: tuple[datetime, ...] = ()

    def clean(self, value: Any) -> datetime | None:
        typed = super().clean(value)
        exact = (one for one in (*self.known, timezone.now()) if one.replace(second=0, microsecond=0) == typed)
        return next(exact, typed)


@dataclass(frozen=True)
class ApproximateAge:
    """An age that was estimated or told: "kira-kira 7 tahun", on the day it was said."""

    amount: int
    unit: str  # "year" or "month"

    def estimate(self, on: date) -> AgeEstimate:
        """Between which days of birth this age lies, said on that day."""
        if self.unit == "year":
            return AgeEstimate.from_ages(self.amount, self.amount, on=on)
        return AgeEstimate(add_months(on, -self.amount - 1) + timedelta(days=1), add_months(on, -self.amount))

    def __str__(self) -> str:
        return f"{self.amount} {_('tahun') if self.unit == 'year' else _('bulan')}"


class ApproximateAgeWidget(forms.MultiWidget):
    template_name = "common/forms/parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        amount = forms.TextInput(
            {
                "class": "form-control width-small",
                "inputmode": "numeric",
                "autocomplete": "off",
                "aria-label": gettext_lazy("Angka umur"),
            }
        )
        unit = forms.Select(
            {"class": "form-select", "aria-label": gettext_lazy("Satuan umur")},
            choices=[("year", gettext_lazy("tahun")), ("month", gettext_lazy("bulan"))],
        )
        super().__init__({"amount": amount, "unit": unit}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.amount, value.unit] if isinstance(value, ApproximateAge) else [None, "year"]


class ApproximateAgeField(forms.Field):
    """How old someone seems or says to be, in years, or in months for the smallest."""

    widget = ApproximateAgeWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Kira-kira saja. Untuk anak di bawah dua tahun pakai bulan."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> ApproximateAge | None:
        amount, unit = [*value, None, None][:2] if isinstance(value, list | tuple) else (None, None)
        text = tidy(str(amount or ""))
        if not text:
            self.validate(None)
            return None
        limit = 120 if unit == "year" else 60
        if unit not in {"year", "month"} or not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > limit:
            raise ValidationError(
                _("Tulis “%(label)s” sebagai angka bulat, 0–120 tahun atau 0–60 bulan.") % {"label": label_of(self)},
                code="invalid",
            )
        return ApproximateAge(int(text), unit)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.clean(data))
        except ValidationError:
            return True
