"""Deciding on what was put before a supervisor. What follows from each decision stands here in one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, operation, require
from serasi.cases.enums import ApprovalSubject, Decision, TeamPart
from serasi.cases.models import Approval, TeamMember
from serasi.cases.operations import plan, referral, termination
from serasi.cases.operations.writable import file_operation

DECIDE = "cases.approval.decide"
WITHDRAW = "cases.approval.withdraw"


class OwnRequest(Refused):
    message = _("Permintaan Anda sendiri disetujui oleh orang lain. Minta supervisor lain memutuskannya.")


class AlreadyDecided(Refused):
    message = _("Pengajuan ini sudah diputuskan atau ditarik kembali. Muat ulang halaman untuk melihatnya.")


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from approving one kind of request, and from returning it or taking it back."""

    approved: Callable[..., None]
    returned: Callable[..., None]


CONSEQUENCES: Final[Mapping[str, Consequence]] = {
    ApprovalSubject.PLAN: Consequence(plan.take_effect, plan.send_back),
    ApprovalSubject.CLOSURE: Consequence(termination.take_effect, termination.send_back),
    ApprovalSubject.REFERRAL: Consequence(referral.take_effect, referral.send_back),
}


@operation(DECIDE)
def decide(*, approval: Approval, decision: Decision, note: str, by: User, at: datetime) -> Approval:
    """Approve or return a request, and let follow what follows.

    1. The one who asked does not decide, unless their posting grants it; the use of the grant is recorded.
    2. Returning says what to mend.
    3. Of several decisions at once one counts; the same decision by the same person again changes nothing.

    Raises `OwnRequest`, `AlreadyDecided`, and whatever the consequence refuses (then nothing is decided).
    """
    require(by, DECIDE, on=approval)
    approval.refresh_from_db()
    if approval.decided_by_id == by.pk and approval.decision == decision:
        return approval
    is_own = approval.written_by_id == by.pk
    if is_own and not by.scope.may_approve_own_at(approval.case.unit.path):
        raise OwnRequest
    if decision == Decision.RETURNED and not note:
        raise Refused(_("Tuliskan apa yang harus diperbaiki."), field="note")
    if (
        not Approval.objects.pending()
        .filter(pk=approval.pk)
        .update(decided_by=by, decided_at=at, decision=decision, note=note, by_own_grant=is_own)
    ):
        raise AlreadyDecided
    approval.refresh_from_db()
    consequence = CONSEQUENCES[approval.subject]
    follow = consequence.approved if decision == Decision.APPROVED else consequence.returned
    follow(approval, by=by, at=at)
    return approval


@file_operation(WITHDRAW, of="approval.case")
def withdraw_request(*, approval: Approval, by: User, at: datetime) -> Approval:
    """Take back what nobody has decided: a plan or referral is a draft again, the proposal of a closure ends.

    The one who asked may, and whoever manages the case now. Raises `AlreadyDecided`.
    """
    if not _is_theirs(approval, by, at):
        raise NotAllowed
    if not Approval.objects.pending().filter(pk=approval.pk).update(withdrawn_at=at):
        raise AlreadyDecided
    approval.refresh_from_db()
    CONSEQUENCES[approval.subject].returned(approval, by=by, at=at)
    return approval


def may_withdraw(by: User, approval: Approval, *, at: datetime) -> bool:
    """Whether this request can still be taken back, by this person. One query for who did not ask it themselves."""
    return approval.is_pending and _is_theirs(approval, by, at)


def _is_theirs(approval: Approval, by: User, at: datetime) -> bool:
    if approval.written_by_id == by.pk:
        return True
    return TeamMember.objects.in_force(at).filter(case=approval.case_id, user=by, part=TeamPart.MANAGER).exists()
