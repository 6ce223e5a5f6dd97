from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.tablet.querysets import TabletQuerySet


@tracked
class Tablet(Record):
    """A device that stands in a house and on which residents open their own view. It knows itself by a token in a
    cookie; here only its hash is kept."""

    personal = Classified(none="id unit name opened_at closed_at", general="opened_by closed_by", secret="token_hash")

    # PROTECT: a house with a history is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tablets")
    name = models.CharField(_("nama perangkat"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    # PROTECT: authorship stays.
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    # PROTECT: authorship stays.
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TabletQuerySet.as_manager()

    class Meta:
        verbose_name = _("tablet wisma")
        ordering: ClassVar = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(closed_at=None),
                name="tablet_named_once_in_a_house",
                violation_error_message=_("Nama ini sudah dipakai tablet lain di rumah ini."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="tablet_closing_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)
