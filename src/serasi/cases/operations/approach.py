"""Which of the three approaches helps the person now; one file holds them all."""

from datetime import datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused
from serasi.cases.models import ApproachPeriod, Case
from serasi.cases.operations.writable import FileState, file_operation
from serasi.cases.permissions import WALK_CASE


@file_operation(WALK_CASE, creates=ApproachPeriod)
def start_approach(
    *,
    id: UUID,
    case: Case,
    approach: str,
    reason: str,
    by: User,
    at: datetime,
    agent: Unit | None = None,
    instead: bool = True,
) -> ApproachPeriod:
    """Help by this approach from now on; with ``instead`` the approaches that run now end at the same moment."""
    if not reason.strip():
        raise Refused(_("Tuliskan alasan berpindah pendekatan."), field="reason")
    running = list(ApproachPeriod.objects.select_for_update().filter(case=case, period__contains=at))
    if any(period.approach == approach for period in running):
        raise Refused(_("Pendekatan ini sudah berjalan."), field="approach")
    if instead:
        for period in running:
            _end(period, at)
    return ApproachPeriod.objects.create(
        id=id,
        case=case,
        approach=approach,
        agent=agent,
        period=DateTimeTZRange(at, None),
        reason=reason,
        written_by=by,
        written_at=at,
    )


@file_operation(WALK_CASE, of="period.case", state=FileState.EITHER)
def end_approach(*, period: ApproachPeriod, by: User, at: datetime) -> ApproachPeriod:
    """Stop helping by this approach."""
    if period.period.upper is None:
        _end(period, at)
    return period


def _end(period: ApproachPeriod, at: datetime) -> None:
    period.period = DateTimeTZRange(period.period.lower, at)
    period.save(update_fields=["period"])
