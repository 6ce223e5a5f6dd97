"""Spreadsheets as workers hold them: read as they are, with nothing lost in silence, and written safely.

Everything is read as text, because a NIK is text; only days are days. A number that a spreadsheet has
rounded stays visible as such. A file is looked at from outside (type, size, unpacked size, used area)
before a parser sees it.
"""

from serasi.common.cells import Cell, DateUnclear, parse_date, parse_sex, uses_pria_wanita
from serasi.common.spreadsheets.headers import HeaderMap, HeaderMatch, header_key
from serasi.common.spreadsheets.limits import MAX_BYTES
from serasi.common.spreadsheets.reading import read_rows, read_sheets
from serasi.common.spreadsheets.sheet import RoundedNumber, Row, Sheet, SheetRefused
from serasi.common.spreadsheets.writing import write_workbook

__all__ = [
    "MAX_BYTES",
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
    "read_sheets",
    "uses_pria_wanita",
    "write_workbook",
]
