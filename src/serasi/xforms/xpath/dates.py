"""Days and moments in expressions: from every kind of value, and written as a form asks."""

import math
import re
from datetime import date, datetime, time, timedelta, tzinfo

from serasi.xforms.xpath.broken import Broken
from serasi.xforms.xpath.nodes import Scalar
from serasi.xforms.xpath.values import EPOCH, SECONDS_A_DAY, day_of, moment_of, time_of

INDONESIAN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")
INDONESIAN_DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def moment_from(value: Scalar, now: datetime) -> datetime | None:
    """A moment in the zone of ``now``: a day begins at midnight, a number counts days since 1970. None of a blank."""
    zone = now.tzinfo
    assert zone is not None, "the clock must know its zone"  # noqa: S101 - a fault of the caller
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time.min, zone)
    if isinstance(value, (bool, float)):
        return None if math.isnan(float(value)) else _counted(float(value), zone)
    text = value.strip()
    if not text:
        return None
    day = day_of(text)
    moment = datetime.combine(day, time.min, zone) if day else moment_of(text, zone)
    if moment is None:
        raise Broken(f"“{text}” bukan tanggal.")
    return moment


def _counted(days: float, zone: tzinfo) -> datetime:
    try:
        if days == int(days):
            return datetime.combine(EPOCH + timedelta(days=days), time.min, zone)
        return datetime.fromtimestamp(days * SECONDS_A_DAY, zone)
    except (OverflowError, ValueError, OSError):
        raise Broken(f"{days} bukan tanggal.") from None


def to_day(value: Scalar, now: datetime) -> Scalar:
    """The day of a value; a blank stays one. A moment that is written as a text stays a moment (JavaRosa)."""
    if isinstance(value, float) and math.isfinite(value):
        value = float(math.trunc(value))
    moment = moment_from(value, now)
    if moment is None:
        return ""
    return moment if isinstance(value, str) and day_of(value.strip()) is None else moment.date()


def share_of_day(value: Scalar, now: datetime) -> float:
    """How much of the day has passed at a time or moment, on the clock of the zone: noon is 0.5."""
    clock = time_of(value.strip()) if isinstance(value, str) else None
    if clock is None:
        moment = moment_from(value, now)
        if moment is None:
            return math.nan
        clock = moment.time()
    passed = timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)
    return passed / timedelta(days=1)


def formatted(moment: datetime, pattern: str, language: str) -> str:
    """As `format-date()` has it: ``%d %b %Y``. Names are Indonesian unless the form's language is another."""
    english = re.search(r"\ben\b|english", language, re.IGNORECASE) is not None
    months, days = (ENGLISH_MONTHS, ENGLISH_DAYS) if english else (INDONESIAN_MONTHS, INDONESIAN_DAYS)
    parts = {
        "%": "%",
        "Y": f"{moment.year:04}",
        "y": f"{moment.year % 100:02}",
        "m": f"{moment.month:02}",
        "n": str(moment.month),
        "b": months[moment.month - 1],
        "d": f"{moment.day:02}",
        "e": str(moment.day),
        "a": days[moment.weekday()],
        "W": str(moment.isocalendar().week),
        "H": f"{moment.hour:02}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02}",
        "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}",
    }

    def part(found: re.Match[str]) -> str:
        if found[1] not in parts:
            raise Broken(f"Format tanggal “%{found[1]}” tidak dikenal.")
        return parts[found[1]]

    return re.sub(r"%(.?)", part, pattern, flags=re.DOTALL)
