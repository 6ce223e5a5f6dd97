"""Handing a person over (*berita acara serah terima*): to family, to work, or to the unit that accepted a referral."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused
from serasi.cases.enums import ReferralAnswer
from serasi.cases.models import Case, HandOver, Referral
from serasi.cases.operations.writable import FileState, file_operation, refuse_future

RETURN_HOME = "cases.homecoming.write"


class ReferralNotAccepted(Refused):
    message = _("Serah terima rujukan dicatat setelah rujukan diterima.")


@file_operation(RETURN_HOME, creates=HandOver, state=FileState.EITHER)
def record_handover(
    *,
    id: UUID,
    case: Case,
    handed_at: datetime,
    receiver_name: str,
    receiver_relation: str,
    condition: str,
    by: User,
    at: datetime,
    witness_name: str = "",
    items: str = "",
    to_unit: Unit | None = None,
    referral: Referral | None = None,
) -> HandOver:
    """Record a hand-over, on a closed file too: a transfer closes the file when the other unit accepts.

    With ``referral``, the case must be one of its two ends: the sender records what went along, the receiver what came.
    Raises `InTheFuture` and `ReferralNotAccepted`.
    """
    refuse_future(handed_at, at=at, field="handed_at")
    if referral is not None:
        if referral.answer != ReferralAnswer.ACCEPTED or case.pk not in {referral.case_id, referral.received_case_id}:
            raise ReferralNotAccepted
        to_unit = referral.to_unit
    return HandOver.objects.create(
        id=id,
        case=case,
        handed_at=handed_at,
        to_unit=to_unit,
        referral=referral,
        receiver_name=receiver_name,
        receiver_relation=receiver_relation,
        witness_name=witness_name,
        condition=condition,
        items=items,
        written_by=by,
        written_at=at,
    )
