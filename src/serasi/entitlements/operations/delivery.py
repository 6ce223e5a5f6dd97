"""A list is handed over, its loading is stopped and taken up again, it is withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Final
from uuid import UUID

from django.core.files import File
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require
from serasi.access.operations.work import ask_for_work, cancel_work
from serasi.common.identifiers import uuid7
from serasi.entitlements.enums import DeliveryState
from serasi.entitlements.models import Delivery
from serasi.entitlements.permissions import LOAD
from serasi.entitlements.reading import ListUnreadable, look_over, opened
from serasi.entitlements.reference import programmes
from serasi.institutions.models import Region
from serasi.people.permissions import AtUnit

LOADING: Final = "entitlements.delivery.load"


class FileUnreadable(Refused):
    """The file is no list that can be read."""


class NotNow(Refused):
    """The delivery stands somewhere else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What is known of a list beside its content. ``until`` is the last day on which it may be used."""

    programme: str
    period: str
    source: str
    purpose: str
    until: date
    bast_number: str = ""
    bast_date: date | None = None
    region: Region | None = None


@operation(LOAD, creates=Delivery)
def receive_delivery(
    *,
    id: UUID,
    unit: Unit,
    given: HandOver,
    file_name: str,
    content: IO[bytes],
    by: User,
    at: datetime,
    queued: bool = True,
) -> Delivery:
    """Take in a list and ask for its loading. Raises FileUnreadable.

    The same file again is the delivery that it already is: look whether the answer has the id that was given. The file
    is kept, sealed, until it is loaded.
    """
    require(by, LOAD, on=AtUnit(unit))
    if unit.closed_on is not None:
        raise Refused(_("Unit ini sudah ditutup."), field="unit")
    if given.programme not in programmes():
        raise Refused(_("Pilih program dari daftar."), field="programme")
    if given.until < unit.day_at(at):
        raise Refused(_("Tanggal terakhir boleh dipakai sudah lewat."), field="until")
    looked = look_over(content)
    existing = (
        Delivery.objects.filter(
            unit=unit, programme=given.programme, file_hash=looked.sha256, withdrawn_at=None, deleted_at=None
        )
        .select_related("unit", "loading")
        .first()
    )
    if existing is not None:
        return existing
    try:
        found = opened(content, file_name, is_utf8=looked.is_utf8)
        read = [[code, found.headers[column]] for code, column in found.columns.items()]
    except ListUnreadable as unreadable:
        raise FileUnreadable(unreadable.message, field="file") from unreadable
    delivery = Delivery(
        id=id,
        programme=given.programme,
        period=given.period,
        source=given.source,
        bast_number=given.bast_number,
        bast_date=given.bast_date,
        purpose=given.purpose,
        unit=unit,
        region=given.region,
        usable_until=given.until,
        file_name=file_name[:200],
        file_size=looked.size,
        file_hash=looked.sha256,
        is_utf8=looked.is_utf8,
        columns_read=read,
        received_by=by,
        received_at=at,
    )
    content.seek(0)
    delivery.file.save(f"{id}.{file_name.rpartition('.')[2].lower()}", File(content), save=False)
    delivery.save(force_insert=True)
    _ask_loading(delivery, total=found.total or looked.lines, by=by, at=at, queued=queued)
    return delivery


@operation(LOAD)
def stop_loading(*, delivery: Delivery, by: User, at: datetime) -> Delivery:
    """Stop. What was loaded stays out of sight until loading goes on, or the list is withdrawn. Raises NotNow."""
    require(by, LOAD, on=delivery)
    fresh = _locked(delivery)
    if fresh.loading is None or fresh.loading.has_ended:
        raise NotNow(_("Daftar ini tidak sedang dimuat."))
    cancel_work(work=fresh.loading, by=by, at=at, is_vouched=True)
    return fresh


@operation(LOAD)
def go_on_loading(*, delivery: Delivery, by: User, at: datetime, queued: bool = True) -> Delivery:
    """Take loading up again where it stopped. Raises NotNow."""
    require(by, LOAD, on=delivery)
    fresh = _locked(delivery)
    if fresh.state_on(fresh.unit.day_at(at)) is not DeliveryState.STOPPED or not fresh.file:
        raise NotNow(_("Daftar ini tidak berhenti dimuat."))
    total = fresh.loading.total if fresh.loading else fresh.rows_read
    _ask_loading(fresh, total=total, by=by, at=at, queued=queued)
    return fresh


@operation(LOAD)
def withdraw_delivery(*, delivery: Delivery, reason: str, by: User, at: datetime) -> Delivery:
    """Nobody may use the list from now on; its entries are deleted soon after, and that it was there is kept.

    Raises NotNow when it was withdrawn or deleted before.
    """
    require(by, LOAD, on=delivery)
    fresh = _locked(delivery)
    if fresh.withdrawn_at or fresh.deleted_at:
        raise NotNow(_("Daftar ini sudah ditarik atau isinya sudah dihapus."))
    if fresh.loading is not None and not fresh.loading.has_ended:
        cancel_work(work=fresh.loading, by=by, at=at, is_vouched=True)
    fresh.withdrawn_at, fresh.withdrawn_by, fresh.withdrawn_reason = at, by, reason.strip()
    fresh.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return fresh


def _ask_loading(delivery: Delivery, *, total: int, by: User, at: datetime, queued: bool) -> None:
    delivery.loading = ask_for_work(
        id=uuid7(),
        kind=LOADING,
        subject_id=delivery.pk,
        unit=delivery.unit,
        total=total,
        by=by,
        at=at,
        queued=queued,
    )
    Delivery.objects.filter(pk=delivery.pk).update(loading=delivery.loading)


def _locked(delivery: Delivery) -> Delivery:
    Delivery.objects.select_for_update().get(pk=delivery.pk)
    return Delivery.objects.select_related("unit", "loading").get(pk=delivery.pk)
