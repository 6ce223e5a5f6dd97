"""Family tracing (*penelusuran keluarga*), step by step."""

from datetime import date, datetime
from uuid import UUID

from serasi.access.models import User
from serasi.cases.enums import TracingResult
from serasi.cases.models import Case, TracingStep
from serasi.cases.operations.writable import file_operation, refuse_future
from serasi.institutions.models import Region

RETURN_HOME = "cases.homecoming.write"


@file_operation(RETURN_HOME, creates=TracingStep)
def record_tracing(
    *,
    id: UUID,
    case: Case,
    taken_on: date,
    method: str,
    region: Region | None,
    contact: str,
    result: TracingResult,
    account: str,
    by: User,
    at: datetime,
) -> TracingStep:
    """Record one step of tracing, also one without result. Raises `CaseClosed` and `InTheFuture`."""
    refuse_future(taken_on, at=at, field="taken_on")
    return TracingStep.objects.create(
        id=id,
        case=case,
        taken_on=taken_on,
        method=method,
        region=region,
        contact=contact,
        result=result,
        account=account,
        written_by=by,
        written_at=at,
    )
