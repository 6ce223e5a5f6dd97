"""Workbooks written safely: text stays text, whatever it begins with."""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

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
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    try:
        heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        moment = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for title, columns, rows in sheets:
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
