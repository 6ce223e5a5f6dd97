"""The keys with which this installation signs: made here, replaced here, never told."""

from datetime import datetime, timedelta
from typing import Final

from serasi.access.models import User
from serasi.access.operations import acting, operation
from serasi.exchange.models import SigningKey
from serasi.exchange.permissions import MANAGE_PEERS
from serasi.exchange.signing import new_key

OVERLAP: Final = timedelta(days=7)
"""How long a key that was replaced stays published."""


def ensure_key(*, at: datetime) -> SigningKey:
    """The key that signs, made when there is none yet. Part of an operation."""
    with acting(User.objects.system(), "exchange.key.ensure"):
        return SigningKey.objects.filter(until_at=None).first() or _make(at)


@operation(MANAGE_PEERS)
def replace_key(*, by: User, at: datetime) -> SigningKey:
    """A new key signs from now on; the one before is published for another week."""
    with acting(User.objects.system(), "exchange.key.replace"):
        SigningKey.objects.filter(until_at=None).update(until_at=at + OVERLAP)
        return _make(at)


def _make(at: datetime) -> SigningKey:
    private, public = new_key()
    return SigningKey.objects.create(private=private, public=public, made_at=at)
