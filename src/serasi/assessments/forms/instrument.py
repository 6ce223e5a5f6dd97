"""Uploading a workbook, describing a plain one, looking for an instrument."""

from typing import Any, Final

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.models import Unit, User
from serasi.assessments.enums import Kind, Rater
from serasi.assessments.permissions import WRITE_INSTRUMENT
from serasi.common.forms import (
    ActForm,
    ChoiceField,
    FilterForm,
    ModelChoiceField,
    MultipleChoiceField,
    SerasiForm,
    TextField,
)
from serasi.common.forms.files import check_weight
from serasi.xforms.authoring.files import MOST_FILES

MEGABYTES: Final = 4
ENDINGS: Final = (".xlsx", ".md")
PICTURES: Final = ("image/jpeg", "image/png", "image/webp")
SOUNDS: Final = (".mp3", ".m4a", ".ogg", ".webm")
MOST_MEGABYTES: Final = 24
"""Of files in one sending."""


class WorkbookField(django_forms.FileField):
    """An XLSForm as a workbook, or as text. What it really is, its reading finds out."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", django_forms.FileInput({"accept": ",".join(ENDINGS)}))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        if not isinstance(data, UploadedFile) or not data.name or data.size is None or "\x00" in data.name:
            raise ValidationError(_("Pilih ulang berkasnya."), code="invalid")
        if not data.name.lower().endswith(ENDINGS):
            raise ValidationError(_("Simpan instrumen sebagai .xlsx, lalu unggah lagi."), code="kind")
        check_weight(self, data, MEGABYTES)
        return data


class FilesInput(django_forms.FileInput):
    allow_multiple_selected = True


class FilesField(django_forms.FileField):
    """Several files at once, by the names they have. What they really are, their reading finds out."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", FilesInput({"accept": ",".join((*PICTURES, *SOUNDS, ".csv"))}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        files = [one for one in data or () if one]
        if self.required and not files:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_FILES or any(not isinstance(one, UploadedFile) or not one.name for one in files):
            raise ValidationError(_("Pilih ulang berkasnya."), code="invalid")
        if sum(one.size or 0 for one in files) > MOST_MEGABYTES * 1024 * 1024:
            raise ValidationError(
                _("Bersama-sama paling besar %d MB. Kirim sebagian dahulu.") % MOST_MEGABYTES, code="too_heavy"
            )
        return files


class UploadForm(SerasiForm):
    unit = ModelChoiceField(None, label=gettext_lazy("Dipakai di unit"))
    file = WorkbookField(
        label=gettext_lazy("Berkas instrumen"),
        help_text=gettext_lazy("XLSForm (.xlsx) atau bentuk teksnya (.md); paling besar 4 MB."),
        error_messages={"required": gettext_lazy("Pilih berkas instrumennya.")},
    )
    attached = FilesField(
        label=gettext_lazy("Gambar, suara, dan daftar"),
        required=False,
        help_text=gettext_lazy("Bila formulirnya menyebut berkas. Dapat juga ditambahkan sesudahnya."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.reached_by(user, WRITE_INSTRUMENT).open()
        field = self.fields["unit"]
        assert isinstance(field, ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = units
        found = list(units[:2])
        if len(found) == 1:
            field.initial = found[0]
            field.empty_label = None


class FilesForm(SerasiForm):
    """Files for a form that is there already."""

    with_id = False
    attached = FilesField(
        label=gettext_lazy("Berkas"),
        help_text=gettext_lazy(
            "Beberapa sekaligus, dengan nama seperti di formulir. Gambar JPEG, PNG, atau WebP; suara MP3, M4A, atau"
            " OGG, paling besar 5 MB; daftar CSV, paling besar 1 MB."
        ),
        error_messages={"required": gettext_lazy("Pilih berkasnya.")},
    )


class DescribeForm(ActForm):
    """What a plain XLSForm does not say of itself."""

    with_id = False
    kind = ChoiceField(label=gettext_lazy("Jenis"), choices=Kind.choices)
    raters = MultipleChoiceField(label=gettext_lazy("Diisi oleh"), choices=Rater.choices, required=False)
    licence = TextField(
        label=gettext_lazy("Lisensi"),
        max_length=300,
        help_text=gettext_lazy("Dengan izin apa isi ini dipakai. Alat ukur berhak cipta tidak diunggah isinya."),
    )
    source = TextField(label=gettext_lazy("Sumber"), max_length=500, help_text=gettext_lazy("Dari mana isinya."))


class CatalogueFilter(FilterForm):
    in_sight = ("words",)
    words = TextField(label=gettext_lazy("Cari instrumen"), max_length=100)
    kind = ChoiceField(label=gettext_lazy("Jenis"), choices=Kind.choices, empty_label=gettext_lazy("Semua jenis"))
