"""The keys with which this installation signs. Read with the system's sight alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from serasi.exchange.models import SigningKey
from serasi.exchange.signing import jwk, signed


def published_keys(at: datetime) -> list[dict[str, str]]:
    """Our public keys as a JWKS lists them, the one that signs first."""
    return [jwk(key.public, str(key.pk)) for key in SigningKey.objects.published(at).order_by("-made_at")]


def with_signature(content: Mapping[str, Any]) -> dict[str, Any]:
    """Header and message with our signature before them. There is a key since the first peer was registered."""
    key = SigningKey.objects.filter(until_at=None).get()
    return {"signature": signed(content, private=key.private, kid=str(key.pk)), **content}
