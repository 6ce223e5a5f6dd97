"""Which device a token names."""

import hashlib

from serasi.access.models import User
from serasi.fieldwork.models import Device


def device_of(token: str) -> Device | None:
    """The device that names itself by this token, ended or not; with its user (1 query)."""
    hashed = hashlib.sha256(token.encode()).hexdigest()
    return Device.objects.select_related("user", "unit").filter(token_hash=hashed).first()


def devices_of(user: User) -> list[Device]:
    """One's own, those in use first (1 query)."""
    rows = Device.objects.filter(user=user)
    return sorted(rows, key=lambda one: (not one.is_open, -one.opened_at.timestamp()))
