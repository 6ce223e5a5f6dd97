"""Facts that may have been tapped wrongly: never edited, never deleted; a correction supersedes them."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Record, User


class Correctable(Record):
    """In force is what has no ``superseded_at``. What is superseded and replaced by nothing did not happen."""

    withheld: ClassVar[str] = "DELETE"

    superseded_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    superseded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    superseded_reason = models.CharField(_("alasan pembetulan"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def is_in_force(self) -> bool:
        return self.superseded_at is None


def correction_is_whole(name: str) -> CheckConstraint:
    return CheckConstraint(
        condition=Q(superseded_at=None, superseded_by=None, superseded_reason="")
        | Q(superseded_at__isnull=False, superseded_by__isnull=False) & ~Q(superseded_reason=""),
        name=name,
        violation_error_message=_("Tulis mengapa catatan ini dibetulkan."),
    )
