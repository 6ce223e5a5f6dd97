"""Breaking the glass, and the review that follows. What an open access lets one see is decided where the file is."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Subject
from serasi.access.models import LONGEST_EMERGENCY, EmergencyAccess, Unit, User
from serasi.access.operations.device import NotAllowed, Refused, operation, require
from serasi.access.permissions import BREAK_GLASS, REVIEW_EMERGENCY

SHORTEST_REASON = 15


class ReasonTooShort(Refused):
    message = _("Tuliskan alasan yang dapat dimengerti orang lain: siapa yang terancam, dan mengapa harus sekarang.")


class AlreadyReviewed(Refused):
    message = _("Akses darurat ini sudah ditinjau.")


@operation("access.emergency.open", creates=EmergencyAccess)
def open_emergency(
    *, id: UUID, subject: Subject, subject_id: UUID, unit: Unit, reason: str, by: User, at: datetime
) -> EmergencyAccess:
    """Open one file outside one's need-to-know, for three hours from now, at the unit that keeps it.

    The head of that unit finds it waiting for review. An access still in force is not opened a second time.
    Raises ReasonTooShort.
    """
    require(by, BREAK_GLASS, on=unit)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort(field="reason")
    running = EmergencyAccess.objects.in_force(at).filter(user=by, subject=subject, subject_id=subject_id).first()
    return running or EmergencyAccess.objects.create(
        id=id,
        user=by,
        subject=subject,
        subject_id=subject_id,
        unit=unit,
        reason=reason.strip(),
        starts_at=at,
        ends_at=at + LONGEST_EMERGENCY,
    )


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
