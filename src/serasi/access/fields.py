"""Form fields that speak of units and accounts; the forms of upper apps use them too."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import ModelChoiceField, TextField

ZONES = (
    ("Asia/Jakarta", _("WIB – Jawa, Sumatra, Kalimantan Barat dan Tengah")),
    ("Asia/Makassar", _("WITA – Sulawesi, Bali, Nusa Tenggara, Kalimantan Selatan, Timur dan Utara")),
    ("Asia/Jayapura", _("WIT – Maluku dan Papua")),
)
CODE = re.compile(r"[A-Z0-9]([A-Z0-9-]*[A-Z0-9])?")


class CodeField(TextField):
    """A unit's code: typed anyhow, kept in capitals."""

    def clean(self, value: Any) -> Any:
        code = str(super().clean(value)).upper()
        if code and not CODE.fullmatch(code):
            raise ValidationError(_("Kode unit hanya huruf, angka dan tanda hubung, misalnya PS-CIPAYUNG."))
        return code


class UnitChoiceField(ModelChoiceField):
    """A unit, shown with its place in the tree."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error

    def label_from_instance(self, obj: Any) -> str:
        return f"{'– ' * obj.path.count('/', 0, -1)}{obj.name}"


class EmailField(TextField):
    """An address of mail, kept in lower case. Installations without a domain may use a bare name behind the @."""

    def clean(self, value: Any) -> Any:
        address = str(super().clean(value)).lower()
        if address:
            try:
                EmailValidator(allowlist=["localhost", "demo"])(address)
            except ValidationError as error:
                raise ValidationError(_("Tulis surel lengkap, misalnya nama@lembaga.go.id.")) from error
        return address
