"""The review that follows an emergency access. The glass is broken where the files are, in `cases`."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from serasi.access.models import EmergencyAccess, User
from serasi.access.operations.device import NotAllowed, Refused, operation, require
from serasi.access.permissions import REVIEW_EMERGENCY


class AlreadyReviewed(Refused):
    message = _("Akses darurat ini sudah ditinjau.")


@operation("access.emergency.review")
def review_emergency(
    *, access: EmergencyAccess, is_justified: bool, note: str, by: User, at: datetime
) -> EmergencyAccess:
    """Say whether it was right; a "no" ends an access that still runs.

    Raises AlreadyReviewed, and NotAllowed for one's own.
    """
    require(by, REVIEW_EMERGENCY, on=access)
    if access.user_id == by.pk:
        raise NotAllowed(_("Akses darurat ditinjau oleh orang lain."))
    if not is_justified and not note.strip():
        raise Refused(_("Tuliskan mengapa akses ini tidak dapat dibenarkan, dan apa tindak lanjutnya."), field="note")
    changes = {"reviewed_at": at, "reviewed_by": by, "is_justified": is_justified, "review_note": note.strip()}
    if not is_justified and access.starts_at < at < access.ends_at:
        changes["ends_at"] = at
    changed = EmergencyAccess.objects.filter(pk=access.pk).awaiting_review().update(**changes)
    if not changed:
        raise AlreadyReviewed
    access.refresh_from_db()
    return access
