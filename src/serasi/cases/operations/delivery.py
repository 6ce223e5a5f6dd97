"""Services given to one person: on a line of the plan with one touch, or beside the plan; withdrawn when wrong."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.cases.enums import Approach
from serasi.cases.models import Case, Component, Delivery, ServiceLine
from serasi.cases.operations.writable import FileState, file_operation, refuse_future

DELIVER = "cases.service.deliver"


class LineOfAnotherFile(Refused):
    message = _("Layanan ini bukan bagian dari rencana yang berlaku pada kasus ini. Pilih layanan lain.")


class DeliveryWithdrawn(Refused):
    message = _("Catatan layanan ini sudah dibatalkan.")


def _refuse_withdrawn(_by: User, delivery: Delivery) -> None:
    if delivery.withdrawn_at is not None:
        raise DeliveryWithdrawn


@file_operation(DELIVER, creates=Delivery)
def record_delivery(
    *,
    id: UUID,
    case: Case,
    component: Component,
    activity: str,
    approach: Approach,
    delivered_at: datetime,
    provider_name: str,
    by: User,
    at: datetime,
    minutes: int | None = None,
    quantity: int = 1,
    note: str = "",
    line: ServiceLine | None = None,
) -> Delivery:
    """Record a service that was given. Raises `CaseClosed`, `InTheFuture` and `LineOfAnotherFile`."""
    refuse_future(delivered_at, at=at, field="delivered_at")
    if line is not None:
        _refuse_foreign(line, case)
        component = line.component
    return Delivery.objects.create(
        id=id,
        case=case,
        line=line,
        component=component,
        activity=activity,
        approach=approach,
        delivered_at=delivered_at,
        minutes=minutes,
        quantity=quantity,
        provider_name=provider_name,
        note=note,
        written_by=by,
        written_at=at,
    )


@file_operation(DELIVER, creates=Delivery, of="line.plan.case")
def deliver_line(*, id: UUID, line: ServiceLine, by: User, at: datetime) -> Delivery:
    """Record, with one touch, that a service of the plan was given just now by the one who records it.

    Raises `CaseClosed` and `LineOfAnotherFile`.
    """
    case = line.plan.case
    _refuse_foreign(line, case)
    return Delivery.objects.create(
        id=id,
        case=case,
        line=line,
        component_id=line.component_id,
        activity=line.activity,
        approach=line.approach,
        delivered_at=at,
        provider_name=by.full_name,
        written_by=by,
        written_at=at,
    )


@file_operation(DELIVER, of="delivery.case", state=FileState.EITHER, also=_refuse_withdrawn)
def withdraw_delivery(*, delivery: Delivery, reason: str, by: User, at: datetime) -> Delivery:
    """Take a wrong record out of the count; it stays readable with the reason. Raises `DeliveryWithdrawn`."""
    if not reason:
        raise Refused(_("Tuliskan alasan pembatalan."), field="reason")
    changed = Delivery.objects.filter(pk=delivery.pk, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by=by, withdraw_reason=reason
    )
    if not changed:
        raise DeliveryWithdrawn
    delivery.refresh_from_db()
    return delivery


def _refuse_foreign(line: ServiceLine, case: Case) -> None:
    if line.plan.case_id != case.pk or not line.plan.is_approved:
        raise LineOfAnotherFile(field="line")
