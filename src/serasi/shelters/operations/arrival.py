"""Someone comes; what was written of them in a hurry is corrected."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.common.identifiers import uuid7
from serasi.shelters.models import Arrival, Gathering
from serasi.shelters.operations.gathering import hold
from serasi.shelters.permissions import REGISTER_ARRIVAL


class NotYetArrived(Refused):
    message = _("Waktu datang tidak boleh di masa depan.")


@operation(REGISTER_ARRIVAL, creates=Arrival)
def register_arrival(
    *,
    id: UUID,
    gathering: Gathering,
    tag: int,
    sex: str,
    age: int,
    arrived_at: datetime,
    by: User,
    at: datetime,
    group_tag: int | None = None,
    name: str = "",
    origin: str = "",
    photo: bytes | None = None,
    health: str = "green",
    dangers: Sequence[str] = (),
    needs: Sequence[str] = (),
    belongings: str = "",
    note: str = "",
) -> Arrival:
    """Write down who came. ``photo`` is already drawn anew, without place and device.

    Where the gathering was closed meanwhile, the phone had no signal: the arrival is late and opens it again.
    """
    require(by, REGISTER_ARRIVAL, on=gathering)
    if arrived_at > at:
        raise NotYetArrived(field="arrived_at")
    is_late = not hold(gathering).is_open
    if is_late:
        closed = Gathering.objects.filter(pk=gathering.pk, closed_at__isnull=False)
        closed.update(closed_at=None, closed_by=None, reopened_at=at)
    stored = default_storage.save(f"shelters/photos/{uuid7()}.jpg", ContentFile(photo)) if photo else ""
    return Arrival.objects.create(
        id=id,
        gathering=gathering,
        tag=tag,
        group_tag=group_tag or tag,
        name=name,
        sex=sex,
        age=age,
        origin=origin,
        photo=stored,
        health=health,
        dangers=list(dangers),
        needs=list(needs),
        belongings=belongings,
        note=note,
        arrived_at=arrived_at,
        registered_at=at,
        registered_by=by,
        is_late=is_late,
    )


@operation(REGISTER_ARRIVAL)
def change_arrival(*, arrival: Arrival, revision: int, by: User, at: datetime, **facts: Any) -> Arrival:
    """Correct what was written. Raises Conflict; the tag that is worn stays."""
    require(by, REGISTER_ARRIVAL, on=arrival)
    photo = facts.pop("photo", None)
    if photo:
        facts["photo"] = default_storage.save(f"shelters/photos/{uuid7()}.jpg", ContentFile(photo))
    facts["group_tag"] = facts.get("group_tag") or arrival.tag
    save_changes(arrival, revision=revision, **facts)
    return arrival
