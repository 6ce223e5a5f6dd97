"""Which device a token names."""

import hashlib

from serasi.access.models import Unit, User
from serasi.common.lookups import one_column_of
from serasi.fieldwork.models import Device
from serasi.fieldwork.permissions import MANAGE_DEVICES


def device_of(token: str) -> Device | None:
    """The device that names itself by this token, ended or not; with its user (1 query)."""
    hashed = hashlib.sha256(token.encode()).hexdigest()
    return Device.objects.select_related("user", "unit").filter(token_hash=hashed).first()


def devices_of(user: User) -> list[Device]:
    """One's own, those in use first (1 query)."""
    rows = Device.objects.filter(user=user)
    return sorted(rows, key=lambda one: (not one.is_open, -one.opened_at.timestamp()))


def managed_devices(user: User) -> list[Device]:
    """The open ones of the units whose devices this user manages, by their holders' names (1 query)."""
    units = Unit.objects.reached_by(user, MANAGE_DEVICES)
    rows = Device.objects.filter(unit__id__among=one_column_of(units)).open()
    return list(rows.select_related("user", "unit").order_by("user__full_name", "name"))
