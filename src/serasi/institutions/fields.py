"""Form fields that speak of places; the forms of upper apps use them too."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.common.forms import RegionField
from serasi.institutions.models import Region


class PlaceOfUnitField(RegionField):
    """A region by code or name, told apart by what it lies in; the cleaned value is the region."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Ketik nama atau kode wilayah, misalnya 31.75."))
        super().__init__(suggestions="/wilayah/saran/", max_length=160, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.code} {value.name}" if isinstance(value, Region) else value

    def resolve(self, text: str) -> Region:
        first = text.split(maxsplit=1)[0]
        if first[0].isdigit():
            found = list(Region.objects.filter(pk=first[:13])[:2])
        else:
            found = list(Region.objects.filter(name__iexact=text.partition(",")[0].strip()).order_by("level")[:2])
        if not found:
            raise ValidationError(_("Wilayah “%(typed)s” tidak ditemukan. Tulis kodenya.") % {"typed": text})
        if len(found) > 1 and found[0].level == found[1].level:
            raise ValidationError(_("Ada beberapa wilayah bernama “%(typed)s”. Tulis kodenya.") % {"typed": text})
        return found[0]
