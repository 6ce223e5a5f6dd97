"""How one kind of value becomes another, and how two are compared.

XPath 1.0 with the departures of forms: days are values of their own, and an unanswered question is an empty text, which
as a number is NaN, so that nothing is smaller, equal or greater.
"""

import math
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta, tzinfo

from serasi.xforms.xpath.nodes import DataType, Node, Scalar

NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
"""XPath 1.0, 4.4: no exponent, no plus, no infinity."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CLOSE = 1e-12
"""Numbers nearer than this are equal, as JavaRosa has it (XPathEqExpr), so that 0.1 + 0.2 = 0.3."""
EPOCH = date(1970, 1, 1)
MIDNIGHT_1970 = datetime(1970, 1, 1)  # noqa: DTZ001 - on the clock of any zone
SECONDS_A_DAY = 86_400
LONGEST_EXACT = 1e15
"""Whole numbers below this are written without a decimal point."""


def day_of(text: str) -> date | None:
    """A day written as 2026-11-22, or None."""
    if DAY.fullmatch(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def moment_of(text: str, zone: tzinfo) -> datetime | None:
    """A moment written as 2026-11-22T08:00:00.000+07:00, told in ``zone``; without an offset it is already there."""
    if "T" not in text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    except OverflowError:
        return None


def time_of(text: str) -> time | None:
    """A time of day written as 08:00:00.000+07:00, the offset being that of the device; or None."""
    try:
        return time.fromisoformat(text) if re.match(r"\d\d:\d\d", text) else None
    except ValueError:
        return None


def typed(text: str, kind: DataType, zone: tzinfo) -> Scalar:
    """The value of a node of this type; what cannot be read as its type stays a text."""
    text = text.strip() if kind is not DataType.STRING else text
    match kind:
        case DataType.INT | DataType.DECIMAL:
            return float(text) if NUMBER.fullmatch(text) else text
        case DataType.DATE:
            return day_of(text) or text
        case DataType.DATE_TIME:
            return moment_of(text, zone) or day_of(text) or text
        case DataType.BOOLEAN:
            return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
        case _:
            return text


def to_number(value: Scalar) -> float:
    """Days count from 1970 in whole days; moments in days too, on the clock of the zone, so that both compare.

    The specification reads dates written as text in the same way (`number()`); JavaRosa does not.
    """
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        text = value.strip()
        if NUMBER.fullmatch(text):
            return float(text)
        day = day_of(text) or _as_written(text)
        return math.nan if day is None else _days(day)
    return _days(value)


def _days(moment: date) -> float:
    if isinstance(moment, datetime):
        return (moment.replace(tzinfo=None) - MIDNIGHT_1970) / timedelta(days=1)
    return float((moment - EPOCH).days)


def _as_written(text: str) -> datetime | None:
    """A moment on the clock that it was written by."""
    try:
        return datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return None


def to_text(value: Scalar) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    return value.isoformat()


def number_text(number: float) -> str:
    """XPath 1.0, 4.2: never an exponent; a whole number without a point."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if abs(number) < CLOSE:
        return "0"
    whole = round(number)
    if abs(number - whole) < CLOSE or abs(number) >= LONGEST_EXACT:
        return str(whole)
    written = repr(number)
    return written if "e" not in written else f"{number:.20f}".rstrip("0")


def to_boolean(value: Scalar) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return not math.isnan(value) and abs(value) > CLOSE
    if isinstance(value, str):
        return value != ""
    return True


def equal(left: Scalar, right: Scalar) -> bool:
    """A truth makes both truths, else a number both numbers, else both are texts. A blank equals no number."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return abs(to_number(left) - to_number(right)) < CLOSE
    if isinstance(left, date) and isinstance(right, date):
        return abs(to_number(left) - to_number(right)) < CLOSE
    return to_text(left) == to_text(right)


ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def numbers(values: Iterable[Scalar]) -> list[float]:
    """Those that are numbers; blanks and words are passed over (JavaRosa; XPath 1.0 would answer NaN)."""
    return [number for number in map(to_number, values) if not math.isnan(number)]


def unique(nodes: Iterable[Node]) -> list[Node]:
    """Each node once, in the order found."""
    return list(dict.fromkeys(nodes))
