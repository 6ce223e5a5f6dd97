"""The day of an institution is its own day: WIB, WITA or WIT."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from serasi.access.models import Unit


def day_at(unit: Unit, moment: datetime) -> date:
    """Which day it is in the house at a moment."""
    return unit.day_at(moment)


def beginning_of(unit: Unit, day: date) -> datetime:
    """The first moment of a day in the house."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(unit.time_zone))


def end_of(unit: Unit, day: date) -> datetime:
    """The last moment of a day in the house: what "on that day" means for a board or a census of a past day."""
    return beginning_of(unit, day + timedelta(days=1)) - timedelta(microseconds=1)
