"""A file looked at from outside, before a parser sees it: what it is, and whether it may be unpacked."""

import io
import zipfile
from collections.abc import Sequence

from django.utils.translation import gettext as _

from serasi.common.spreadsheets import limits
from serasi.common.spreadsheets.scan import Scan
from serasi.common.spreadsheets.sheet import SheetRefused

_CHUNK = 1 << 16
_EXTENSIONS = {"xlsx": "xlsx", "xlsm": "xlsx", "ods": "ods", "xls": "xls", "csv": "text", "tsv": "text", "txt": "text"}


def kind_of(content: bytes, filename: str) -> str:
    extension = filename.rpartition(".")[2].lower()
    promised = _EXTENSIONS.get(extension)
    if promised is None:
        raise SheetRefused(_("Pilih berkas Excel (.xlsx, .xls), LibreOffice (.ods), atau CSV (.csv)."))
    found = _kind_inside(content)
    if found == "page":
        raise SheetRefused(
            _(
                "Berkas ini halaman web yang diberi nama .%(extension)s. Buka di Excel atau LibreOffice, "
                "lalu Simpan "
                "Sebagai .xlsx."
            )
            % {"extension": extension}
        )
    if found != promised:
        raise SheetRefused(
            _("Isi berkas tidak sesuai dengan akhiran .%(extension)s. Buka lagi lalu Simpan Sebagai .xlsx.")
            % {"extension": extension}
        )
    return found


def _kind_inside(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise limits.locked()
        return "xls"
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<head", b"<meta", b"<body", b"<?xml")):
        return "page"
    return "text"


def _kind_of_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            kind = "ods" if "content.xml" in names else "xlsx" if "xl/workbook.xml" in names else "archive"
            if kind != "archive":
                _look_through(archive, members)
            return kind
    except SheetRefused:
        raise
    except NotImplementedError as error:
        raise limits.damaged() from error
    except RuntimeError as error:
        raise limits.locked() from error
    except Exception as error:
        # zipfile, zlib and expat name damage in a dozen ways; none of them is a fault of ours.
        raise limits.damaged() from error


def _look_through(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> None:
    """Unpack once, in small pieces and counting, before a parser holds it all in memory."""
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if (
        len(members) > limits.MAX_MEMBERS
        or unpacked > limits.MAX_UNPACKED
        or unpacked > max(packed, 40_000) * limits.MAX_RATIO
    ):
        raise limits.too_big_unpacked()
    scan = Scan()
    for member in members:
        scan.begin()
        with archive.open(member) as stream:
            # At its end zipfile compares checksum and size, so a member that lies about its size fails here.
            while chunk := stream.read(_CHUNK):
                scan.feed(chunk)
        scan.finish()
    scan.judge()
