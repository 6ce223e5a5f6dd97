"""What stands in one cell, as text or day."""

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta

from serasi.common.cells import Cell
from serasi.common.spreadsheets.sheet import RoundedNumber
from serasi.common.spreadsheets.writing import unprotected


def cell_of(value: object) -> Cell:  # noqa: PLR0911 - one line for each kind of cell
    if isinstance(value, str):
        return text_of(value)
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


def text_of(written: str) -> str:
    return _visible(unprotected(_visible(written)))
