"""A house in a spreadsheet: which column means what, what each row says of a bed, and what is wrong with it.

Rows are understood as people write them: a name that stands once for the rows below it, "1-8" for eight beds, a number
of beds instead of their names. One mistake keeps the whole list out, for half a house is worse than none.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from serasi.access.operations import Refused
from serasi.common.spreadsheets import Cell, HeaderMap, Row, Sheet, SheetRefused, parse_sex, read_rows, write_workbook
from serasi.interop.headings import error_headings, is_header_again
from serasi.interop.merging import filled_down
from serasi.interop.reading import Problem
from serasi.people.enums import Sex
from serasi.residence.enums import Property
from serasi.residence.operations import bed_labels
from serasi.residence.queries import Wanted

MOST_BEDS: Final = 5_000
NAMES: Final = {
    "building": "Gedung",
    "ward": "Wisma",
    "sex": "Untuk",
    "room": "Kamar",
    "bed": "Tempat tidur",
    "count": "Jumlah tempat tidur",
    "properties": "Sifat",
}
"""The headings of the template; Indonesian for every reader, as they are read back."""
_HEADERS: Final = {
    "building": ("nama gedung", "bangunan", "nama bangunan", "blok"),
    "ward": ("nama wisma", "asrama", "nama asrama", "bangsal", "sal", "pondok", "paviliun"),
    "sex": ("jenis kelamin", "l/p", "jk", "peruntukan", "penghuni"),
    "room": ("nama kamar", "no kamar", "ruang", "ruangan", "nama ruang", "no ruang"),
    "bed": ("no tempat tidur", "nama tempat tidur", "tt", "no tt", "bed", "no bed", "ranjang", "no ranjang"),
    "count": ("jml tempat tidur", "jumlah tt", "jml tt", "jumlah bed", "jumlah ranjang", "kapasitas"),
    "properties": ("sifat tempat tidur", "sifat kamar", "ciri", "kekhususan"),
}
_LONGEST: Final = {"building": 80, "ward": 80, "room": 40, "bed": 20}
_WORDS: Final = {
    Property.WHEELCHAIR: ("kursi roda", "terjangkau kursi roda", "aksesibel"),
    Property.GROUND_FLOOR: ("lantai dasar", "lantai bawah", "lantai 1"),
    Property.LOW: ("tempat tidur rendah", "rendah"),
    Property.CARER_NEARBY: ("dekat pengasuh jaga", "dekat pengasuh", "dekat perawat", "dekat pos jaga"),
    Property.INFANT: ("tempat tidur bayi", "bayi", "boks bayi", "box bayi"),
    Property.ISOLATION: ("kamar isolasi", "isolasi"),
}
_ORDINARY: Final = {"biasa", "umum", "standar"}
_BOTH: Final = re.compile(r"l\s*[/&+,]\s*p|campur(?:an)?|semua|laki-laki dan perempuan|putra dan putri", re.IGNORECASE)
_SEXES: Final = {"putra": Sex.MALE, "putri": Sex.FEMALE}
_TOTAL: Final = re.compile(r"(?:sub\s*)?(?:jumlah|total)\b.*|grand total", re.IGNORECASE)
EXAMPLE: Final = "CONTOH"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row of the sheet."""

    number: int
    problem: Problem


@dataclass(slots=True)
class HouseSheet:
    """A spreadsheet as it was understood."""

    table: Sheet
    wanted: list[Wanted] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class HouseUnreadable(Refused):
    """The file is no list of a house; the message says what to do."""


def read_house(content: bytes, filename: str, *, only_building: str = "", sheet: str = "") -> HouseSheet:
    """Understand a spreadsheet. Raises HouseUnreadable. ``only_building`` is for lists that name none."""
    try:
        table = filled_down(read_rows(content, filename, sheet=sheet, header_map=_header_map()), content)
    except SheetRefused as refused:
        raise HouseUnreadable(refused.message, field="file") from refused
    return _Reader(table, only_building).read()


@cache
def _header_map() -> HeaderMap:
    return HeaderMap({code: (NAMES[code], *_HEADERS[code]) for code in NAMES})


class _Reader:
    def __init__(self, table: Sheet, only_building: str) -> None:
        self.found = HouseSheet(table)
        self.only_building = only_building or "Gedung utama"
        match = _header_map().match([header.partition("(")[0] for header in table.headers])
        if match.ambiguous:
            twice = ", ".join(match.ambiguous[next(iter(match.ambiguous))])
            raise HouseUnreadable(_("Dua kolom berarti sama: %s. Hapus salah satunya.") % twice, field="file")
        self.columns = match.columns
        missing = [NAMES[code] for code in ("ward", "room") if code not in self.columns]
        if missing:
            words = _("Kolom %s tidak ditemukan. Pakai judul kolom seperti pada templat.")
            raise HouseUnreadable(words % ", ".join(missing), field="file")
        self.above = {"building": "", "ward": "", "room": ""}
        self.row = Row(0, ())

    def read(self) -> HouseSheet:
        stands: dict[Any, Wanted] = {}
        sexes: dict[Any, Wanted] = {}
        for row in self.found.table.rows:
            self.row = row
            for one in self._lines():
                first = stands.setdefault(one.key(4), one)
                if first is not one:
                    self._compare("properties" if "properties" in self.columns else "bed", one, first)
                    continue
                if one.sex is not None and sexes.setdefault(one.key(2), one).sex != one.sex:
                    number = sexes[one.key(2)].number
                    self._fault(
                        "sex",
                        _("Wisma ini di baris %d untuk penghuni lain.") % number,
                        _("Satu wisma satu peruntukan: samakan, atau bagi menjadi dua wisma."),
                    )
                self.found.wanted.append(one)
            if len(self.found.wanted) > MOST_BEDS:
                words = _("Paling banyak %d tempat tidur sekaligus. Bagi menjadi beberapa berkas.")
                raise HouseUnreadable(words % MOST_BEDS, field="file")
        if not self.found.wanted and not self.found.faults:
            raise HouseUnreadable(_("Tidak ada kamar dalam berkas ini."), field="file")
        return self.found

    def _compare(self, code: str, one: Wanted, first: Wanted) -> None:
        """A line that says the same again is passed over; another is a fault."""
        if one.properties != first.properties or (one.bed and one.number == first.number):
            self._fault(
                code,
                _("Tempat tidur ini juga ada di baris %d.") % first.number,
                _("Satu tempat tidur satu baris: hapus salah satu, atau beri nomor lain."),
            )

    def _lines(self) -> Iterator[Wanted]:
        """The beds of the row, or the room alone; nothing for rows that hold none, or a fault."""
        cells = [str(cell) for cell in self.row.cells]
        texts = [self._text(code) for code in self.above]
        is_example = any(text.upper().startswith(EXAMPLE) for text in texts)
        if is_example or any(map(_TOTAL.fullmatch, texts)) or is_header_again(cells, list(self.found.table.headers)):
            return
        if not any(self._text(code) for code in NAMES):
            return
        before = len(self.found.faults)
        building, ward, room = self._place()
        sex, properties, labels = self._sex(), self._properties(), self._labels()
        if len(self.found.faults) == before:
            for label in labels or [""]:
                yield Wanted(self.row.number, building, ward, room, label, sex, properties)

    def _place(self) -> tuple[str, str, str]:
        """Building, ward and room. An empty cell stands for the name above, as long as nothing wider changes."""
        is_new = False
        for code, above in self.above.items():
            text = self._short(code)
            if code == "building" and "building" not in self.columns:
                text = self.only_building
            if not text and (is_new or not above):
                self._fault(code, _("%s kosong.") % NAMES[code], _("Isi namanya."))
            is_new = is_new or bool(text and text != above)
            self.above[code] = text or ("" if is_new else above)
        return self.above["building"], self.above["ward"], self.above["room"]

    def _labels(self) -> list[str]:
        cell = self._cell("bed")
        if isinstance(cell, date):
            self._fault(
                "bed",
                _("Nomor ini diubah program menjadi tanggal."),
                _("Jadikan kolomnya teks, lalu tulis lagi, misalnya 1-8."),
            )
            return []
        if self._text("bed"):
            try:
                labels = bed_labels(self._text("bed"))
            except Refused as refused:
                self._fault("bed", str(refused.message), _("Tulis misalnya 1-8 atau 1, 2, A1."))
                return []
            if any(len(part.strip()) > _LONGEST["bed"] for part in self._text("bed").split(",")):
                self._fault("bed", _("Lebih dari %d huruf.") % _LONGEST["bed"], _("Pendekkan nomornya."))
            return labels
        count = self._text("count")
        if not count:
            return []
        if not (count.isascii() and count.isdigit() and 0 <= int(count) <= 200):
            self._fault("count", _("Ini bukan jumlah tempat tidur."), _("Tulis angka dari 0 sampai 200."))
            return []
        return [str(number) for number in range(1, int(count) + 1)]

    def _sex(self) -> str | None:
        text = self._text("sex")
        if not text:
            return None
        if _BOTH.fullmatch(text):
            return ""
        found = _SEXES.get(text.casefold()) or parse_sex(text)
        if found not in {Sex.MALE, Sex.FEMALE}:
            self._fault("sex", _("“%s” tidak dikenali.") % text, _("Tulis L, P, atau L/P untuk keduanya."))
        return found

    def _properties(self) -> tuple[str, ...] | None:
        text = self._text("properties")
        if not text:
            return None
        found = []
        for part in re.split(r"[;,/+&]|\bdan\b", text.casefold()):
            word = " ".join(part.split())
            if not word or word in _ORDINARY:
                continue
            code = next((one for one, words in _WORDS.items() if word in {one.value, *words}), None)
            if code is None:
                known = ", ".join(words[0] for words in _WORDS.values())
                self._fault("properties", _("Sifat “%s” tidak dikenal.") % word, _("Pilih dari: %s.") % known)
                return None
            found.append(code.value)
        return tuple(dict.fromkeys(found))

    # --- cells

    def _cell(self, code: str) -> Cell:
        column = self.columns.get(code)
        return "" if column is None else self.row[column]

    def _text(self, code: str) -> str:
        cell = self._cell(code)
        text = " ".join(cell.split()) if isinstance(cell, str) else f"{cell:%d/%m/%Y}"
        return "" if text in {"-", "–", "—"} else text

    def _short(self, code: str) -> str:
        text = self._text(code)
        if len(text) > _LONGEST[code]:
            self._fault(code, _("Lebih dari %d huruf.") % _LONGEST[code], _("Pendekkan namanya."))
        return text

    def _fault(self, code: str, what: str, fix: str) -> None:
        column = self.columns.get(code)
        heading = NAMES[code] if column is None else self.found.table.headers[column]
        self.found.faults.append(Fault(self.row.number, Problem(heading, what, fix)))


# --- Going out -------------------------------------------------------------------------------------------------------


def error_sheet(found: HouseSheet) -> bytes:
    """The faulty rows as they stood, a line for each fault, with what is wrong and how to mend it."""
    rows = {row.number: row for row in found.table.rows}
    lines = (
        [*map(_shown, rows[one.number].cells), one.number, one.problem.column, one.problem.what, one.problem.fix]
        for one in found.faults
    )
    return write_workbook([*found.table.headers, *error_headings()], lines, title=_("Perbaiki"))


def _shown(cell: Cell) -> str:
    return cell if isinstance(cell, str) else f"{cell:%d/%m/%Y}"


_EXAMPLES: Final = (
    (f"{EXAMPLE} Gedung Utama", "Wisma Mawar", "P", "Kamar 1", "1-4", "", ""),
    (f"{EXAMPLE} Gedung Utama", "Wisma Mawar", "P", "Kamar 2", "1", "", "kursi roda; lantai dasar"),
    (f"{EXAMPLE} Gedung Utama", "Wisma Kenanga", "L", "Kamar 1", "", "6", ""),
)
_WIDTHS: Final = (34, 24, 10, 18, 16, 20, 36)
_GUIDE: Final = (
    "Templat rumah Serasi, versi 1",
    "Satu baris satu tempat tidur, atau beberapa sekaligus: 1-8, atau 1, 2, A1. Atau isi jumlahnya saja.",
    "Nama gedung, wisma dan kamar cukup ditulis sekali; baris di bawahnya yang kosong dianggap sama.",
    "Untuk: L, P, atau L/P. Kosong berarti tidak diubah.",
    "Yang belum ada ditambahkan, sifat yang lain diubah, dan tidak ada yang dihapus.",
    "Baris yang diawali CONTOH tidak pernah disimpan.",
)


def template() -> bytes:
    """An XLSX to fill in: headings, lists to choose from, an invented example, a sheet that explains."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF7", "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    example = book.add_format({"num_format": "@", "italic": True, "font_color": "#666666"})
    sheet = book.add_worksheet("Rumah")
    sheet.freeze_panes(1, 0)
    for column, (name, width) in enumerate(zip(NAMES.values(), _WIDTHS, strict=True)):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, name, head)
    for at, row in enumerate(_EXAMPLES, start=1):
        for column, value in enumerate(row):
            sheet.write_string(at, column, value, example)
    sheet.data_validation(1, 2, 2_000, 2, {"validate": "list", "source": ["L", "P", "L/P"]})
    guide = book.add_worksheet("Petunjuk")
    guide.set_column(0, 0, 100)
    properties = "Sifat: " + "; ".join(words[0] for words in _WORDS.values()) + "."
    for at, line in enumerate((*_GUIDE, properties)):
        guide.write_string(at, 0, line)
    book.close()
    return written.getvalue()


def kept(wanted: Sequence[Wanted]) -> list[list[Any]]:
    """Lines as they travel with the page that shows them, until they are saved."""
    return [[one.number, one.building, one.ward, one.room, one.bed, one.sex, one.properties] for one in wanted]


def retold(lines: Sequence[Sequence[Any]]) -> list[Wanted]:
    return [
        Wanted(number, building, ward, room, bed, sex, None if properties is None else tuple(properties))
        for number, building, ward, room, bed, sex, properties in lines
    ]
