"""Family tracing (*penelusuran keluarga*), step by step."""

from datetime import date, datetime
from uuid import UUID

from serasi.access.models import User
from serasi.access.operations import operation
from serasi.cases.enums import TracingResult
from serasi.cases.models import Case, TracingStep
from serasi.cases.operations.writable import refuse_future, require_open_file
from serasi.institutions.models import Region

RETURN_HOME = "cases.homecoming.write"


@operation(RETURN_HOME, creates=TracingStep)
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
    require_open_file(by, RETURN_HOME, case)
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
