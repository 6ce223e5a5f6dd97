from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Subject
from serasi.access.models.record import Classified, Record, tracked
from serasi.access.models.unit import Unit
from serasi.access.models.user import User
from serasi.access.scope import Guard

LONGEST_EMERGENCY = timedelta(hours=3)


class EmergencyAccessQuerySet(models.QuerySet["EmergencyAccess"]):
    def in_force(self, at: datetime | Now) -> Self:
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def awaiting_review(self) -> Self:
        return self.filter(reviewed_at=None)

    def visible_to(self, user: User) -> Self:
        """One's own, and those that one is to review."""
        reviewed = Unit.objects.reached_by(user, "access.emergency.review")
        return self.filter(Q(user=user) | Q(unit__in=reviewed))


@tracked
class EmergencyAccess(Record):
    """Breaking the glass: one user opens one file outside their need-to-know, with a reason, for a short time."""

    personal = Classified(
        none="id subject subject_id unit starts_at ends_at reviewed_at reviewed_by is_justified",
        general="user",
        specific="reason review_note",
    )

    # PROTECT: evidence.
    user = models.ForeignKey(User, models.PROTECT, related_name="emergency_accesses")
    subject = models.CharField(max_length=10, choices=Subject)
    subject_id = models.UUIDField()
    # PROTECT: evidence; the unit whose head is alarmed.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.TextField(_("alasan"), max_length=1000)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: evidence.
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    is_justified = models.BooleanField(_("dapat dibenarkan"), null=True, blank=True)
    review_note = models.TextField(_("catatan tinjauan"), max_length=1000, blank=True)

    objects = EmergencyAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("akses darurat")
        indexes = [models.Index(fields=["user", "subject", "ends_at"], name="access_emergency_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")) & Q(ends_at__lte=F("starts_at") + LONGEST_EMERGENCY),
                name="access_emergency_is_short",
                violation_error_message=_("Akses darurat paling lama tiga jam."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="access_emergency_has_a_reason"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, is_justified=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, is_justified__isnull=False),
                name="access_emergency_review_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("user")),
                name="access_emergency_is_reviewed_by_another",
                violation_error_message=_("Akses darurat ditinjau oleh orang lain."),
            ),
        ]

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)

    def __str__(self) -> str:
        return f"{self.user} → {self.subject} {self.subject_id}"
