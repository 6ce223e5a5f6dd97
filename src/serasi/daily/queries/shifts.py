"""Which shift it is: computed from the unit's practice, in the unit's own time; the night goes over midnight."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from django.core.exceptions import ObjectDoesNotExist

from serasi.access.models import Unit
from serasi.daily.enums import ShiftName
from serasi.daily.models import DayPractice

_USUAL: Final = ((ShiftName.MORNING, time(7)), (ShiftName.AFTERNOON, time(14)), (ShiftName.NIGHT, time(21)))


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift of a day: the night is of the day on which it began."""

    name: ShiftName
    day: date
    begins_at: datetime
    ends_at: datetime

    @property
    def code(self) -> str:
        return f"{self.day:%Y-%m-%d}.{self.name}"


def shift_at(unit: Unit, moment: datetime) -> Shift:
    """The shift that runs at a moment. ``unit`` comes with its practice, or asks for it: one statement."""
    day = moment.astimezone(ZoneInfo(unit.time_zone)).date()
    running = [shift for shift in _shifts_around(unit, day) if shift.begins_at <= moment]
    return running[-1]


def shift_before(unit: Unit, shift: Shift) -> Shift:
    return [one for one in _shifts_around(unit, shift.day) if one.begins_at < shift.begins_at][-1]


def _shifts_around(unit: Unit, day: date) -> list[Shift]:
    """Those that begin on the day before, the day itself and the day after."""
    zone = ZoneInfo(unit.time_zone)
    begins = [
        (name, on, datetime.combine(on, at, tzinfo=zone))
        for on in (day + timedelta(days=off) for off in (-2, -1, 0, 1, 2))
        for name, at in _times_of(unit)
    ]
    return [Shift(name, on, since, until) for (name, on, since), (_next, _on, until) in pairwise(begins)]


def _times_of(unit: Unit) -> tuple[tuple[ShiftName, time], ...]:
    try:
        own: DayPractice = unit.day_practice
    except ObjectDoesNotExist:
        return _USUAL
    times = (
        (ShiftName.MORNING, own.morning_from),
        (ShiftName.AFTERNOON, own.afternoon_from),
        (ShiftName.NIGHT, own.night_from),
    )
    return tuple((name, at) for name, at in times if at is not None)
