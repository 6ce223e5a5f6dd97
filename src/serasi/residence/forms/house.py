"""What is typed to build a house, to change it, to take parts of it out of use."""

from typing import Any, ClassVar, Final, Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.common.forms import (
    ActForm,
    ChoiceField,
    DateField,
    DateTimeField,
    IntegerField,
    LongTextField,
    MultipleChoiceField,
    Row,
    TextField,
)
from serasi.people.enums import Sex
from serasi.people.reference import ppks_kinds
from serasi.residence.enums import Grade, OutageReason, Property
from serasi.residence.models import Room, Ward
from serasi.residence.operations import BedsAtOnce, bed_labels
from serasi.residence.queries import ROOMS_ACROSS, in_default_order

MOST_ROWS: Final = 40
MOST_COLUMNS: Final = 12
"""What fits a sheet of paper."""
_SEXES = [(Sex.MALE, Sex.MALE.label), (Sex.FEMALE, Sex.FEMALE.label)]


class BuildingForm(ActForm):
    name = TextField(label=_("Nama gedung"), max_length=80)


class BuildingChangeForm(ActForm):
    with_id = False
    with_revision = True
    name = TextField(label=_("Nama gedung"), max_length=80)
    position = IntegerField(label=_("Urutan"), min_value=0, max_value=1_000)


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
    grid_row = IntegerField(label=_("Baris pada denah"), min_value=1, max_value=MOST_ROWS, required=False)
    grid_column = IntegerField(label=_("Kolom pada denah"), min_value=1, max_value=MOST_COLUMNS, required=False)
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
        try:
            return bed_labels(self.cleaned_data["labels"])
        except BedsAtOnce as refused:
            raise ValidationError(refused.message) from refused


class BedForm(ActForm):
    with_id = False
    with_revision = True
    label = TextField(label=_("Nomor tempat tidur"), max_length=20, width="small")
    properties = _properties(_("Sifat tempat tidur"))


class LastDayForm(ActForm):
    """A part of a house closes; the button says what closes, for it is not undone with a click."""

    with_id = False
    last_day = DateField(label=_("Hari terakhir dipakai"), initial=timezone.localdate)


class OutageForm(ActForm):
    reason = ChoiceField(label=_("Sebab"), choices=OutageReason.choices)
    since = DateTimeField(label=_("Sejak"), initial=timezone.now)
    until = DateTimeField(label=_("Sampai"), required=False)
    note = TextField(label=_("Keterangan"), max_length=300, required=False)


class PutBackForm(ActForm):
    with_id = False


class LayoutForm(ActForm):
    """Where the rooms of a ward stand on its floor plan: a row and a column for each."""

    with_id = False
    with_revision = True
    marks_optional = False
    arranged: ClassVar = "susun"
    """What the address carries when the rooms are to be proposed anew, so many in a row."""

    def __init__(self, typed: QueryDict | None, *, rooms: list[Room], revision: int, across: int = 0) -> None:
        super().__init__(typed, initial={"revision": revision})
        self.rooms = rooms
        self.across = across or ROOMS_ACROSS
        proposed = in_default_order([None if across else room.place_on_plan for room in rooms], across=self.across)
        for room, place in zip(rooms, proposed, strict=True):
            for axis, label, most, initial in (
                ("row", _("Baris"), MOST_ROWS, place[0]),
                ("column", _("Kolom"), MOST_COLUMNS, place[1]),
            ):
                self.fields[f"{axis}_{room.pk}"] = IntegerField(
                    label=label, min_value=1, max_value=most, required=False, initial=initial
                )

    @classmethod
    def of(cls, ward: Ward, request: HttpRequest, typed: QueryDict | None) -> Self:
        asked = request.GET.get(cls.arranged, "")
        across = min(int(asked), MOST_COLUMNS) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 0
        rooms = list(Room.objects.filter(ward=ward, closed_on=None))
        return cls(typed, rooms=rooms, revision=ward.revision, across=across)

    @property
    def lines(self) -> list[tuple[Room, Any, Any]]:
        """Each room with its two fields, to be drawn."""
        return [(room, self[f"row_{room.pk}"], self[f"column_{room.pk}"]) for room in self.rooms]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for room in self.rooms:
            if (found.get(f"row_{room.pk}") is None) != (found.get(f"column_{room.pk}") is None):
                self.add_error(f"column_{room.pk}", _("Isi baris dan kolom denah, atau kosongkan keduanya."))
        return found

    def facts(self) -> dict[str, Any]:
        places: dict[UUID, tuple[int, int] | None] = {}
        for room in self.rooms:
            row, column = self.cleaned_data[f"row_{room.pk}"], self.cleaned_data[f"column_{room.pk}"]
            places[room.pk] = None if row is None else (row, column)
        return {"places": places, "revision": self.revision}


def _kinds() -> list[tuple[str, Any]]:
    return [(kind.code, kind) for kind in ppks_kinds()]


class CriteriaForm(ActForm):
    since = DateField(label=_("Berlaku sejak"), help_text="")
    sex = ChoiceField(label=_("Menerima"), choices=_SEXES, empty_label=_("Laki-laki dan perempuan"), required=False)
    age_from = IntegerField(label=_("Umur paling muda"), unit=_("tahun"), min_value=0, max_value=150, required=False)
    age_to = IntegerField(label=_("Umur paling tua"), unit=_("tahun"), min_value=0, max_value=150, required=False)
    kinds = MultipleChoiceField(
        label=_("Jenis PPKS"), choices=_kinds, required=False, help_text=_("Kosongkan bila semua jenis diterima.")
    )
    to_bring = LongTextField(
        label=_("Yang perlu dibawa"), max_length=1000, required=False, rows=3,
        help_text=_("Misalnya: KTP atau KK bila ada, surat rujukan, hasil periksa TBC."),
    )  # fmt: skip
    text = LongTextField(label=_("Syarat lain"), max_length=1000, required=False, rows=3)
    layout = ("since", "sex", Row("age_from", "age_to"), "kinds", "to_bring", "text")
