"""Spreadsheets as workers hold them: read as they are, with nothing lost in silence, and written safely.

Everything is read as text, because a NIK is text; only days are days. A number that a spreadsheet has
rounded stays visible as such. A file is looked at from outside (type, size, unpacked size, used area)
before a parser sees it.
"""

import csv
import io
import math
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import IO, Any
from xml.parsers import expat

import python_calamine
import xlsxwriter
from django.utils.translation import gettext as _

from serasi.common.cells import (
    Cell,
    DateUnclear,
    parse_date,
    parse_sex,
    uses_pria_wanita,
)

__all__ = [
    "Cell",
    "DateUnclear",
    "HeaderMap",
    "HeaderMatch",
    "RoundedNumber",
    "Row",
    "Sheet",
    "SheetRefused",
    "header_key",
    "parse_date",
    "parse_sex",
    "read_rows",
    "uses_pria_wanita",
    "write_workbook",
]

MAX_BYTES = 20 * 1024 * 1024
MAX_XLS_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 250 * 1024 * 1024
MAX_RATIO = 250
MAX_MEMBERS = 2_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELLS = 2_000_000
MAX_TEXT = 200_000_000
_HEADER_WITHIN = 20
_CHUNK = 1 << 16


class SheetRefused(ValueError):
    """The file cannot be read as a table; the message is Indonesian and says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class RoundedNumber(str):
    """A number with more digits than a spreadsheet keeps: its last digits are lost or in doubt.

    Its text is the scientific form, so whatever reads numbers from text (`read_nik`) refuses it with the
    reason.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with the number people see in their spreadsheet."""

    number: int
    cells: tuple[Cell, ...]

    def __getitem__(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table found in a file: its header and what stands below it, without empty rows."""

    name: str
    headers: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    other_sheets: tuple[str, ...] = ()

    @property
    def rounded(self) -> list[tuple[int, str]]:
        """Row number and header of every number that has lost digits."""
        return [
            (row.number, header)
            for row in self.rows
            for header, cell in zip(self.headers, row.cells, strict=False)
            if isinstance(cell, RoundedNumber)
        ]


# --- reading


def read_rows(
    file: IO[bytes] | bytes, filename: str, *, sheet: str = "", header_map: "HeaderMap | None" = None
) -> Sheet:
    """Read the first visible sheet that holds a table, or the one named. Raises SheetRefused.

    The header is looked for in the first 20 rows: the row that answers `header_map` best, or the first that
    is filled with words like a header. A second header row under grouped headings is joined with it; a row
    of column numbers below it is left out.
    """
    content = file if isinstance(file, bytes) else file.read(MAX_BYTES + 1)
    if not content:
        raise SheetRefused(_("Berkas kosong."))
    if len(content) > MAX_BYTES:
        raise SheetRefused(
            _("Berkas lebih dari %(limit)d MB. Bagi menjadi beberapa berkas.") % {"limit": MAX_BYTES // (1024 * 1024)}
        )
    kind = _kind_of(content, filename)
    if kind == "text":
        return _table("", _text_rows(content), (), header_map)
    return _workbook_table(content, kind, sheet, header_map)


_EXTENSIONS = {"xlsx": "xlsx", "xlsm": "xlsx", "ods": "ods", "xls": "xls", "csv": "text", "tsv": "text", "txt": "text"}


def _kind_of(content: bytes, filename: str) -> str:
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
            raise _locked()
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
        raise _damaged() from error
    except RuntimeError as error:
        raise _locked() from error
    except Exception as error:
        # zipfile, zlib and expat name damage in a dozen ways; none of them is a fault of ours.
        raise _damaged() from error


def _look_through(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> None:
    """Unpack once, in small pieces and counting, before a parser holds it all in memory."""
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > max(packed, 40_000) * MAX_RATIO:
        raise _too_big_unpacked()
    scan = _Scan()
    for member in members:
        scan.begin()
        with archive.open(member) as stream:
            # At its end zipfile compares checksum and size, so a member that lies about its size fails here.
            while chunk := stream.read(_CHUNK):
                scan.feed(chunk)
        scan.finish()
    scan.judge()


class _Scan:
    """How much of the sheets is used, told from their XML without keeping it.

    The parser keeps a full rectangle from the first to the last cell with content, and a copy of the text
    for each cell that shares it; a few bytes can ask for more memory than there is.
    """

    def __init__(self) -> None:
        self.last_row = self.last_column = self.text = 0
        self._shared: list[int] = []
        self._uses: Counter[int] = Counter()

    def begin(self) -> None:
        self._parser: expat.XMLParserType | None = expat.ParserCreate(namespace_separator="|")
        self._parser.StartElementHandler = self._root
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._row = self._column = self._row_times = self._times = 0
        self._holds = self._is_shared = False
        self._length = 0
        self._value: list[str] | None = None
        self._is_sheet = self._has_doctype = False

    def feed(self, chunk: bytes) -> None:
        if self._parser is None:
            return
        try:
            self._parser.Parse(chunk)
        except expat.ExpatError:
            self._give_up()

    def finish(self) -> None:
        if self._parser is None:
            return
        try:
            self._parser.Parse(b"", True)  # noqa: FBT003 - positional only
        except expat.ExpatError:
            self._give_up()

    def judge(self) -> None:
        self.text += sum(
            times * self._shared[index] for index, times in self._uses.items() if index < len(self._shared)
        )
        if not _fits(self.last_row, self.last_column):
            raise _too_large(self.last_row, self.last_column)
        if self.text > MAX_TEXT:
            raise _too_big_unpacked()

    def _give_up(self) -> None:
        if self._is_sheet:
            raise _damaged()
        self._parser = None  # a picture, or a part the parser does not read

    def _doctype(self, *_args: Any) -> None:
        self._has_doctype = True

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        assert self._parser is not None  # noqa: S101 - the parser is calling
        handlers = {
            "worksheet": (self._xlsx_start, self._xlsx_end),
            "sst": (self._shared_start, self._shared_end),
            "document-content": (self._ods_start, self._ods_end),
        }.get(name.rpartition("|")[2])
        if handlers is None:
            self._parser.StartElementHandler = None
            return
        if self._has_doctype:  # entities that unfold; no spreadsheet program writes them
            raise _damaged()
        self._is_sheet = True
        self._parser.StartElementHandler, self._parser.EndElementHandler = handlers
        self._parser.CharacterDataHandler = self._characters

    def _characters(self, text: str) -> None:
        self._length += len(text)
        if self._value is not None:
            self._value.append(text)

    def _shared_start(self, name: str, _attributes: dict[str, str]) -> None:
        if name.endswith("|si"):
            self._length = 0

    def _shared_end(self, name: str) -> None:
        if name.endswith("|si"):
            self._shared.append(self._length)

    def _xlsx_start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("|")[2]
        if tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif tag == "c":
            self._column += 1
            if match := re.fullmatch(r"([A-Za-z]{1,3})(\d{1,7})", attributes.get("r", "")):
                self._column = _column_number(match[1])
                self._row = int(match[2])
            self._is_shared = attributes.get("t") == "s"
        elif tag in {"v", "is", "f"}:
            self.last_row = max(self.last_row, self._row)
            self.last_column = max(self.last_column, self._column)
            self._value = [] if tag == "v" and self._is_shared else None

    def _xlsx_end(self, name: str) -> None:
        if self._value is not None and name.endswith("|v"):
            index = "".join(self._value).strip()
            if index.isdecimal() and len(index) < 9:
                self._uses[int(index)] += 1
            self._value = None

    def _ods_start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("|")[2]
        values = {key.rpartition("|")[2]: value for key, value in attributes.items()}
        if tag == "table":
            self._row = self._row_times = 0
        elif tag == "table-row":
            self._row += self._row_times
            self._row_times = _times(values.get("number-rows-repeated"))
            self._column = self._times = 0
        elif tag in {"table-cell", "covered-table-cell"}:
            self._column += self._times
            self._times = _times(values.get("number-columns-repeated"))
            self._length = 0
            self._holds = bool(values.keys() & {"value-type", "value", "date-value", "string-value", "formula"})
            self._length += len(values.get("string-value", ""))
        elif tag == "p":
            self._holds = True

    def _ods_end(self, name: str) -> None:
        if self._holds and name.endswith(("|table-cell", "|covered-table-cell")):
            self.last_row = max(self.last_row, self._row + self._row_times)
            self.last_column = max(self.last_column, self._column + self._times)
            self.text += self._length * self._times * self._row_times
            self._holds = False


def _times(repeated: str | None) -> int:
    return max(int(repeated), 1) if repeated and repeated.isdecimal() and len(repeated) < 12 else 1


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _locked() -> SheetRefused:
    return SheetRefused(_("Berkas dilindungi kata sandi. Hapus kata sandinya lalu unggah lagi."))


def _damaged() -> SheetRefused:
    return SheetRefused(_("Berkas rusak atau tidak lengkap. Buka lagi di Excel atau LibreOffice, lalu simpan ulang."))


def _too_big_unpacked() -> SheetRefused:
    return SheetRefused(_("Isi berkas terlalu besar setelah dibuka. Bagi menjadi beberapa berkas."))


def _too_large(rows: int, columns: int) -> SheetRefused:
    return SheetRefused(
        _(
            "Lembar kerja memakai %(rows)d baris dan %(columns)d kolom. Paling banyak %(max_rows)d baris, "
            "%(max_columns)d kolom, dan %(max_cells)d sel. Hapus isi di luar tabel atau bagi berkasnya."
        )
        % {
            "rows": rows,
            "columns": columns,
            "max_rows": MAX_ROWS,
            "max_columns": MAX_COLUMNS,
            "max_cells": MAX_CELLS,
        }
    )


def _workbook_table(content: bytes, kind: str, wanted: str, header_map: "HeaderMap | None") -> Sheet:
    if kind == "xls" and len(content) > MAX_XLS_BYTES:
        raise SheetRefused(
            _("Berkas .xls lebih dari %(limit)d MB. Simpan Sebagai .xlsx lalu unggah lagi.")
            % {"limit": MAX_XLS_BYTES // (1024 * 1024)}
        )
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(content))
        visible = [
            meta.name
            for meta in workbook.sheets_metadata
            if meta.visible == python_calamine.SheetVisibleEnum.Visible
            and meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError as error:
        raise _locked() from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic inside the parser is no Exception
        raise _damaged() from error
    if wanted and wanted not in visible:
        raise SheetRefused(_("Lembar “%(sheet)s” tidak ada di berkas ini.") % {"sheet": wanted})
    refusal: SheetRefused | None = None
    for name in [wanted] if wanted else visible:
        others = tuple(other for other in visible if other != name)
        try:
            return _table(name, _sheet_rows(workbook, name), others, header_map)
        except SheetRefused as refused:
            refusal = refusal or refused
    raise refusal or SheetRefused(_("Tidak ada lembar kerja yang terlihat di berkas ini."))


def _sheet_rows(workbook: python_calamine.CalamineWorkbook, name: str) -> list[list[Cell]]:
    try:
        sheet = workbook.get_sheet_by_name(name)
        height, width = sheet.total_height, sheet.total_width
        rows = sheet.to_python(skip_empty_area=False) if _fits(height, width) else []
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic inside the parser is no Exception
        raise _damaged() from error
    if not _fits(height, width):
        raise _too_large(height, width)
    return [[_cell(value) for value in row] for row in rows]


def _fits(rows: int, columns: int) -> bool:
    return rows <= MAX_ROWS + _HEADER_WITHIN and columns <= MAX_COLUMNS and rows * columns <= MAX_CELLS


def _cell(value: object) -> Cell:  # noqa: PLR0911 - one line for each kind of cell
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, date):
        return value
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else _visible(str(value))


def _number(value: float) -> str:
    """A number as its digits. From 16 digits on a spreadsheet keeps 15 and fills up with zeros."""
    if not math.isfinite(value):
        return ""
    if value == int(value):
        whole = int(value)
        if abs(whole) < 10**15:
            return str(whole)
        # A file written by another program can hold sixteen exact digits; a double is exact up to 2**53.
        if abs(whole) < 2**53 and whole % 10:
            return str(whole)
        return RoundedNumber(f"{value:.14E}")
    return f"{value:.15g}" if abs(value) < 10**15 else RoundedNumber(f"{value:.14E}")


_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def _visible(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\xa0", " "))
    return _INVISIBLE.sub("", text.encode("utf-8", "ignore").decode()).strip()


def _text(written: str) -> str:
    return _visible(_unprotected(_visible(written)))


# --- text files


def _text_rows(content: bytes) -> list[list[Cell]]:
    lines = list(io.StringIO(_decoded(content), newline=""))
    delimiter = ""
    if lines and (match := re.fullmatch(r"\"?sep=(.)\"?\s*", lines[0], re.IGNORECASE)):
        delimiter = match[1]
        lines[0] = "\n"
    reader = csv.reader(lines, delimiter=delimiter or _delimiter_of(lines))
    rows: list[list[Cell]] = []
    try:
        for number, row in enumerate(reader, start=1):
            if not _fits(number, len(row)):
                raise _too_large(max(number, len(lines)), len(row))
            rows.append([_text(text) for text in row])
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


def _delimiter_of(lines: Sequence[str]) -> str:
    """The sign that cuts the first lines into the most columns alike."""

    def rank(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines[:_HEADER_WITHIN], delimiter=delimiter) if row)
        except csv.Error:
            return 0, 0
        wide = {width: times for width, times in widths.items() if width > 1}
        width = max(wide, key=lambda width: (wide[width], width), default=0)
        return wide.get(width, 0), width

    return max(",;|\t", key=rank)


# --- from rows to a table


def _table(name: str, rows: list[list[Cell]], others: tuple[str, ...], header_map: "HeaderMap | None") -> Sheet:
    at = _header_at(rows, header_map)
    if at is None:
        raise SheetRefused(
            _("Baris judul kolom tidak ditemukan dalam %(count)d baris pertama.") % {"count": _HEADER_WITHIN}
        )
    headers = [cell if isinstance(cell, str) else f"{cell:%d/%m/%Y}" for cell in rows[at]]
    below = at + 1
    if below < len(rows) and _is_second_header(rows[at], rows[below]):
        for column, cell in enumerate(rows[below]):
            if cell and column < len(headers):
                headers[column] = str(cell)
            elif cell:
                headers += [""] * (column - len(headers)) + [str(cell)]
        below += 1
    if below < len(rows) and _is_column_numbers(rows[below]):
        below += 1
    width = max((column + 1 for row in rows[at:] for column, cell in enumerate(row) if cell), default=0)
    headers = [*headers[:width], *[""] * (width - len(headers))]
    found = tuple(
        Row(number, (*cells[:width], *[""] * (width - len(cells))))
        for number, cells in enumerate(rows[below:], start=below + 1)
        if any(cells)
    )
    if len(found) > MAX_ROWS:
        raise _too_large(len(found), len(headers))
    return Sheet(name, tuple(" ".join(header.split()) for header in headers), at + 1, found, others)


def _header_at(rows: Sequence[Sequence[Cell]], header_map: "HeaderMap | None") -> int | None:
    first = rows[:_HEADER_WITHIN]
    if header_map is not None:
        matches = [len(header_map.match([str(cell) for cell in row]).columns) for row in first]
        if matches and max(matches) > 0:
            return matches.index(max(matches))
    words = [sum(_is_word(cell) for cell in row) for row in first]
    enough = max(1, max(words, default=0) * 0.6)
    widest = max((sum(1 for cell in row if cell) for row in first), default=0)
    if widest > 1:
        enough = max(2, enough)
    return next((at for at, count in enumerate(words) if count >= enough and count), None)


def _is_word(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(re.search(r"[^\W\d_]", cell)) and not isinstance(cell, RoundedNumber)


def _is_second_header(header: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether the row names the parts of grouped headings: words only, and nothing under the first column."""
    filled = [cell for cell in below if cell]
    first = next((column for column, cell in enumerate(header) if cell), 0)
    has_gap = any(not cell for cell in header[first:]) or len(below) > len(header)
    return bool(filled) and has_gap and all(map(_is_word, filled)) and not any(below[: first + 1])


def _is_column_numbers(row: Sequence[Cell]) -> bool:
    numbers = [str(cell).strip("()") for cell in row if cell]
    return len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


# --- headers


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """Which column holds which field, and what stands in the way."""

    columns: Mapping[str, int]
    missing: tuple[str, ...] = ()
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.ambiguous


class HeaderMap:
    """What a column may be called: `{field: [aliases]}`. Case, dots, slashes, spaces and underscores do not
    matter.

    Raises ValueError when one alias means two fields, or a required field is not among them.
    """

    def __init__(self, fields: Mapping[str, Sequence[str]], *, required: Collection[str] = ()) -> None:
        self._fields: dict[str, str] = {}
        self._required = tuple(required)
        for name, aliases in fields.items():
            for alias in (name, *aliases):
                key = header_key(alias)
                if self._fields.setdefault(key, name) != name:
                    raise ValueError(f"{alias!r} means both {self._fields[key]} and {name}")
        if unknown := set(required) - set(fields):
            raise ValueError(f"required but not described: {sorted(unknown)}")

    def match(self, headers: Sequence[str]) -> HeaderMatch:
        """Two columns for one field are ambiguous, never chosen between; the worker has to decide."""
        found: dict[str, list[int]] = {}
        unknown: list[str] = []
        for column, header in enumerate(headers):
            name = self._fields.get(header_key(header))
            if name is not None:
                found.setdefault(name, []).append(column)
            elif header:
                unknown.append(header)
        return HeaderMatch(
            columns={name: columns[0] for name, columns in found.items() if len(columns) == 1},
            missing=tuple(name for name in self._required if name not in found),
            ambiguous={
                name: tuple(headers[column] for column in columns)
                for name, columns in found.items()
                if len(columns) > 1
            },
            unknown=tuple(unknown),
        )


def header_key(header: str) -> str:
    """A heading reduced to its letters and digits: "NO. KK", "no_kk" and "No KK *" are one."""
    text = unicodedata.normalize("NFKD", header).casefold().replace("_", " ")
    text = re.sub(r"\((?:wajib|opsional|diisi|harus|required)[^)]*\)|\*", " ", text)
    text = re.sub(r"\b(\w+)-\1\b", r"\1", text)  # anak-anak
    text = re.sub(r"\b(?:nomor|nomer|nmr)\b", "no", text)
    text = re.sub(r"\b(?:kab|kabupaten)\b", "kab", text)
    return "".join(letter for letter in text if letter.isalnum())


# --- writing

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MAX_CELL = 32_767
_MAX_SHEET_ROWS = 1_048_576


def _protected(text: str) -> str:
    """Text a spreadsheet would take for a formula when the file passes through CSV gets an apostrophe in
    front.
    """
    return f"'{text}" if len(text) > 1 and text.startswith(_FORMULA_STARTS) else text


def _unprotected(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS) else text


def write_workbook(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str = "Data",
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """An XLSX file with one header row. Rows are taken one at a time and not kept.

    Text stays text: nothing becomes a formula, a link or a number. Whole numbers of 16 digits and more are
    written as text. Raises ValueError for a row that is longer than the header.
    """
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    try:
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        moment = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet = workbook.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "Data")
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(columns):
            sheet.set_column(column, column, min(max(len(name) + 2, 12), 40))
            sheet.write_string(0, column, _fitting(name), heading)
        for number, row in enumerate(rows, start=1):
            if len(row) > len(columns):
                raise ValueError(f"row {number} has more cells than the header")
            if number >= _MAX_SHEET_ROWS:
                raise ValueError("more rows than a sheet holds")
            for column, value in enumerate(row):
                _write_cell(sheet, number, column, value, moment)
            if progress is not None:
                progress(number)
    finally:
        workbook.close()
    return written.getvalue()


def _write_cell(sheet: Any, row: int, column: int, value: object, moment: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, _("ya") if value else _("tidak"))
    elif isinstance(value, int | float) and abs(value) < 10**15:
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value)
    else:
        sheet.write_string(row, column, _fitting(str(value)))


def _fitting(text: str) -> str:
    text = _protected(text)
    return text if len(text) <= _MAX_CELL else text[: _MAX_CELL - 1] + "…"
