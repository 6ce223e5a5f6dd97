"""Files that people hand in. The name and the type that a browser sends are hearsay: the content is looked at."""

import warnings
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from serasi.common.forms.fields import label_of

MB = 1024 * 1024
# What a file is, by its first bytes.
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("PDF", (b"%PDF-",)),
    "jpeg": ("JPEG", (b"\xff\xd8\xff",)),
    "png": ("PNG", (b"\x89PNG\r\n\x1a\n",)),
    "xlsx": ("Excel (.xlsx)", (b"PK\x03\x04",)),
    "docx": ("Word (.docx)", (b"PK\x03\x04",)),
    "ods": ("ODS", (b"PK\x03\x04",)),
    "csv": ("CSV", ()),
}
ENDINGS = {"jpg": "jpeg"}
DOCUMENTS = ("pdf", "jpeg", "png")
SPREADSHEETS = ("xlsx", "ods", "csv")
PHOTO_FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 60_000_000


class FileField(forms.FileField):
    """A document of few kinds and limited weight: `FileField(kinds=DOCUMENTS, max_megabytes=10)`."""

    def __init__(self, *, kinds: tuple[str, ...] = DOCUMENTS, max_megabytes: int = 10, **kwargs: Any) -> None:
        self.kinds, self.max_megabytes = kinds, max_megabytes
        kwargs.setdefault("help_text", f"{', '.join(KINDS[k][0] for k in kinds)}; ≤ {max_megabytes} MB")
        kwargs.setdefault("widget", forms.FileInput({"accept": ",".join(f".{e}" for e in self._endings())}))
        super().__init__(**kwargs)

    def _endings(self) -> list[str]:
        return [*self.kinds, *(ending for ending, kind in ENDINGS.items() if kind in self.kinds)]

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        if not isinstance(data, UploadedFile) or not data.name or data.size is None:
            raise ValidationError(
                _("Pilih ulang berkas untuk “%(label)s”.") % {"label": label_of(self)}, code="invalid"
            )
        check_weight(self, data, self.max_megabytes)
        ending = data.name.rpartition(".")[2].lower()
        kind = ENDINGS.get(ending, ending)
        first = data.read(16)
        data.seek(0)
        marks = KINDS[kind][1] if kind in self.kinds else ()
        readable = kind in self.kinds and (any(first.startswith(m) for m in marks) if marks else b"\x00" not in first)
        if not readable:
            raise ValidationError(
                _("“%(label)s” harus berupa %(kinds)s. Berkas ini bukan, atau isinya rusak.")
                % {"label": label_of(self), "kinds": ", ".join(KINDS[k][0] for k in self.kinds)},
                code="kind",
            )
        return data


class TableFileField(forms.FileField):
    """A list in a file. What is inside is looked at by the operation, which says precisely what is wrong."""

    def __init__(self, *, endings: tuple[str, ...], max_megabytes: int, **kwargs: Any) -> None:
        self.max_megabytes = max_megabytes
        kwargs.setdefault("widget", forms.FileInput({"accept": ",".join(f".{ending}" for ending in endings)}))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        if not isinstance(data, UploadedFile) or not data.name or data.size is None:
            raise ValidationError(_("Pilih ulang berkasnya."), code="invalid")
        check_weight(self, data, self.max_megabytes)
        if "\x00" in data.name:
            raise ValidationError(_("Nama berkas memuat karakter yang tidak dapat dipakai."), code="name")
        return data


class PhotoField(forms.FileField):
    """A photo from a phone or a scanner. It is opened here to see that it is one; shrinking is for who keeps it."""

    def __init__(self, *, max_megabytes: int = 15, **kwargs: Any) -> None:
        self.max_megabytes = max_megabytes
        kwargs.setdefault("help_text", f"JPEG, PNG, WebP; ≤ {max_megabytes} MB")
        kwargs.setdefault("widget", forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        if not isinstance(data, UploadedFile) or not data.name or data.size is None:
            raise ValidationError(_("Pilih ulang foto untuk “%(label)s”.") % {"label": label_of(self)}, code="invalid")
        check_weight(self, data, self.max_megabytes)
        try:
            width, height = _measure(data)
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise ValidationError(
                _("Foto tidak dapat dibaca. Pakai JPEG, PNG, atau WebP."), code="not_a_photo"
            ) from error
        if width * height > MOST_PIXELS:
            raise ValidationError(_("Foto terlalu lebar. Perkecil dulu, lalu unggah lagi."), code="too_wide")
        data.seek(0)
        return data


def _measure(data: "UploadedFile[Any]") -> tuple[int, int]:
    """Width and height of a photo that is whole. The size is read before anything is unpacked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(data, formats=PHOTO_FORMATS) as image:
            size = image.size
            image.verify()
    return size


def check_weight(field: forms.Field, data: "UploadedFile[Any]", max_megabytes: int) -> None:
    if not data.size:
        raise ValidationError(_("Berkas kosong. Pilih berkas lain."), code="empty")
    if data.size > max_megabytes * MB:
        raise ValidationError(
            _("“%(label)s” paling besar %(limit)d MB; berkas ini %(size)s MB.")
            % {"label": label_of(field), "limit": max_megabytes, "size": f"{data.size / MB:.1f}".replace(".", ",")},
            code="too_heavy",
        )
