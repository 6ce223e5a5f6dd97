"""What is typed on the pages of a gathering."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.fields import UnitChoiceField
from serasi.access.models import Unit
from serasi.common.forms import (
    BooleanField,
    ChoiceField,
    DateTimeField,
    Fieldset,
    FilterForm,
    IntegerField,
    MultipleChoiceField,
    PhotoField,
    RadioField,
    Row,
    SerasiForm,
    TextField,
)
from serasi.common.images import PhotoRefused, clean_photo
from serasi.institutions.fields import PlaceOfUnitField
from serasi.people.enums import Sex
from serasi.shelters.enums import Danger, GatheringKind, Health, Need, OutcomeKind, Shown
from serasi.shelters.models import MOST_TAG, OLDEST

MOST_AT_ONCE: Final = 2_000
_RANGE: Final = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")


class GatheringForm(SerasiForm):
    unit = UnitChoiceField(None, label=_("Unit"))
    kind = RadioField(label=_("Jenis"), choices=GatheringKind.choices)
    place = TextField(
        label=_("Tempat"), max_length=120, help_text=_("Seperti yang dikenal orang: GOR Ciracas, balai desa.")
    )
    region = PlaceOfUnitField(label=_("Wilayah"), required=False)
    capacity = IntegerField(label=_("Daya tampung"), unit=_("orang"), min_value=1, max_value=100_000, required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("path")
        if len(units) == 1:
            field.initial, field.empty_label = units[0].pk, None


class JoinForm(SerasiForm):
    with_id = False
    code = TextField(label=_("Kode penampungan"), max_length=8, help_text=_("Enam huruf, dari rekan yang membukanya."))


class _ArrivalFields(SerasiForm):
    """Only sex and age are asked; what may be left out needs no word of its own on a form that is filled in a hurry."""

    marks_optional: ClassVar[bool] = False
    sex = RadioField(
        label=_("Jenis kelamin"),
        choices=[(Sex.MALE, Sex.MALE.label), (Sex.FEMALE, Sex.FEMALE.label), (Sex.UNKNOWN, Sex.UNKNOWN.label)],
        inline=True,
    )
    age = IntegerField(label=_("Umur kira-kira"), unit=_("tahun"), min_value=0, max_value=OLDEST)
    name = TextField(label=_("Nama yang disebut"), max_length=120, required=False)
    photo = PhotoField(label=_("Foto"), required=False, help_text="")
    health = RadioField(label=_("Kesehatan"), choices=Health.choices, initial=Health.GREEN)
    dangers = MultipleChoiceField(label=_("Bahaya"), choices=Danger.choices, required=False)
    needs = MultipleChoiceField(label=_("Kebutuhan"), choices=Need.choices, required=False, inline=True)
    group_tag = IntegerField(
        label=_("Datang bersama nomor"),
        min_value=1,
        max_value=MOST_TAG,
        required=False,
        help_text=_("Nomor kepala keluarga atau orang dewasa yang membawanya. Kosong bila sendiri."),
    )
    origin = TextField(label=_("Asal"), max_length=120, required=False)
    belongings = TextField(label=_("Barang titipan"), max_length=300, required=False)
    note = TextField(label=_("Keterangan"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["photo"].widget.attrs["capture"] = "environment"

    def clean_photo(self) -> bytes | None:
        """Drawn anew: nothing of place, time and device stays."""
        photo = self.cleaned_data["photo"]
        if not photo:
            return None
        try:
            return clean_photo(photo.file)
        except PhotoRefused as refused:
            raise ValidationError(refused.message, code="photo") from refused

    def facts(self) -> dict[str, Any]:
        """What was typed, as the operation takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"id", "revision"}}


class ArrivalForm(_ArrivalFields):
    tag = IntegerField(label=_("Nomor"), min_value=1, max_value=MOST_TAG)
    layout: ClassVar = (
        Row("tag", "age"),
        "sex",
        "name",
        "photo",
        "group_tag",
        Fieldset(_("Triase"), ("health", "needs", "dangers")),
        Row("origin", "belongings"),
        "note",
    )


class ArrivalChangeForm(_ArrivalFields):
    with_id = False
    with_revision = True


class TagsField(TextField):
    """Numbers as people say them: 1-40, 52, 60. The cleaned value is the numbers in order."""

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value))
        tags: set[int] = set()
        for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", text))):
            found = _RANGE.fullmatch(part)
            if found is None:
                raise ValidationError(_("Tulis nomor seperti 1-40, 52. “%s” bukan nomor.") % part[:20])
            first, last = int(found[1]), int(found[2] or found[1])
            if last < first or last - first >= MOST_AT_ONCE or len(tags) > MOST_AT_ONCE:
                raise ValidationError(_("Tulis nomor seperti 1-40, 52; paling banyak 2.000 sekaligus."))
            tags.update(range(first, last + 1))
        return sorted(tags)


class OnwardForm(SerasiForm):
    arrivals = TagsField(label=_("Nomor"), max_length=10_000, help_text=_("Misalnya 1-40, 52."))
    kind = RadioField(label=_("Diteruskan ke"), choices=OutcomeKind.choices)
    to_unit = UnitChoiceField(None, label=_("Unit tujuan"), required=False)
    happened_at = DateTimeField(label=_("Berangkat"))
    note = TextField(
        label=_("Keterangan"), max_length=300, required=False, help_text=_("Siapa yang menerima, bus, nomor surat.")
    )
    shown_when: ClassVar = {"to_unit": f"kind={OutcomeKind.PLACED}"}
    layout: ClassVar = ("arrivals", "kind", "to_unit", "happened_at", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to_unit"]
        field.queryset = Unit.objects.filter(closed_on=None, kind__in=HOUSES).order_by("path")
        self.fields["happened_at"].initial = timezone.now


HOUSES: Final = ("sentra", "panti", "uptd", "lks", "shelter")
"""Kinds of units that people can be placed in."""


class WithdrawForm(SerasiForm):
    with_id = False
    reason = TextField(label=_("Mengapa dibatalkan"), max_length=300)


class ArrivalFilter(FilterForm):
    in_sight = ("q", "tampil")
    q = TextField(label=_("Nomor atau nama"), max_length=80)
    tampil = ChoiceField(
        label=_("Tampilkan"),
        choices=Shown.choices,
        empty_label=_("Semua"),
    )


class ManifestFilter(FilterForm):
    in_sight = ("tujuan", "nama")
    tujuan = ChoiceField(
        label=_("Diteruskan ke"),
        choices=((Shown.HERE, Shown.HERE.label), *OutcomeKind.choices),
        empty_label=_("Semua orang"),
    )
    nama = BooleanField(label=_("Dengan nama"))
