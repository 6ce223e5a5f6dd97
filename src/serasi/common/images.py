"""Photos as they come from phones, made safe to keep: known type, bounded size, nothing inside but the
picture.

A photo from a phone tells where and when it was taken and by whose device. For a person in a safe house
that is a danger, so every photo is drawn anew, and no byte of the original file survives.
"""

import io
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_SIDE = 1600
MIN_SIDE = 32
_QUALITY = 82
_FORMATS = ("JPEG", "PNG", "WEBP")

_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}


class PhotoRefused(ValueError):
    """The file is not a photo we can take; the message is Indonesian and says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def clean_photo(file: IO[bytes] | bytes, *, max_side: int = MAX_SIDE) -> bytes:
    """Read a photo and draw it anew as JPEG: upright, at most `max_side` pixels, without any metadata.

    What the file is called or claims to be does not matter, only its content. Raises PhotoRefused.
    """
    content = _content(file)
    _refuse_other_types(content)
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as photo:
            _refuse_size(photo.width, photo.height)
            photo.draft("RGB", (max_side, max_side))  # lets JPEG decode small at once
            upright = ImageOps.exif_transpose(photo)
            upright.thumbnail((max_side, max_side), Image.Resampling.LANCZOS, reducing_gap=2.0)
            drawn = _flattened(upright)
    except PhotoRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except Exception as error:
        # Damaged files fail in many ways inside the decoders; none of them is a fault of ours.
        raise PhotoRefused(_("Foto rusak atau tidak lengkap. Ambil atau unggah ulang fotonya.")) from error
    written = io.BytesIO()
    drawn.save(written, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return written.getvalue()


def _content(file: IO[bytes] | bytes) -> bytes:
    content = file if isinstance(file, bytes) else file.read(MAX_BYTES + 1)
    if not content:
        raise PhotoRefused(_("Berkas foto kosong. Pilih foto lain."))
    if len(content) > MAX_BYTES:
        raise PhotoRefused(
            _("Berkas foto lebih dari %(limit)d MB. Perkecil dulu atau ambil ulang dengan mutu lebih rendah.")
            % {"limit": MAX_BYTES // (1024 * 1024)}
        )
    return content


def _refuse_other_types(content: bytes) -> None:
    head = content[:16]
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        raise PhotoRefused(
            _(
                "Foto berformat HEIC belum dapat dibaca. Pada iPhone pilih Pengaturan › Kamera › Format › "
                "Paling "
                "Kompatibel, atau kirim foto sebagai JPEG."
            )
        )
    raise PhotoRefused(_("Berkas ini bukan foto JPEG, PNG, atau WebP. Pilih berkas foto."))


def _refuse_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_large()
    if min(width, height) < MIN_SIDE:
        raise PhotoRefused(
            _("Foto terlalu kecil (%(width)d × %(height)d piksel).") % {"width": width, "height": height}
        )


def _too_large() -> PhotoRefused:
    return PhotoRefused(
        _("Foto lebih dari %(limit)d megapiksel. Perkecil dulu ukurannya.") % {"limit": MAX_PIXELS // 1_000_000}
    )


def _flattened(photo: Image.Image) -> Image.Image:
    """The bare pixels on white. A new image carries no comment, profile or other rider of the old one."""
    canvas = Image.new("RGB", photo.size, "white")
    if photo.has_transparency_data:
        layer = photo.convert("RGBA")
        canvas.paste(layer, mask=layer.getchannel("A"))
    else:
        canvas.paste(photo.convert("RGB"))
    return canvas
