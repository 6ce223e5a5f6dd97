"""Workbooks written safely: text stays text, whatever it begins with."""

import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any, Self

import xlsxwriter
from django.utils.translation import gettext as _

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MAX_CELL = 32_767
_MAX_SHEET_ROWS = 1_048_576


def _protected(text: str) -> str:
    """Text a spreadsheet would take for a formula when the file passes through CSV gets an apostrophe in
    front.
    """
    return f"'{text}" if len(text) > 1 and text.startswith(_FORMULA_STARTS) else text


def unprotected(text: str) -> str:
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
    return write_sheets([(title, columns, rows)], progress=progress)


def write_sheets(
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[object]]]],
    *,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """As `write_workbook`, with several sheets: title, columns and rows of each."""
    with SheetsWriter() as workbook:
        for title, columns, rows in sheets:
            sheet = workbook.sheet(title, columns)
            for row in rows:
                sheet.add(row)
                if progress is not None:
                    progress(sheet.rows)
        return workbook.finished().read()


class SheetsWriter:
    """A workbook whose sheets grow a row at a time, in any turn; rows lie on disk, and so does a large whole."""

    _IN_MEMORY = 4 * 1024 * 1024

    def __enter__(self) -> Self:
        self._written = tempfile.SpooledTemporaryFile(max_size=self._IN_MEMORY)
        self._book = xlsxwriter.Workbook(self._written, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
        self._heading = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._moment = self._book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        self._is_open = True
        return self

    def __exit__(self, *_raised: object) -> None:
        self._end()
        self._written.close()

    def sheet(self, title: str, columns: Sequence[str]) -> "_Sheet":
        sheet = self._book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "Data")
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(columns):
            sheet.set_column(column, column, min(max(len(name) + 2, 12), 40))
            sheet.write_string(0, column, _fitting(name), self._heading)
        return _Sheet(sheet, len(columns), self._moment)

    def finished(self) -> IO[bytes]:
        """The workbook, from its first byte; it goes when the writer does."""
        self._end()
        self._written.seek(0)
        return self._written

    def _end(self) -> None:
        if self._is_open:
            self._is_open = False
            self._book.close()


class _Sheet:
    def __init__(self, sheet: Any, columns: int, moment: Any) -> None:
        self._sheet, self._columns, self._moment, self.rows = sheet, columns, moment, 0

    def add(self, row: Sequence[object]) -> None:
        self.rows += 1
        if len(row) > self._columns:
            raise ValueError(f"row {self.rows} has more cells than the header")
        if self.rows >= _MAX_SHEET_ROWS:
            raise ValueError("more rows than a sheet holds")
        for column, value in enumerate(row):
            _write_cell(self._sheet, self.rows, column, value, self._moment)


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
