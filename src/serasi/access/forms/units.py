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


class UnitForm(SerasiForm):
    """A unit that is opened or described anew."""

    layout: ClassVar[Any] = ("parent", "name", Row("short_name", "code"), Row("kind", "owner"), "time_zone")

    parent = UnitChoiceField(None, label=_("Induk"), help_text=_("Unit yang membawahkannya."))
    name = TextField(label=_("Nama lengkap"), max_length=160)
    short_name = TextField(label=_("Nama pendek"), max_length=60, help_text=_("Tampil di daftar dan kepala halaman."))
    code = CodeField(label=_("Kode"), max_length=40, help_text=_("Singkat dan tetap, misalnya PS-CIPAYUNG."))
    kind = ChoiceField(label=_("Jenis"), choices=UnitKind.choices)
    owner = ChoiceField(label=_("Pemilik"), choices=Owner.choices)
    time_zone = forms.ChoiceField(label=_("Zona waktu"), choices=ZONES, initial="Asia/Jakarta")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Unit.objects.reached_by(by, MANAGE_UNITS).open()  # type: ignore[attr-defined]


class UnitChangeForm(UnitForm):
    with_id = False
    with_revision = True
    layout: ClassVar[Any] = ("name", Row("short_name", "code"), Row("kind", "owner"), "time_zone")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        del self.fields["parent"]
        self.fields["code"].help_text = _("Kode baru mengubah alamat semua unit di bawahnya.")


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
