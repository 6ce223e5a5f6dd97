"""Whether person, family and place are ready for the return."""

from datetime import date, datetime
from uuid import UUID

from serasi.access.models import User
from serasi.cases.enums import Score
from serasi.cases.models import Case, Readiness
from serasi.cases.operations.writable import file_operation, refuse_future

RETURN_HOME = "cases.homecoming.write"


@file_operation(RETURN_HOME, creates=Readiness)
def check_readiness(
    *,
    id: UUID,
    case: Case,
    held_on: date,
    person: Score,
    family: Score,
    place: Score,
    is_ready: bool,
    account: str,
    by: User,
    at: datetime,
) -> Readiness:
    """Record a check of readiness. Raises `CaseClosed` and `InTheFuture`."""
    refuse_future(held_on, at=at, field="held_on")
    return Readiness.objects.create(
        id=id,
        case=case,
        held_on=held_on,
        person=person,
        family=family,
        place=place,
        is_ready=is_ready,
        account=account,
        written_by=by,
        written_at=at,
    )
