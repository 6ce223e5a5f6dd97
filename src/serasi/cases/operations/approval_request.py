"""Putting something before a supervisor. The decision is in `operations/approval.py`."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from serasi.access.models import User
from serasi.cases.enums import ApprovalSubject
from serasi.cases.models import Approval, Case
from serasi.common.identifiers import uuid7


def request_approval(*, case: Case, subject: ApprovalSubject, subject_id: UUID, by: User, at: datetime) -> Approval:
    """Part of the operation that submits: the supervisor's queue gets one line. Asks no permission of its own."""
    return Approval.objects.create(
        id=uuid7(), case=case, subject=subject, subject_id=subject_id, written_by=by, written_at=at
    )


def end_requests(*, subject: ApprovalSubject, subject_ids: Iterable[UUID], at: datetime) -> None:
    """Part of an operation after which there is nothing left to decide: the request leaves the supervisor's queue."""
    Approval.objects.pending().filter(subject=subject, subject_id__in=subject_ids).update(withdrawn_at=at)
