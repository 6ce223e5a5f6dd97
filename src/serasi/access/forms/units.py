"""What is typed about a unit."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Owner, UnitKind
from serasi.access.fields import ZONES, CodeField, UnitChoiceField
from serasi.access.models import Unit, User
from serasi.access.permissions import MANAGE_UNITS
from serasi.common.forms import ChoiceField, DateField, FilterForm, Row, SerasiForm, TextField


class UnitChangeForm(SerasiForm):
    """A unit described anew."""

    with_id = False
    with_revision = True
    layout: ClassVar[Any] = ("name", Row("short_name", "code"), Row("kind", "owner"), "time_zone")

    name = TextField(label=_("Nama lengkap"), max_length=160)
    short_name = TextField(label=_("Nama pendek"), max_length=60, help_text=_("Tampil di daftar dan kepala halaman."))
    code = CodeField(label=_("Kode"), max_length=40, help_text=_("Kode baru mengubah alamat semua unit di bawahnya."))
    kind = ChoiceField(label=_("Jenis"), choices=UnitKind.choices)
    owner = ChoiceField(label=_("Pemilik"), choices=Owner.choices)
    time_zone = forms.ChoiceField(label=_("Zona waktu"), choices=ZONES, initial="Asia/Jakarta")


class UnitMoveForm(SerasiForm):
    with_id = False
    with_revision = True

    parent = UnitChoiceField(None, label=_("Induk baru"))

    def __init__(self, *args: Any, by: User, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Unit.objects.reached_by(by, MANAGE_UNITS).open().exclude(path__startswith=unit.path)
        self.fields["parent"].queryset = places  # type: ignore[attr-defined]


class UnitCloseForm(SerasiForm):
    with_id = False
    with_revision = True

    on = DateField(label=_("Ditutup sejak tanggal"), not_after=timezone.localdate)


class UnitFilter(FilterForm):
    cari = TextField(label=_("Nama atau kode"), max_length=80)
    jenis = ChoiceField(label=_("Jenis"), choices=UnitKind.choices, empty_label=_("Semua jenis"))
    tutup = forms.BooleanField(label=_("Sertakan yang ditutup"))
