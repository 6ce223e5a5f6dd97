"""Our own sheets: which columns they have, and how their cells are read. Each mistake is a `Finding` with its place."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from django.utils.translation import gettext_noop as _

from serasi.xforms.authoring.points import CENT, number
from serasi.xforms.authoring.survey import Survey
from serasi.xforms.authoring.workbook import Row, Workbook
from serasi.xforms.declared import Scale
from serasi.xforms.findings import Finding

COLUMNS = {
    "instrumen": ("nama", "isi"),
    "skor": (
        *("nama", "judul", "cara", "butir", "terbalik", "boleh_kosong", "terendah", "tertinggi"),
        *("arah", "ranah", "galat", "sumber"),
    ),
    "pita": ("skor", "kode", "dari", "sampai", "judul", "arti", "nada", "sumber"),
    "saran": ("skor", "pita", "jenis", "apa", "alasan"),
}
SHEETS = (*COLUMNS, "contoh")
ANSWERED, BAND = "_terjawab", "_pita"
"""What is added to the name of a scale for its two companions."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_IN_LANGUAGE = re.compile(r"(judul|arti)::.+")
"""What a scale or a band is called in another language of the form."""
_PHRASES = re.compile(r"[;,\n]")
Word = TypeVar("Word", bound=StrEnum)


@dataclass
class SheetReader:
    """What reading any of the sheets needs. ``findings`` is one list for all of them."""

    workbook: Workbook
    survey: Survey
    findings: list[Finding] = field(default_factory=list)

    def find(self, message: str, sheet: str, row: int | None = None, place: str = "", /, **values: str) -> None:
        self.findings.append(Finding(message, values, sheet, row, place))

    def judge_columns(self, sheet: str) -> None:
        known = COLUMNS[sheet]
        for heading in self.workbook[sheet].headings:
            if heading not in known and not _IN_LANGUAGE.fullmatch(heading):
                self.find(
                    _("Kolom “{heading}” tidak dikenal di lembar {sheet}.{meant} Kolomnya: {known}."),
                    sheet,
                    1,
                    heading,
                    heading=heading,
                    sheet=sheet,
                    meant=meant(heading, known),
                    known=", ".join(known),
                )

    def needed(self, row: Row, sheet: str, *columns: str) -> bool:
        missing = [column for column in columns if not row[column]]
        for column in missing:
            self.find(_("Isi kolom {column}."), sheet, row.number, column, column=column)
        return not missing

    def word(self, kind: type[Word], row: Row, sheet: str, column: str, default: Word | None = None) -> Word | None:
        written = phrase(row[column])
        if not written and default is not None:
            return default
        try:
            return kind(written)
        except ValueError:
            self.find(
                _("“{written}” tidak dikenal di kolom {column}. Pilih: {known}."),
                sheet,
                row.number,
                column,
                written=row[column],
                column=column,
                known=", ".join(word.value for word in kind),
            )
            return None

    def number(self, row: Row, sheet: str, column: str) -> Decimal | None:
        if not row[column]:
            return None
        value = number(row[column])
        if value is None or value != value.quantize(CENT):
            self.find(
                _("“{written}” bukan bilangan (paling banyak dua angka di belakang koma)."),
                sheet,
                row.number,
                column,
                written=row[column],
            )
            return None
        return value

    def knows_scale(self, row: Row, sheet: str, scales: Mapping[str, Scale]) -> bool:
        if row["skor"] in scales:
            return True
        written = {one["nama"] for one in self.workbook["skor"].rows}
        if row["skor"] not in written:  # a scale with mistakes of its own has been told of
            self.find(
                _("Skor “{scale}” tidak ada di lembar skor.{meant}"),
                sheet,
                row.number,
                "skor",
                scale=row["skor"],
                meant=meant(row["skor"], written),
            )
        return False


def phrase(written: str) -> str:
    return " ".join(written.lower().split())


def phrases(written: str) -> tuple[str, ...]:
    return tuple(said for part in _PHRASES.split(written) if (said := phrase(part)))


def in_languages(cells: Mapping[str, str], names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What columns such as ``judul::English (en)`` say."""
    found: dict[str, dict[str, str]] = {}
    for heading, text in cells.items():
        stem, colons, language = heading.partition("::")
        if colons and stem.strip() in names and text:
            found.setdefault(language.strip(), {})[names[stem.strip()]] = text
    return found


def meant(written: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(written, list(known), n=1, cutoff=0.75)
    return f" → “{close[0]}”?" if close else ""
