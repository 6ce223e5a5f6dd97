"""What has ended is deleted: the entries of a list that was withdrawn or whose last day is over."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F, Q

from serasi.access.models import User
from serasi.access.operations import operation
from serasi.entitlements.models import Delivery, Entry, Match, Remark
from serasi.entitlements.permissions import EXPIRE

AT_ONCE: Final = 20_000


@operation(EXPIRE)
def delete_ended(*, by: User, at: datetime) -> bool:
    """Delete some of the entries of one ended list; whether anything is left to do.

    Ended by the day of its own unit. With the last entry the remarks and the file go too, and the delivery keeps when
    that was and how many rows went.
    """
    ended = _first_ended(at)
    if ended is None:
        return False
    ids = list(Entry.objects.filter(delivery=ended).order_by("number").values_list("pk", flat=True)[:AT_ONCE])
    Match.objects.filter(entry__in=ids).delete()
    entries = Entry.objects.filter(pk__in=ids)
    entries._raw_delete(entries.db)  # the matches are gone: nothing else hangs on an entry
    changes: dict[str, object] = {"rows_deleted": F("rows_deleted") + len(ids)}
    if len(ids) < AT_ONCE:
        Remark.objects.filter(delivery=ended).delete()
        changes |= {"deleted_at": at, "file": ""}
        if ended.file:
            storage, name = ended.file.storage, str(ended.file.name)
            transaction.on_commit(lambda: storage.delete(name))
    Delivery.objects.filter(pk=ended.pk).update(**changes)
    return True


def _first_ended(at: datetime) -> Delivery | None:
    """One that no worker has in hand at this moment; loading that finds it deleted ends."""
    maybe = (
        Delivery.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(Q(withdrawn_at__isnull=False) | Q(usable_until__lt=at.date()), deleted_at=None)
        .select_related("unit")
        .order_by("received_at")
    )
    return next((one for one in maybe if one.withdrawn_at or one.usable_until < one.unit.day_at(at)), None)
