"""How much danger there is, and why."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, save_changes
from serasi.cases.models import Case, RiskRating
from serasi.cases.operations.writable import file_operation
from serasi.cases.permissions import WALK_CASE


@file_operation(WALK_CASE, creates=RiskRating)
def rate_risk(
    *,
    id: UUID,
    case: Case,
    risk: str,
    reason: str,
    by: User,
    at: datetime,
    revision: int | None = None,
) -> RiskRating:
    """Rate the risk anew; every rating stays in the file with its reason."""
    if not reason.strip():
        raise Refused(_("Tuliskan alasan penilaian risiko."), field="reason")
    save_changes(case, revision=case.revision if revision is None else revision, risk=risk)
    return RiskRating.objects.create(id=id, case=case, level=risk, reason=reason, written_by=by, written_at=at)
