"""When the shifts of a unit begin."""

from datetime import datetime, time
from uuid import UUID

from serasi.access.models import Unit, User
from serasi.access.operations import operation, require, save_changes
from serasi.daily.models import DayPractice
from serasi.daily.permissions import SET_PRACTICE


@operation(SET_PRACTICE)
def set_practice(
    *,
    id: UUID,
    unit: Unit,
    morning_from: time,
    afternoon_from: time | None,
    night_from: time,
    revision: int,
    by: User,
    at: datetime,
) -> DayPractice:
    """Say when shifts begin; ``revision`` 0 where the unit had the usual hours so far. Raises Conflict."""
    require(by, SET_PRACTICE, on=unit)
    hours = {"morning_from": morning_from, "afternoon_from": afternoon_from, "night_from": night_from}
    own = DayPractice.objects.filter(unit=unit).first()
    if own is None:
        return DayPractice.objects.create(id=id, unit=unit, **hours)
    save_changes(own, revision=revision, **hours)
    return own
