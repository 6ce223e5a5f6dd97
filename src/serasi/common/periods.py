"""Days, ages and periods.

A period is half-open: its first day belongs to it, its last boundary does not, so one stay ends on the day
the next begins and nothing overlaps. It is the same convention as PostgreSQL's daterange. The clock is
never read here.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

_ONE_DAY = timedelta(days=1)
_MAX_WORKING_DAYS = 5_000


@dataclass(frozen=True, slots=True, order=True)
class DateSpan:
    """From `start` up to but not including `end`; an open end is None."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError("a period cannot end before it starts")

    @classmethod
    def through(cls, first: date, last: date) -> "DateSpan":
        """The period as people say it, with its last day in it."""
        return cls(first, last + _ONE_DAY)

    @classmethod
    def of_month(cls, year: int, month: int) -> "DateSpan":
        first = date(year, month, 1)
        return cls(first, add_months(first, 1))

    @classmethod
    def of_year(cls, year: int) -> "DateSpan":
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def is_open(self) -> bool:
        return self.end is None

    @property
    def is_empty(self) -> bool:
        return self.end == self.start

    @property
    def last_day(self) -> date | None:
        """The last day that belongs to the period; None when it is open or empty."""
        return None if self.end is None or self.is_empty else self.end - _ONE_DAY

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: "DateSpan") -> bool:
        """Whether one day belongs to both."""
        shared = self.intersection(other)
        return shared is not None and not shared.is_empty

    def intersection(self, other: "DateSpan") -> "DateSpan | None":
        """The days that belong to both; None when the periods do not even touch."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends) if ends else None
        return None if end is not None and end < start else DateSpan(start, end)

    def days(self, *, until: date | None = None) -> int:
        """How many days belong to it; of an open period, those before `until`."""
        end = self.end if until is None else min(self.end or until, until)
        if end is None:
            raise ValueError("an open period is counted until a day")
        return max((end - self.start).days, 0)


def age_on(birth_date: date, day: date) -> int:
    """Completed years of life. Who was born on 29 February completes a year on 1 March of a common year.

    Raises ValueError for a day before birth.
    """
    if day < birth_date:
        raise ValueError("not born yet")
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier), or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@cache
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))


def is_national_holiday(day: date) -> bool:
    """Whether the library knows the day as a public holiday or joint leave (cuti bersama) in Indonesia.

    Joint leave of coming years is decreed year by year and some feasts are only estimated: where a deadline
    matters, pass `working_days_after` the corrected table instead.
    """
    return day in _holidays_of(day.year)


def is_working_day(day: date, *, is_holiday: Callable[[date], bool] = is_national_holiday) -> bool:
    return day.weekday() < calendar.SATURDAY and not is_holiday(day)


def working_days_after(day: date, count: int, *, is_holiday: Callable[[date], bool] = is_national_holiday) -> date:
    """The day that is `count` working days after `day`; `day` itself is not counted, and 0 gives it back.

    Raises ValueError for a count below 0 or above 5,000.
    """
    if not 0 <= count <= _MAX_WORKING_DAYS:
        raise ValueError("between 0 and 5,000 working days")
    found = day
    while count:
        found += _ONE_DAY
        count -= is_working_day(found, is_holiday=is_holiday)
    return found


def working_days_between(start: date, end: date, *, is_holiday: Callable[[date], bool] = is_national_holiday) -> int:
    """How many working days lie after `start`, up to and including `end`; 0 when `end` is not later."""
    return sum(
        is_working_day(start + timedelta(days=offset), is_holiday=is_holiday)
        for offset in range(1, (end - start).days + 1)
    )


@dataclass(frozen=True, slots=True)
class AgeEstimate:
    """An age that was guessed or a year that was remembered: the birth date lies between two days, both
    possible.
    """

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError("the latest birth date cannot precede the earliest")

    @classmethod
    def from_ages(cls, youngest: int, oldest: int, *, on: date) -> "AgeEstimate":
        """Between `youngest` and `oldest` completed years on that day."""
        return cls(add_months(on, -12 * (oldest + 1)) + _ONE_DAY, add_months(on, -12 * youngest))

    @classmethod
    def from_year(cls, year: int) -> "AgeEstimate":
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def from_birth_date(cls, birth_date: date) -> "AgeEstimate":
        return cls(birth_date, birth_date)

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest

    @property
    def midpoint(self) -> date:
        """A day to sort by. Never store it as a birth date."""
        return self.earliest + (self.latest - self.earliest) // 2

    def ages_on(self, day: date) -> tuple[int, int]:
        """The least and the greatest age possible on a day; a life that may not have begun counts as 0."""
        return age_on(min(self.latest, day), day), age_on(min(self.earliest, day), day)

    def includes(self, birth_date: date) -> bool:
        return self.earliest <= birth_date <= self.latest

    def is_certainly_under(self, years: int, *, on: date) -> bool:
        return self.ages_on(on)[1] < years

    def is_possibly_under(self, years: int, *, on: date) -> bool:
        """Whether the person may still be under the age; for protection, doubt speaks for the child."""
        return self.ages_on(on)[0] < years


WIB, WITA, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")
_ZONE_NAMES = {WIB.key: "WIB", WITA.key: "WITA", WIT.key: "WIT"}
# Kemendagri codes: Bali and Nusa Tenggara, South, East and North Kalimantan, Sulawesi; Maluku and Papua.
_WITA_PROVINCES = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
_WIT_PROVINCES = frozenset({"81", "82", "91", "92", "93", "94", "95", "96", "97"})


def zone_of_province(code: str) -> ZoneInfo:
    """The zone of a province by its Kemendagri code; also of any code that begins with one ("35.78.01").

    Raises ValueError when the code does not begin with two digits of a possible province.
    """
    province = code[:2]
    if not (len(province) == 2 and province.isascii() and province.isdigit() and province[0] in "12356789"):
        raise ValueError("not a region code")
    if province in _WITA_PROVINCES:
        return WITA
    return WIT if province in _WIT_PROVINCES else WIB


def zone_name(zone: ZoneInfo) -> str:
    """How people write the zone: WIB, WITA, WIT; the key of any other."""
    return _ZONE_NAMES.get(zone.key, zone.key)
