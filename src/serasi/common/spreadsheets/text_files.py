"""Text files: CSV, whatever separates its columns and however it is encoded."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from serasi.common.cells import Cell
from serasi.common.spreadsheets import limits
from serasi.common.spreadsheets.sheet import SheetRefused
from serasi.common.spreadsheets.values import text_of


def text_rows(content: bytes) -> list[list[Cell]]:
    lines = list(io.StringIO(_decoded(content), newline=""))
    delimiter = ""
    if lines and (match := re.fullmatch(r"\"?sep=(.)\"?\s*", lines[0], re.IGNORECASE)):
        delimiter = match[1]
        lines[0] = "\n"
    reader = csv.reader(lines, delimiter=delimiter or delimiter_of(lines))
    rows: list[list[Cell]] = []
    try:
        for number, row in enumerate(reader, start=1):
            if not limits.fits(number, len(row)):
                raise limits.too_large(max(number, len(lines)), len(row))
            rows.append([text_of(text) for text in row])
    except csv.Error as error:
        raise SheetRefused(
            _("Baris %(line)d tidak terbaca; mungkin ada tanda kutip yang tidak ditutup.") % {"line": reader.line_num}
        ) from error
    return rows


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content[:1000].count(b"\0") * 3 > len(content[:1000]):
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text
        break
    raise SheetRefused(_("Berkas ini bukan teks CSV. Simpan Sebagai CSV UTF-8 atau .xlsx."))


def delimiter_of(lines: Sequence[str]) -> str:
    """The sign that cuts the first lines into the most columns alike."""

    def rank(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines[: limits.HEADER_WITHIN], delimiter=delimiter) if row)
        except csv.Error:
            return 0, 0
        wide = {width: times for width, times in widths.items() if width > 1}
        width = max(wide, key=lambda width: (wide[width], width), default=0)
        return wide.get(width, 0), width

    return max(",;|\t", key=rank)
