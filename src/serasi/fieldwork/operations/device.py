"""A phone of one's own begins to fetch forms and to send, and ends."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed, Refused, acting, operation
from serasi.fieldwork.models import Device
from serasi.fieldwork.permissions import MANAGE_DEVICES, USE_DEVICE

MOST_OPEN: Final = 10
"""Devices of one person at once: more are phones that nobody has ended."""
SEEN_EVERY: Final = timedelta(minutes=1)


class TooManyDevices(Refused):
    message = _("Anda sudah mempunyai sepuluh perangkat. Akhiri dahulu yang tidak dipakai lagi.")


def hash_of(token: str) -> str:
    """By what a token is known: it is random enough to need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@operation(USE_DEVICE)
def open_device(
    *, id: UUID, kind: str, name: str, by: User, at: datetime, unit: Unit | None = None
) -> tuple[Device, str]:
    """A device of ``by``, and its token: 64 characters that are told this once. Raises TooManyDevices.

    ``unit`` is one of those where they may use a device; the first of these when left out. The same id again is
    refused: its token was shown once and nobody knows it any more.
    """
    if Device.objects.filter(user=by).open().count() >= MOST_OPEN:
        raise TooManyDevices
    units = Unit.objects.reached_by(by, USE_DEVICE)
    unit = units.order_by("path").first() if unit is None else units.filter(pk=unit.pk).first()
    if unit is None:
        raise NotAllowed
    if Device.objects.filter(pk=id).exists():
        raise Refused(_("Perangkat ini sudah dibuka. Buka perangkat baru."))
    token = secrets.token_urlsafe(48)
    device = Device.objects.create(
        id=id, user=by, unit=unit, kind=kind, name=name.strip(), token_hash=hash_of(token), opened_at=at
    )
    return device, token


@operation(USE_DEVICE)
def close_device(*, device: Device, by: User, at: datetime) -> Device:
    """Its token opens nothing more. What it still sends waits for the head. Doing it again changes nothing."""
    if device.user_id != by.pk and not by.scope.allows(MANAGE_DEVICES, device.guard_for(by)):
        raise NotAllowed
    Device.objects.filter(pk=device.pk).open().update(closed_at=at, closed_by=by)
    device.refresh_from_db()
    return device


def see_device(*, device: Device, at: datetime) -> None:
    """Note that it has reported; once a minute, for every note is a write. No permission: it tells of itself."""
    if device.seen_at is None or at - device.seen_at > SEEN_EVERY:
        with acting(device.user, "fieldwork.device.see"):
            Device.objects.filter(pk=device.pk).update(seen_at=at)
        device.seen_at = at
