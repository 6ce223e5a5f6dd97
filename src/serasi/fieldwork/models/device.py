from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.fieldwork.enums import DeviceKind
from serasi.fieldwork.querysets import DeviceQuerySet


@tracked
class Device(Record):
    """A phone of one person from which forms come: our page, or ODK Collect.

    It names itself by a token, of which only a hash is kept and which opens what its user may do today, never more.
    ``unit`` is where its user worked when it was opened: the head there ends it, and decides on what still comes once
    posting or account have ended.
    """

    personal = Classified(
        none="id unit kind name opened_at closed_at seen_at", general="user closed_by", secret="token_hash"
    )

    # PROTECT: who held which device stays known; users are switched off, not deleted.
    user = models.ForeignKey(User, models.PROTECT, related_name="field_devices")
    # PROTECT: a unit with a history is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="field_devices")
    kind = models.CharField(_("jenis"), max_length=7, choices=DeviceKind)
    name = models.CharField(_("nama perangkat"), max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    # PROTECT: authorship stays.
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("perangkat lapangan")
        ordering: ClassVar = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="fieldwork_device_has_a_name",
                violation_error_message=_("Beri nama perangkat ini."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__gte=F("opened_at"), closed_by__isnull=False),
                name="fieldwork_closing_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def guard_for(self, user: User) -> Guard:
        return Guard(self.unit.path, is_own=self.user_id == user.pk)
