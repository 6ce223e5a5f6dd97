"""The file of a list as a stream of rows: CSV however delimited and encoded, XLSX, Parquet.

A list may be far larger than memory. Text and Parquet are read a piece at a time; a workbook is held whole by its
parser, so its size is limited. The number of a row is the one people see in their spreadsheet.
"""

import codecs
import csv
import hashlib
import io
import itertools
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Final

import pyarrow
import pyarrow.parquet
import python_calamine

from serasi.common.cells import Cell
from serasi.common.sentences import sentence as _
from serasi.common.spreadsheets.text_files import delimiter_of
from serasi.common.spreadsheets.values import cell_of, text_of
from serasi.entitlements.reference import columns_of

HEADER_WITHIN: Final = 20
"""The headings stand in one of the first rows."""
MOST_OF_A_WORKBOOK: Final = 100 * 1024 * 1024
"""Bytes of an XLSX file that are read; what is larger is saved as CSV."""
MOST_UNPACKED: Final = 1024 * 1024 * 1024
_PIECE: Final = 1024 * 1024
_AT_ONCE: Final = 5_000
_KINDS: Final = {"csv": "text", "txt": "text", "tsv": "text", "xlsx": "xlsx", "parquet": "parquet"}
_TEXT_STARTS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


class ListUnreadable(ValueError):
    """The file cannot be read as a list; the message is Indonesian and says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class LookedOver:
    """What one pass over the bytes tells: how many, which, whether they are UTF-8, how many lines at most."""

    size: int
    sha256: str
    is_utf8: bool
    lines: int


def look_over(file: IO[bytes]) -> LookedOver:
    """Read the file once from its beginning, and leave it there."""
    told, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    size, lines, is_utf8 = 0, 0, True
    file.seek(0)
    while piece := file.read(_PIECE):
        told.update(piece)
        size += len(piece)
        lines += piece.count(b"\n")
        if is_utf8:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                is_utf8 = False
    file.seek(0)
    return LookedOver(size, told.hexdigest(), is_utf8, lines)


@dataclass(slots=True)
class Opened:
    """A list that was opened: its headings, which column holds which field, and the rows below with their numbers."""

    headers: list[str]
    columns: dict[str, int]
    rows: Iterator[tuple[int, Sequence[Cell]]] = field(repr=False)
    total: int | None = None
    """How many rows there are, where the file says so."""


def opened(file: IO[bytes], filename: str, *, is_utf8: bool) -> Opened:
    """Find the headings and stand before the first row. Raises ListUnreadable."""
    kind = _KINDS.get(filename.rpartition(".")[2].lower())
    if kind is None:
        raise ListUnreadable(_("Pilih berkas CSV (.csv, .txt, .tsv), Excel (.xlsx) atau Parquet (.parquet)."))
    start = file.read(4)
    file.seek(0)
    if (kind == "xlsx") != start.startswith(b"PK\x03\x04") or (kind == "parquet") != (start == b"PAR1"):
        raise ListUnreadable(
            _("Isi berkas tidak sesuai dengan akhirannya. Buka lagi, lalu Simpan Sebagai jenis yang dimaksud.")
        )
    if kind == "parquet":
        return _parquet(file)
    rows, total = (_text_rows(file, is_utf8=is_utf8), None) if kind == "text" else _workbook_rows(file)
    first = list(itertools.islice(rows, HEADER_WITHIN))
    best, columns = 0, dict[str, int]()
    for at, (_number, cells) in enumerate(first):
        found = columns_of([str(cell) for cell in cells])
        if len(found) > len(columns):
            best, columns = at, found
    headers = [" ".join(str(cell).split()) for cell in first[best][1]] if first else []
    return Opened(_enough(headers, columns), columns, itertools.chain(first[best + 1 :], rows), total)


def _enough(headers: list[str], columns: dict[str, int]) -> list[str]:
    if "name" not in columns or not columns.keys() & {"nik", "kk"}:
        raise ListUnreadable(
            _(
                "Judul kolom tidak ditemukan dalam 20 baris pertama. Harus ada kolom nama, dan kolom NIK atau "
                "nomor KK; misalnya NIK, NO KK, NAMA."
            )
        )
    return headers


def _text_rows(file: IO[bytes], *, is_utf8: bool) -> Iterator[tuple[int, Sequence[Cell]]]:
    start = file.read(65_536)
    file.seek(0)
    encoding = next((name for mark, name in _TEXT_STARTS if start.startswith(mark)), None)
    if encoding is None and start[:1000].count(b"\0") * 3 > len(start[:1000]):
        encoding = "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    text = io.TextIOWrapper(file, encoding or ("utf-8" if is_utf8 else "cp1252"), errors="replace", newline="")
    try:
        yield from _rows_of_text(text)
    finally:
        text.detach()  # the file is not ours to close


def _rows_of_text(text: io.TextIOWrapper) -> Iterator[tuple[int, Sequence[Cell]]]:
    start = list(itertools.islice(text, HEADER_WITHIN))
    if any("\0" in line for line in start):
        raise ListUnreadable(_("Berkas ini bukan teks CSV. Simpan Sebagai CSV UTF-8 atau .xlsx."))
    delimiter = ""
    if start and (said := re.fullmatch(r"\"?sep=(.)\"?\s*", start[0], re.IGNORECASE)):
        delimiter = said[1]
        start[0] = "\n"
    reader = csv.reader(itertools.chain(start, text), delimiter=delimiter or delimiter_of(start))
    try:
        yield from enumerate(reader, start=1)
    except csv.Error:
        raise ListUnreadable(
            _("Baris %(line)d tidak terbaca; mungkin ada tanda kutip yang tidak ditutup.") % {"line": reader.line_num}
        ) from None


def _workbook_rows(file: IO[bytes]) -> tuple[Iterator[tuple[int, Sequence[Cell]]], int]:
    content = file.read(MOST_OF_A_WORKBOOK + 1)
    if len(content) > MOST_OF_A_WORKBOOK:
        raise ListUnreadable(
            _("Berkas .xlsx lebih dari %(limit)d MB. Simpan Sebagai CSV UTF-8 lalu muat lagi.")
            % {"limit": MOST_OF_A_WORKBOOK // (1024 * 1024)}
        )
    _weigh_unpacked(content)
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(content))
        names = [
            meta.name
            for meta in workbook.sheets_metadata
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
            and meta.visible == python_calamine.SheetVisibleEnum.Visible
        ]
        sheet = workbook.get_sheet_by_name(names[0])
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic inside the parser is no Exception
        raise _damaged() from error
    rows = ((number, [cell_of(value) for value in row]) for number, row in enumerate(sheet.iter_rows(), start=1))
    return rows, int(sheet.total_height)


def _weigh_unpacked(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise _damaged() from error
    if unpacked > MOST_UNPACKED:
        raise ListUnreadable(_("Isi berkas terlalu besar setelah dibuka. Simpan Sebagai CSV UTF-8 lalu muat lagi."))


def _damaged() -> ListUnreadable:
    return ListUnreadable(
        _("Berkas rusak, dikunci kata sandi, atau tidak lengkap. Buka lagi di Excel, lalu simpan ulang.")
    )


def _parquet(file: IO[bytes]) -> Opened:
    try:
        table = pyarrow.parquet.ParquetFile(pyarrow.PythonFile(file, mode="r"))
        headers = [str(name) for name in table.schema_arrow.names]
    except (pyarrow.ArrowException, OSError) as error:
        raise ListUnreadable(_("Berkas Parquet ini rusak atau tidak lengkap.")) from error
    columns = columns_of(headers)
    return Opened(_enough(headers, columns), columns, _parquet_rows(table, headers), int(table.metadata.num_rows))


def _parquet_rows(table: Any, headers: Sequence[str]) -> Iterator[tuple[int, Sequence[Cell]]]:
    numbers = itertools.count(2)  # as if the headings stood in the first row
    for batch in table.iter_batches(batch_size=_AT_ONCE):
        columns = [column.to_pylist() for column in batch.columns]
        for values in zip(*columns, strict=True):
            yield next(numbers), [value if isinstance(value, str) else _exact(value) for value in values]


def _exact(value: object) -> Cell:
    """A value of a column that knows its type: whole numbers are exact there, unlike those of a spreadsheet."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else cell_of(value)


def cleaned(cell: Cell) -> Cell:
    """A cell of a text file without what cannot be seen; one of the others is clean already."""
    return text_of(cell) if isinstance(cell, str) and not cell.isascii() else cell
