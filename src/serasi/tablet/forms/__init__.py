"""What is typed on the pages of this app."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import ActForm, ChoiceField, TextField

FIGURES = 6


class _PinField(TextField):
    """Six figures, never shown, never filled in again; a telephone offers its figures."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=FIGURES, min_length=FIGURES, width="small", **kwargs)
        self.widget = forms.PasswordInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "pattern": "[0-9]*", "maxlength": str(FIGURES)}
        )


class TabletForm(ActForm):
    unit = ChoiceField(label=_("Rumah"))
    name = TextField(label=_("Nama perangkat"), max_length=60, help_text=_("Misalnya: Wisma Mawar, ruang tengah"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units[0][0] if len(units) == 1 else None


class CloseForm(ActForm):
    """Nothing is typed: this device, now."""

    with_id = False


class PinForm(ActForm):
    with_id = False
    code = _PinField(label=_("PIN baru"), help_text=_("Enam angka, dipilih dan diketik sendiri oleh penghuni."))
    again = _PinField(label=_("Sekali lagi"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("code") and found.get("again") and found["code"] != found["again"]:
            raise ValidationError({"again": _("Kedua PIN tidak sama. Ketik lagi.")})
        return found

    def facts(self) -> dict[str, Any]:
        return {"code": self.cleaned_data["code"]}


class EnterForm(ActForm):
    with_id = False
    tag = TextField(label=_("Nomor tanda"), max_length=12, width="small")
    code = _PinField(label=_("PIN"))
