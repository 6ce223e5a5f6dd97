"""A workbook as it was written: sheets of text with the row numbers their author sees.

Read from XLSX, or from text where each sheet is a heading of its name and one table of Markdown:

    ## survey

    | type | name | label |
    | --- | --- | --- |
    | text | nama | Siapa nama Anda? |

Text between the tables is for the reader alone. ``\\|`` is a bar and ``<br>`` a new line inside a cell.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_noop as _

from serasi.common.spreadsheets import Cell, SheetRefused, read_sheets
from serasi.xforms.findings import Finding, Unreadable

MAX_TEXT_BYTES = 2 * 1024 * 1024
MAX_SHEETS = 40
MAX_ROWS = 6_000
MAX_COLUMNS = 200
MAX_CELL = 8_000
"""Letters in one cell; the longest label of 854 public forms is shorter."""


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one row: heading to text, filled cells alone. ``number`` counts the headings as row 1."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its headings as they were written, and its rows without the empty ones."""

    name: str
    headings: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets by their names in small letters."""

    sheets: Mapping[str, Table]

    def __getitem__(self, name: str) -> Table:
        return self.sheets.get(name) or Table(name)

    def __contains__(self, name: object) -> bool:
        return name in self.sheets


def read(source: bytes, name: str) -> Workbook:
    """What a file of this name holds. Raises Unreadable."""
    ending = name.rpartition(".")[2].lower()
    if ending in {"md", "markdown"}:
        return _workbook(_tables_of(source))
    if ending == "xls":
        raise Unreadable(
            (Finding(_("Berkas .xls tidak diterima. Buka di Excel atau LibreOffice, lalu Simpan Sebagai .xlsx.")),)
        )
    if ending != "xlsx":
        raise Unreadable((Finding(_("Instrumen ditulis dalam berkas .xlsx (XLSForm) atau teks .md.")),))
    try:
        sheets = read_sheets(source, name)
    except SheetRefused as refused:
        raise Unreadable((Finding("{reason}", {"reason": refused.message}),)) from refused
    return _workbook((sheet, [[_text(cell) for cell in row] for row in rows]) for sheet, rows in sheets.items())


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _workbook(found: Iterable[tuple[str, list[list[str]]]]) -> Workbook:
    sheets: dict[str, Table] = {}
    findings: list[Finding] = []
    for written, rows in found:
        name = written.strip().lower()
        if name in sheets:
            findings.append(Finding(_("Ada dua lembar bernama “{sheet}”. Hapus salah satu."), {"sheet": name}, name))
            continue
        if len(sheets) >= MAX_SHEETS:
            findings.append(Finding(_("Paling banyak {most} lembar."), {"most": str(MAX_SHEETS)}))
            break
        sheets[name] = _table(name, rows, findings)
    if findings:
        raise Unreadable(tuple(findings))
    return Workbook(sheets)


def _table(name: str, rows: list[list[str]], findings: list[Finding]) -> Table:
    height = max((number for number, row in enumerate(rows, start=1) if any(row)), default=0)
    width = max((column for row in rows for column, cell in enumerate(row, start=1) if cell), default=0)
    if height > MAX_ROWS or width > MAX_COLUMNS:
        findings.append(
            Finding(
                _(
                    "Lembar “{sheet}” memakai {rows} baris dan {columns} kolom; paling banyak {most_rows} baris dan "
                    "{most_columns} kolom. Hapus isi di luar tabel. Daftar panjang seperti desa jangan ditulis di sini."
                ),
                {
                    "sheet": name,
                    "rows": str(height),
                    "columns": str(width),
                    "most_rows": str(MAX_ROWS),
                    "most_columns": str(MAX_COLUMNS),
                },
                name,
            )
        )
        return Table(name)
    headings = [" ".join(cell.split()) for cell in rows[0]] if rows else []
    for twice in sorted({heading for heading in headings if heading and headings.count(heading) > 1}):
        findings.append(
            Finding(_("Kolom “{column}” ada dua kali. Hapus atau ganti nama salah satu."), {"column": twice}, name, 1)
        )
    if height > 1 and not any(headings):
        findings.append(Finding(_("Baris 1 harus berisi judul kolom."), {}, name, 1))
    kept = []
    for number, row in enumerate(rows[1:height], start=2):
        cells = {heading: cell for heading, cell in zip(headings, row, strict=False) if heading and cell}
        findings.extend(
            Finding(
                _("Isi sel terlalu panjang ({length} huruf; paling banyak {most})."),
                {"length": str(len(cell)), "most": str(MAX_CELL)},
                name,
                number,
                heading,
            )
            for heading, cell in cells.items()
            if len(cell) > MAX_CELL
        )
        if cells:
            kept.append(Row(number, cells))
    return Table(name, tuple(heading for heading in headings if heading), tuple(kept))


_HEADING = re.compile(r"#{1,6}\s+(?P<name>.+?)\s*#*")
_RULE = re.compile(r"\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def _tables_of(source: bytes) -> list[tuple[str, list[list[str]]]]:
    if len(source) > MAX_TEXT_BYTES:
        raise Unreadable((Finding(_("Teks instrumen lebih dari {most} MB."), {"most": str(MAX_TEXT_BYTES >> 20)}),))
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Unreadable((Finding(_("Berkas ini bukan teks UTF-8. Simpan ulang sebagai UTF-8.")),))
    lines = text.splitlines()
    tables: list[tuple[str, list[list[str]]]] = []
    heading, in_table = "", False
    for number, written in enumerate(lines, start=1):
        line = written.strip()
        if match := _HEADING.fullmatch(line):
            heading, in_table = match["name"], False
        elif not line.startswith("|"):
            in_table = False
        elif in_table:
            if not (len(tables[-1][1]) == 1 and _RULE.fullmatch(line)):
                tables[-1][1].append(_cells(line))
        elif not heading:
            raise Unreadable(
                (
                    Finding(
                        _(
                            "Tabel di baris teks {line} tidak bernama. Tulis di atasnya judul lembar, misalnya "
                            "## survey."
                        ),
                        {"line": str(number)},
                    ),
                )
            )
        else:
            tables.append((heading, [_cells(line)]))
            in_table = True
    if not tables:
        raise Unreadable(
            (Finding(_("Teks ini tidak berisi tabel. Setiap lembar adalah judul (## survey) dan tabel.")),)
        )
    return tables


def _cells(line: str) -> list[str]:
    inner = line.removeprefix("|")
    parts = _BAR.split(inner)
    if parts and not parts[-1].strip():
        parts.pop()
    return [_BREAK.sub("\n", part.strip().replace("\\|", "|")) for part in parts]
