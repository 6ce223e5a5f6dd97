"""What is written in a cell or a field, understood: days and sexes in all the forms people use, and never
guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from serasi.common.nik import SexLetter
from serasi.common.sentences import sentence as _

Cell: TypeAlias = "str | date"


@dataclass(frozen=True, slots=True)
class DateUnclear:
    """A date that cannot be told for certain. `year` (and `month`) when that much is known: an estimate,
    not a day.
    """

    text: str
    message: str
    year: int | None = None
    month: int | None = None


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january jnr",
            "februari feb pebruari peb february febuari",
            "maret mar mrt march mart",
            "april apr apl",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt ags agst agust aug august agus",
            "september sep sept septembr",
            "oktober okt oct october",
            "november nov nop nopember",
            "desember des dec december dess",
        ),
        start=1,
    )
    for name in names.split()
}
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(3_000, 80_000)  # 1908 to 2119; four digits are looked at as a year first
_YEARS = range(1850, 2101)
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})")
_DAY_NAME_YEAR = re.compile(r"(\d{1,2})\s*[-/. ]?\s*([a-z]+)\s*[-/.,' ]*\s*(\d{4}|\d{2})")
_NAME_YEAR = re.compile(r"([a-z]+)\s*[-/., ]*\s*(\d{4})")
_MIDNIGHT = re.compile(r"[t ]\s*00?[:.]00(?:[:.]00)?(?:\.0+)?z?$")


def parse_date(value: Cell, *, today: date) -> date | DateUnclear:  # noqa: PLR0911 - one line for each form
    """A day in any form usual in Indonesia: 31/12/1990, 31-12-90, 1990-12-31, 31 Des 1990, an Excel number.

    Two-digit years are the latest that is not after `today`. The day comes before the month; where only the
    other order gives a date, that is unclear and not guessed. A year alone gives DateUnclear with `year`.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    # Weekday or birth place before a comma: "Senin, 31-12-1990", "Jakarta, 31 Desember 1990".
    text = re.sub(r"^[^\W\d_][^\d,]*,\s*", "", " ".join(value.translate(_FULL_WIDTH).casefold().split()))
    text = _MIDNIGHT.sub("", text).strip(" .,'")
    if match := _YEAR_MONTH_DAY.fullmatch(text):
        return _day(value, *map(int, match.groups()))
    if match := _DAY_MONTH_YEAR.fullmatch(text):
        return _day(value, _year(match[3], today), int(match[2]), int(match[1]))
    if (match := _DAY_NAME_YEAR.fullmatch(text)) and match[2] in _MONTHS:
        return _day(value, _year(match[3], today), _MONTHS[match[2]], int(match[1]))
    if (match := _NAME_YEAR.fullmatch(text)) and match[1] in _MONTHS and int(match[2]) in _YEARS:
        return DateUnclear(value, _("Hanya bulan dan tahun yang tertulis."), int(match[2]), _MONTHS[match[1]])
    if re.fullmatch(r"\d{8}", text):
        return _eight_digits(value, text)
    if re.fullmatch(r"\d{4,5}(?:\.\d+)?", text):
        number = int(float(text))
        if number in _YEARS:
            return DateUnclear(value, _("Hanya tahun yang tertulis."), number)
        if number in _SERIALS:
            return _EXCEL_EPOCH + timedelta(days=number)
    if not text.strip("-–/0"):
        return DateUnclear(value, _("Tanggal tidak diisi."))
    return DateUnclear(value, _("Tanggal tidak dikenali. Tulis seperti 31/12/1990."))


_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}


def _year(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    year = today.year // 100 * 100 + int(digits)
    return year if year <= today.year else year - 100


def _day(text: str, year: int, month: int, day: int) -> date | DateUnclear:
    if year not in _YEARS:
        return DateUnclear(text, _("Tahunnya tidak mungkin."))
    try:
        return date(year, month, day)
    except ValueError:
        pass
    if not day and 1 <= month <= 12:
        return DateUnclear(text, _("Hanya bulan dan tahun yang tertulis."), year, month)
    if not day and not month:
        return DateUnclear(text, _("Hanya tahun yang tertulis."), year)
    if month > 12 >= day >= 1 and month <= 31:
        message = _("Bulan tampaknya ditulis sebelum tanggal. Tulis tanggal, bulan, lalu tahun.")
    else:
        message = _("Tanggal ini tidak ada di kalender.")
    return DateUnclear(text, message, year)


def _eight_digits(text: str, digits: str) -> date | DateUnclear:
    readings = {
        reading
        for reading in (
            _day(text, int(digits[:4]), int(digits[4:6]), int(digits[6:])),
            _day(text, int(digits[4:]), int(digits[2:4]), int(digits[:2])),
        )
        if isinstance(reading, date)
    }
    if len(readings) == 1:
        return readings.pop()
    return DateUnclear(text, _("Delapan angka ini dapat dibaca dengan dua cara. Tulis seperti 31/12/1990."))


_SEXES: dict[str, SexLetter] = {
    **dict.fromkeys(
        ("l", "lk", "lki", "laki", "lakilaki", "laki2", "laki²", "pria", "cowok", "m", "male", "putra", "1"), "L"
    ),
    **dict.fromkeys(
        ("p", "pr", "prp", "perempuan", "prempuan", "wanita", "w", "wnt", "cewek", "f", "female", "putri", "2"), "P"
    ),
}


def parse_sex(value: Cell, *, pria_wanita: bool = False) -> SexLetter | None:
    """L or P from what is written; None when it is not clear. 1 and 2 are read as in the civil register.

    In a column that says P and W (`uses_pria_wanita`), P means pria: pass `pria_wanita`.
    """
    key = re.sub(r"[^a-z0-9²]", "", str(value).casefold().removesuffix(".0"))
    if pria_wanita and key == "p":
        return "L"
    return _SEXES.get(key)


def uses_pria_wanita(values: Iterable[Cell]) -> bool:
    """Whether a column of single letters is written P and W, for pria and wanita, rather than L and P."""
    letters = {str(value).strip(" .").casefold() for value in values}
    return "w" in letters and not letters & {"l", "lk"}
