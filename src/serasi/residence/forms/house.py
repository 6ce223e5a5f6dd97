"""What is typed to build a house, to change it, to take parts of it out of use."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import (
    ActForm,
    ChoiceField,
    DateField,
    DateTimeField,
    IntegerField,
    MultipleChoiceField,
    Row,
    TextField,
)
from serasi.people.enums import Sex
from serasi.residence.enums import Grade, OutageReason, Property
from serasi.residence.operations import BedsAtOnce

MOST_AT_ONCE = 200
_SEXES = [(Sex.MALE, Sex.MALE.label), (Sex.FEMALE, Sex.FEMALE.label)]


class BuildingForm(ActForm):
    name = TextField(label=_("Nama gedung"), max_length=80)


class _WardFields(ActForm):
    name = TextField(label=_("Nama wisma"), max_length=80)
    sex = ChoiceField(label=_("Untuk"), choices=_SEXES, empty_label=_("Laki-laki dan perempuan"), required=False)
    age_from = IntegerField(label=_("Umur paling muda"), unit=_("tahun"), min_value=0, max_value=150, required=False)
    age_to = IntegerField(label=_("Umur paling tua"), unit=_("tahun"), min_value=0, max_value=150, required=False)
    grade = ChoiceField(label=_("Jenjang"), choices=Grade.choices, empty_label=_("Tanpa jenjang"), required=False)
    ceiling_days = IntegerField(
        label=_("Paling lama tinggal"), unit=_("hari"), min_value=1, max_value=3650, required=False
    )
    shown_capacity = IntegerField(
        label=_("Kapasitas menurut ketetapan"), unit=_("orang"), min_value=0, max_value=10_000, required=False
    )
    layout = ("name", "sex", Row("age_from", "age_to"), "grade", Row("ceiling_days", "shown_capacity"))


class WardForm(_WardFields):
    pass


class WardChangeForm(_WardFields):
    with_id = False
    with_revision = True


def _properties(label: Any) -> MultipleChoiceField:
    return MultipleChoiceField(label=label, choices=Property.choices, required=False, inline=True)


class RoomForm(ActForm):
    name = TextField(label=_("Nama kamar"), max_length=40)
    beds = IntegerField(
        label=_("Jumlah tempat tidur"), min_value=0, max_value=200, initial=2, help_text=_("Diberi nomor 1, 2, 3, …")
    )
    properties = _properties(_("Sifat kamar"))


class RoomChangeForm(ActForm):
    with_id = False
    with_revision = True
    name = TextField(label=_("Nama kamar"), max_length=40)
    properties = _properties(_("Sifat kamar"))
    grid_row = IntegerField(label=_("Baris pada denah"), min_value=1, max_value=200, required=False)
    grid_column = IntegerField(label=_("Kolom pada denah"), min_value=1, max_value=200, required=False)
    layout = ("name", "properties", Row("grid_row", "grid_column"))


class BedsForm(ActForm):
    """Several beds at once, by their numbers."""

    with_id = False
    labels = TextField(
        label=_("Nomor tempat tidur"),
        max_length=2000,
        help_text=_("Pisahkan dengan koma, atau tulis rentang: 1-8, 10, A1. Nomor yang sudah ada dibiarkan."),
    )
    since = DateField(label=_("Dipakai sejak"), initial=timezone.localdate)
    properties = _properties(_("Sifat tempat tidur"))

    def clean_labels(self) -> list[str]:
        found: list[str] = []
        for part in self.cleaned_data["labels"].split(","):
            first, dash, last = (end.strip() for end in part.partition("-"))
            if dash and all(end.isascii() and end.isdigit() and len(end) < 5 for end in (first, last)):
                if not 0 <= int(last) - int(first) < MOST_AT_ONCE:
                    raise ValidationError(BedsAtOnce.message)
                found += [str(number) for number in range(int(first), int(last) + 1)]
            elif part.strip():
                found.append(part.strip()[:20])
        return found


class BedForm(ActForm):
    with_id = False
    with_revision = True
    label = TextField(label=_("Nomor tempat tidur"), max_length=20, width="small")
    properties = _properties(_("Sifat tempat tidur"))


class LastDayForm(ActForm):
    with_id = False
    last_day = DateField(label=_("Hari terakhir dipakai"), initial=timezone.localdate)


class OutageForm(ActForm):
    reason = ChoiceField(label=_("Sebab"), choices=OutageReason.choices)
    since = DateTimeField(label=_("Sejak"), initial=timezone.now)
    until = DateTimeField(label=_("Sampai"), required=False)
    note = TextField(label=_("Keterangan"), max_length=300, required=False)


class PutBackForm(ActForm):
    with_id = False
