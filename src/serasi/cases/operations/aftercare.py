"""Looking after: visits before and after closing (*bimbingan lanjut*), on files that are closed too."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.cases.enums import Score
from serasi.cases.models import AftercareVisit, Case
from serasi.cases.operations.writable import FileState, file_operation, refuse_future
from serasi.common.identifiers import uuid7
from serasi.common.periods import add_months

FOLLOW_UP = "cases.aftercare.write"


class VisitIsSettled(Refused):
    message = _("Kunjungan ini sudah dilakukan atau dibatalkan. Muat ulang halaman untuk melihatnya.")


class DueInThePast(Refused):
    message = _("Tanggal jatuh tempo sudah lewat. Pilih hari ini atau sesudahnya.")


def _refuse_settled(_by: User, visit: AftercareVisit) -> None:
    if visit.held_on or visit.cancelled_at:
        raise VisitIsSettled


@file_operation(FOLLOW_UP, creates=AftercareVisit, state=FileState.EITHER)
def plan_visit(
    *, id: UUID, case: Case, due_date: date, owner: User, by: User, at: datetime, month: int | None = None
) -> AftercareVisit:
    """Plan one visit, before or after closing. Raises `DueInThePast`."""
    _refuse_past(due_date, at)
    return AftercareVisit.objects.create(
        id=id, case=case, due_date=due_date, owner=owner, month=month, written_by=by, written_at=at
    )


@file_operation(FOLLOW_UP, of="visit.case", state=FileState.EITHER, also=_refuse_settled)
def hold_visit(
    *,
    visit: AftercareVisit,
    held_on: date,
    with_whom: str,
    needs_score: Score | None,
    roles_score: Score | None,
    problems_score: Score | None,
    account: str,
    is_stable: bool,
    by: User,
    at: datetime,
) -> AftercareVisit:
    """Record that a visit was held and how the person lives. Raises `InTheFuture` and `VisitIsSettled`."""
    refuse_future(held_on, at=at, field="held_on")
    if not account:
        raise Refused(_("Tuliskan hasil kunjungan."), field="account")
    _settle(
        visit,
        held_on=held_on,
        with_whom=with_whom,
        needs_score=needs_score,
        roles_score=roles_score,
        problems_score=problems_score,
        account=account,
        is_stable=is_stable,
    )
    return visit


@file_operation(FOLLOW_UP, of="visit.case", state=FileState.EITHER, also=_refuse_settled)
def reschedule_visit(*, visit: AftercareVisit, due_date: date, by: User, at: datetime) -> AftercareVisit:
    """Move a visit to another day. Raises `DueInThePast` and `VisitIsSettled`."""
    _refuse_past(due_date, at)
    _settle(visit, due_date=due_date)
    return visit


@file_operation(FOLLOW_UP, of="visit.case", state=FileState.EITHER, also=_refuse_settled)
def cancel_visit(*, visit: AftercareVisit, reason: str, by: User, at: datetime) -> AftercareVisit:
    """Call a visit off, with a reason. Raises `VisitIsSettled`."""
    if not reason:
        raise Refused(_("Tuliskan alasan pembatalan kunjungan."), field="reason")
    _settle(visit, cancelled_at=at, cancel_reason=reason)
    return visit


def schedule_after_closing(
    *, case: Case, since: date, months: Sequence[int], owner: User, by: User, at: datetime
) -> list[AftercareVisit]:
    """Part of a closing: a visit at each of the unit's months; months already planned and open stay as they are."""
    planned = set(
        case.aftercarevisits.filter(held_on=None, cancelled_at=None, month__isnull=False).values_list(
            "month", flat=True
        )
    )
    return AftercareVisit.objects.bulk_create(
        AftercareVisit(
            id=uuid7(),
            case=case,
            month=month,
            due_date=add_months(since, month),
            owner=owner,
            written_by=by,
            written_at=at,
        )
        for month in months
        if month not in planned
    )


def _settle(visit: AftercareVisit, **changes: object) -> None:
    """Change a visit on condition that it is still to come."""
    if not AftercareVisit.objects.filter(pk=visit.pk, held_on=None, cancelled_at=None).update(**changes):
        raise VisitIsSettled
    visit.refresh_from_db()


def _refuse_past(day: date, at: datetime) -> None:
    if day < timezone.localdate(at):
        raise DueInThePast(field="due_date")
