"""What a resident eats that is not everybody's meal."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation
from serasi.daily.models import Diet
from serasi.daily.permissions import WRITE_DAY
from serasi.residence.models import Stay
from serasi.residence.operations import require_in_house


class AlreadyEnded(Refused):
    message = _("Diet ini sudah diakhiri.")


@operation(WRITE_DAY, creates=Diet)
def order_diet(
    *,
    id: UUID,
    stay: Stay,
    kind: str,
    reason: str,
    starts: date,
    by: User,
    at: datetime,
    words: str = "",
    ends: date | None = None,
) -> Diet:
    """From a day on, perhaps to a day (``ends``, the latest), someone eats otherwise."""
    require_in_house(by, WRITE_DAY, stay)
    if ends is not None and ends < starts:
        raise Refused(_("Hari terakhir tidak boleh sebelum hari pertama."), field="ends")
    return Diet.objects.create(
        id=id,
        unit_id=stay.unit_id,
        stay=stay,
        kind=kind,
        words=words.strip(),
        reason=reason.strip(),
        period=DateRange(starts, ends + timedelta(days=1) if ends else None),
        written_by=by,
        written_at=at,
    )


@operation(WRITE_DAY)
def end_diet(*, diet: Diet, latest: date, by: User, at: datetime) -> Diet:
    """A diet holds up to a day and no longer; up to the day before its first, it never held. Raises AlreadyEnded."""
    require_in_house(by, WRITE_DAY, diet.stay)
    first, ends = diet.period.lower, latest + timedelta(days=1)
    if first is None or (diet.period.upper is not None and ends >= diet.period.upper):
        raise AlreadyEnded
    diet.period = DateRange(first, ends) if ends > first else DateRange(empty=True)
    Diet.objects.filter(pk=diet.pk).update(period=diet.period)
    return diet
