"""Peers as pages and doors read them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core import signing
from django.db.models import Count, Max, Q, QuerySet

from serasi.access.models import User
from serasi.exchange.models import Delivery, Inquiry, Peer

TOKEN_SECONDS: Final = 900
"""How long an access token opens: fifteen minutes."""
_SALT: Final = "serasi.exchange.token"


def hash_of(secret: str) -> str:
    """By what a secret is known: it is random enough to need no salt."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def token_for(peer: Peer) -> str:
    """An access token; it ends with its time, with the secret it was given for, and with the agreement."""
    return signing.dumps({"peer": str(peer.pk), "secret": peer.secret_hash[:16]}, salt=_SALT, compress=False)


def peer_of_token(token: str) -> Peer | None:
    """Whose token this is, if it still opens. The system's sight."""
    try:
        read = signing.loads(token, salt=_SALT, max_age=TOKEN_SECONDS)
    except signing.BadSignature:
        return None
    peer = Peer.objects.filter(pk=UUID(read["peer"])).select_related("unit", "reader").first()
    return peer if peer is not None and peer.secret_hash[:16] == read["secret"] else None


def peer_of_client(client_id: str, secret: str) -> Peer | None:
    """The peer with this id and secret. The system's sight."""
    try:
        wanted = UUID(client_id)
    except ValueError:
        return None
    return Peer.objects.filter(pk=wanted, secret_hash=hash_of(secret)).first()


def asked_since(peer: Peer, moment: datetime) -> int:
    return Inquiry.objects.filter(peer=peer).since(moment).count()


def waiting_count(peer: Peer) -> int:
    """Inquiries to be answered and messages to be sent, all told. The system's sight."""
    unanswered = Inquiry.objects.filter(peer=peer, is_taken=True, is_sync=False, answered_at=None).count()
    return unanswered + Delivery.objects.filter(peer=peer).waiting().count()


@dataclass(frozen=True, slots=True)
class Activity:
    """What a peer did of late."""

    peer: Peer
    asked: int
    refused: int
    last_at: datetime | None


def peers_with_activity(reader: User, *, at: datetime) -> list[Activity]:
    """Every peer this user oversees, those in force first, with the counts of thirty days."""
    month = Q(inquiries__received_at__gt=at - timedelta(days=30))
    found: Any = (
        Peer.objects.visible_to(reader)
        .select_related("unit")
        .annotate(
            month_asked=Count("inquiries", filter=month),
            month_refused=Count("inquiries", filter=month & Q(inquiries__outcome="rjct")),
            last_asked_at=Max("inquiries__received_at"),
        )
        .order_by("ended_at", "name")
    )
    rows = [Activity(p, p.month_asked, p.month_refused, p.last_asked_at) for p in found]
    return sorted(rows, key=lambda row: row.peer.ended_at is not None)


def inquiries_of(peer: Peer, reader: User) -> QuerySet[Inquiry]:
    return Inquiry.objects.visible_to(reader).filter(peer=peer).select_related("delivery")


def waiting_of(peer: Peer, reader: User) -> int:
    """Messages that have not arrived yet."""
    return Delivery.objects.visible_to(reader).filter(peer=peer).waiting().count()
