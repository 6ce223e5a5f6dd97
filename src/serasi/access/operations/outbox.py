"""What phones kept while there was no signal: it came, it was refused, it was seen to.

No permission of its own: each is about what the actor typed, and the form it is handed to asks for its own.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from serasi.access.models import OutboxEntry, User
from serasi.access.operations.device import NotAllowed, Refused, acting


class NoLongerHeld(Refused):
    message = _("Kiriman ini sudah diselesaikan.")


def hold_entry(*, id: UUID) -> OutboxEntry | None:
    """Nobody else receives this entry until the transaction ends; the entry, where it came before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [id.int & 0x7FFF_FFFF_FFFF_FFFF])
    return OutboxEntry.objects.filter(pk=id).first()


def receive_entry(
    *,
    id: UUID,
    address: str,
    label: str,
    typed_at: datetime,
    by: User,
    at: datetime,
    status: int | None = None,
    content_type: str = "",
    content: bytes | None = None,
) -> OutboxEntry:
    """An entry came and its form took it; or refused it with ``status``, and then its content is kept.

    Raises NotAllowed where the id is that of another's entry.
    """
    try:
        with acting(by, "access.outbox.receive"):
            return OutboxEntry.objects.create(
                id=id,
                user=by,
                address=address,
                label=label,
                typed_at=typed_at,
                received_at=at,
                status=status,
                content_type=content_type if status is not None else "",
                content=content if status is not None else None,
            )
    except IntegrityError:
        raise NotAllowed from None


def settle_entry(*, entry: OutboxEntry, by: User, at: datetime, is_dropped: bool = False) -> OutboxEntry:
    """It was sent after all, or thrown away: its content goes. Raises NoLongerHeld."""
    if entry.user_id != by.pk:
        raise NotAllowed
    with acting(by, "access.outbox.settle"):
        held = OutboxEntry.objects.held().filter(pk=entry.pk)
        if not held.update(settled_at=at, is_dropped=is_dropped, content=None, content_type=""):
            raise NoLongerHeld
    entry.settled_at, entry.is_dropped, entry.content, entry.content_type = at, is_dropped, None, ""
    return entry
