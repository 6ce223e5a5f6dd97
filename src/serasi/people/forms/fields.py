"""Fields that this app's forms share: a region, a NIK, a family card number, codes of the reference lists."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import lazystr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.common.forms import ChoiceField, RegionField, TextField
from serasi.common.nik import NumberRefused, read_kk, read_nik
from serasi.institutions.models import Region
from serasi.people import reference

_CODE = re.compile(r"(?<![\d.])\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?(?![\d.])")


class PlaceField(RegionField):
    """A region by its code or name; the cleaned value is the code."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Desa/kelurahan, kecamatan, atau kota"))
        options.setdefault("help_text", gettext_lazy("Ketik nama atau kode wilayah, misalnya 31.73.04."))
        options.setdefault("suggestions", "/wilayah/saran/")
        options.setdefault("max_length", 120)
        super().__init__(**options)

    def resolve(self, text: str) -> str:
        code = _CODE.search(text)
        if code:
            found = Region.objects.filter(pk=code[0]).values_list("pk", flat=True)
        else:
            found = Region.objects.filter(name__iexact=text).order_by("level", "code").values_list("pk", flat=True)
        codes = list(found[:2])
        if not codes:
            raise ValidationError(
                _("Wilayah “%(typed)s” tidak ditemukan. Pilih dari saran, atau tulis kodenya.") % {"typed": text},
                code="unknown",
            )
        if len(codes) > 1:
            raise ValidationError(
                _("Ada beberapa wilayah bernama “%(typed)s”. Pilih dari saran, atau tulis kodenya.") % {"typed": text},
                code="ambiguous",
            )
        return str(codes[0])


class _NumberField(TextField):
    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 40)
        options.setdefault("width", "medium")
        super().__init__(**options)
        self.widget.attrs.update(inputmode="numeric", autocomplete="off")

    def read(self, text: str) -> str:
        raise NotImplementedError

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return ""
        try:
            return self.read(text)
        except NumberRefused as error:
            raise ValidationError(error.message, code="structure") from error


class NikField(_NumberField):
    """A NIK; what its structure forbids is refused here, everything else only warns later."""

    def read(self, text: str) -> str:
        return read_nik(text).digits


class KkField(_NumberField):
    """A family card number."""

    def read(self, text: str) -> str:
        return read_kk(text).digits


def listed(listing: Any, label: Any, *, required: bool = False, **options: Any) -> ChoiceField:
    """One of a reference list."""
    return ChoiceField(choices=listing.choices, label=label, required=required, **options)


def relations_of(*kinds: str) -> list[tuple[str, Any]]:
    return [(entry.code, lazystr(entry)) for entry in reference.relations() if entry.kind in kinds]
