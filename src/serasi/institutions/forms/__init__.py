"""What is typed about places that help."""

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy

from serasi.access.enums import UnitKind
from serasi.common.forms import (
    BooleanField,
    ChoiceField,
    DateField,
    FilterForm,
    IntegerField,
    LongTextField,
    ModelChoiceField,
    MultipleChoiceField,
    PhoneField,
    Row,
    SerasiForm,
    TextField,
)
from serasi.institutions.enums import AtensiComponent, CapacityBasis, Cluster, RegionLevel
from serasi.institutions.fields import PlaceOfUnitField
from serasi.institutions.models import Region
from serasi.institutions.queries.directory import OFFICES

KINDS = [(value, label) for value, label in UnitKind.choices if value not in OFFICES]


class DirectoryFilter(FilterForm):
    cari = TextField(label=gettext_lazy("Nama, layanan, atau tempat"), max_length=80)
    klaster = ChoiceField(
        label=gettext_lazy("Klaster"), choices=Cluster.choices, empty_label=gettext_lazy("Semua klaster")
    )
    komponen = ChoiceField(
        label=gettext_lazy("Komponen"), choices=AtensiComponent.choices, empty_label=gettext_lazy("Semua komponen")
    )
    provinsi = ModelChoiceField(
        Region.objects.filter(level=RegionLevel.PROVINCE).order_by("name"),
        label=gettext_lazy("Provinsi"),
        empty_label=gettext_lazy("Semua provinsi"),
    )
    jenis = ChoiceField(label=gettext_lazy("Jenis"), choices=KINDS, empty_label=gettext_lazy("Semua jenis"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provinsi"].label_from_instance = lambda region: region.name  # type: ignore[attr-defined]


class InstitutionForm(SerasiForm):
    with_id = False
    with_revision = True
    layout: ClassVar = ("functions", "region", "is_safe_house", "address", "phone", "description")

    functions = MultipleChoiceField(label=gettext_lazy("Melayani klaster"), choices=Cluster.choices, required=False)
    region = PlaceOfUnitField(label=gettext_lazy("Wilayah"), required=False)
    is_safe_house = BooleanField(
        label=gettext_lazy("Rumah aman"),
        required=False,
        help_text=gettext_lazy("Alamat dan wilayahnya tidak tampil kepada siapa pun."),
    )
    address = TextField(
        label=gettext_lazy("Alamat"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Kosongkan untuk rumah aman."),
    )
    phone = PhoneField(label=gettext_lazy("Telepon"), required=False)
    description = LongTextField(label=gettext_lazy("Keterangan"), max_length=2000, required=False, rows=4)


class CapacityForm(SerasiForm):
    layout: ClassVar = (Row("places", "basis"), "since", "source")

    places = IntegerField(label=gettext_lazy("Kapasitas"), unit=gettext_lazy("orang"), min_value=1, max_value=20_000)
    basis = ChoiceField(label=gettext_lazy("Dasar"), choices=CapacityBasis.choices)
    since = DateField(label=gettext_lazy("Berlaku sejak"), initial=timezone.localdate, not_after=timezone.localdate)
    source = TextField(
        label=gettext_lazy("Sumber"), max_length=200, help_text=gettext_lazy("Misalnya nomor dan tanggal keputusan.")
    )


class ServiceForm(SerasiForm):
    layout: ClassVar = ("name", "component", "cluster", "eligibility", "how_to_apply", "is_open")

    name = TextField(label=gettext_lazy("Nama layanan"), max_length=120)
    component = ChoiceField(label=gettext_lazy("Komponen ATENSI"), choices=AtensiComponent.choices, required=False)
    cluster = ChoiceField(label=gettext_lazy("Klaster"), choices=Cluster.choices, required=False)
    eligibility = LongTextField(label=gettext_lazy("Syarat"), max_length=1000, required=False, rows=3)
    how_to_apply = LongTextField(label=gettext_lazy("Cara mengakses"), max_length=1000, required=False, rows=3)
    is_open = BooleanField(label=gettext_lazy("Sedang menerima"), required=False, initial=True)


class ServiceChangeForm(ServiceForm):
    with_id = False
    with_revision = True
