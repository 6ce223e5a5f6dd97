"""What a unit decides about its days: when its shifts begin, after how many days without a visit it is reminded."""

from datetime import datetime, time
from uuid import UUID

from serasi.access.models import Unit, User
from serasi.access.operations import operation, require, save_changes
from serasi.daily.models import DayPractice
from serasi.daily.models.practice import CONTACT_WITHIN_DAYS
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
    contact_within_days: int = CONTACT_WITHIN_DAYS,
    by: User,
    at: datetime,
) -> DayPractice:
    """Decide it; ``revision`` 0 where the unit did as is usual so far. Raises Conflict."""
    require(by, SET_PRACTICE, on=unit)
    decided = {
        "morning_from": morning_from,
        "afternoon_from": afternoon_from,
        "night_from": night_from,
        "contact_within_days": contact_within_days,
    }
    own = DayPractice.objects.filter(unit=unit).first()
    if own is None:
        return DayPractice.objects.create(id=id, unit=unit, **decided)
    save_changes(own, revision=revision, **decided)
    return own
