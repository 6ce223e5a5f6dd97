"""What a shift leaves to the next, and that the next has read it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require
from serasi.daily.models import ShiftHandover
from serasi.daily.permissions import WRITE_DAY
from serasi.daily.queries.shifts import Shift
from serasi.residence.models import Ward


class NotYourOwn(Refused):
    message = _("Serah terima ini Anda tulis sendiri; giliran berikut yang menyatakan sudah membaca.")


@operation(WRITE_DAY, creates=ShiftHandover)
def hand_over(*, id: UUID, ward: Ward, shift: Shift, words: str, by: User, at: datetime) -> ShiftHandover:
    """Hand a ward to the next shift; what happened until now, or until the shift ended, goes with it."""
    require(by, WRITE_DAY, on=ward)
    if shift.begins_at >= at:
        raise Refused(_("Giliran ini belum mulai."), field="shift")
    return ShiftHandover.objects.create(
        id=id,
        unit_id=ward.unit_id,
        ward=ward,
        shift=shift.name,
        began_at=shift.begins_at,
        ended_at=min(shift.ends_at, at),
        words=words.strip(),
        written_by=by,
        written_at=at,
    )


@operation(WRITE_DAY)
def acknowledge(*, handover: ShiftHandover, by: User, at: datetime) -> ShiftHandover:
    """The next shift has read it; the first who says so stands there. Raises NotYourOwn."""
    require(by, WRITE_DAY, on=handover)
    if handover.written_by_id == by.pk:
        raise NotYourOwn
    if ShiftHandover.objects.unread().filter(pk=handover.pk).update(read_by=by, read_at=at):
        handover.read_by, handover.read_at = by, at
    return handover
