"""Forms of this app: a list that is handed over or withdrawn, whether a row is somebody, which people to show."""

import re
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.models import Unit, User
from serasi.common import forms
from serasi.common.forms.files import MB, TableFileField
from serasi.common.spreadsheets import MAX_BYTES
from serasi.entitlements.enums import Standing
from serasi.entitlements.operations.delivery import HandOver
from serasi.entitlements.permissions import LOAD
from serasi.entitlements.reference import programmes
from serasi.institutions.fields import PlaceOfUnitField


class DeliveryForm(forms.ActForm):
    programme = forms.ChoiceField(label=gettext_lazy("Program"), choices=())
    period = forms.TextField(
        label=gettext_lazy("Periode"),
        max_length=7,
        width="short",
        help_text=gettext_lazy("Tahun-bulan, misalnya 2026-07."),
    )
    file = TableFileField(
        endings=("csv", "txt", "tsv", "xlsx", "parquet"),
        max_megabytes=MAX_BYTES // MB,
        label=gettext_lazy("Berkas daftar"),
        help_text=gettext_lazy(
            "CSV, Excel (.xlsx) atau Parquet, paling besar 20 MB. Yang lebih besar dimuat administrator."
        ),
        error_messages={"required": gettext_lazy("Pilih berkas daftarnya.")},
    )
    unit = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Unit penerima"),
        help_text=gettext_lazy("Unit ini dan semua unit di bawahnya boleh memeriksa orang dengan daftar ini."),
    )
    region = PlaceOfUnitField(
        label=gettext_lazy("Wilayah daftar"),
        required=False,
        help_text=gettext_lazy("Kosongkan bila daftar mencakup semuanya. Ketik nama atau kodenya, misalnya 31.75."),
    )
    source = forms.TextField(
        label=gettext_lazy("Sumber"), max_length=120, help_text=gettext_lazy("Siapa yang menyerahkan daftar ini.")
    )
    bast_number = forms.TextField(label=gettext_lazy("Nomor BAST"), max_length=80, required=False)
    bast_date = forms.DateField(label=gettext_lazy("Tanggal BAST"), required=False)
    purpose = forms.TextField(
        label=gettext_lazy("Tujuan pemakaian"),
        max_length=300,
        help_text=gettext_lazy("Seperti yang tertulis pada BAST."),
    )
    until = forms.DateField(
        label=gettext_lazy("Boleh dipakai sampai"),
        help_text=gettext_lazy("Sesudah hari itu isinya dihapus sendiri. Bahwa daftar ini pernah ada tetap tercatat."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"until": timezone.localdate() + timedelta(days=90)})
        super().__init__(*args, **kwargs)
        programme, unit = self.fields["programme"], self.fields["unit"]
        assert isinstance(programme, forms.ChoiceField)  # noqa: S101 - for the type checker
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        programme.choices = [("", _("Pilih")), *programmes().choices]
        units = Unit.objects.reached_by(user, LOAD).open()
        unit.queryset = units
        found = list(units[:2])
        if len(found) == 1:
            unit.initial, unit.empty_label = found[0], None

    def clean_period(self) -> str:
        period = str(self.cleaned_data["period"])
        if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", period):
            raise ValidationError(_("Periode ditulis tahun dan bulan, misalnya 2026-07."))
        return period

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "id": self.record_id,
            "unit": given["unit"],
            "file_name": given["file"].name,
            "content": given["file"].file,
            "given": HandOver(
                programme=given["programme"],
                period=given["period"],
                source=given["source"],
                purpose=given["purpose"],
                until=given["until"],
                bast_number=given["bast_number"],
                bast_date=given["bast_date"],
                region=given["region"],
            ),
        }


class WithdrawForm(forms.ActForm):
    with_id = False
    reason = forms.TextField(label=gettext_lazy("Mengapa daftar ini ditarik"), max_length=300)


class DecideForm(forms.ActForm):
    with_id = False
    answer = forms.RadioField(
        label=gettext_lazy("Apakah baris ini orang yang sama?"),
        choices=[("ya", gettext_lazy("Ya, orang yang sama")), ("bukan", gettext_lazy("Bukan orang ini"))],
        error_messages={"required": gettext_lazy("Pilih salah satu jawaban.")},
    )
    reason = forms.TextField(
        label=gettext_lazy("Alasan"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Wajib bila bukan orang ini, misalnya “NIK salah ketik”."),
    )

    def facts(self) -> dict[str, Any]:
        return {"is_right": self.cleaned_data["answer"] == "ya", "reason": self.cleaned_data["reason"]}


class ManyFilter(forms.FilterForm):
    """Which of the people of a house or a caseload are shown."""

    NO_NIK, TO_ASK, TO_DECIDE = "tanpa_nik", "belum", "pastikan"
    tampil = forms.ChoiceField(label=gettext_lazy("Tampilkan"), choices=(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["tampil"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [
            ("", _("Semua orang")),
            (self.TO_ASK, Standing.NOT_ASKED.label),
            (self.TO_DECIDE, Standing.DOUBTFUL.label),
            (self.NO_NIK, _("Tanpa NIK")),
            *((f"ada_{one.code}", _("Ada di %(list)s") % {"list": one}) for one in programmes()),
            *((f"tidak_{one.code}", _("Tidak ada di %(list)s") % {"list": one}) for one in programmes()),
        ]
