from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models.record import Classified, Record, tracked
from serasi.access.models.unit import Unit
from serasi.access.models.user import User
from serasi.access.scope import Guard

SEE_WORK = "access.work.see"


class BackgroundWorkQuerySet(models.QuerySet["BackgroundWork"]):
    def not_ended(self) -> Self:
        return self.filter(finished_at=None, failed_at=None, cancelled_at=None)

    def visible_to(self, user: User) -> Self:
        """One's own, and that of the units whose work one oversees."""
        return self.filter(Q(owner=user) | Q(unit__in=Unit.objects.reached_by(user, SEE_WORK)))


@tracked
class BackgroundWork(Record):
    """Work that takes longer than a page may: asked by someone, done in chunks by the worker, told in numbers.

    ``subject_id`` says what it is about; its kind (see `operations/work.py`) knows what that is. ``claim`` names the
    run that may work on it: whoever claims it later takes it over, and the run before ends at its next chunk.
    ``message`` and ``result`` hold no personal data.
    """

    personal = Classified(
        none="id kind subject_id unit total done claim asked_at started_at finished_at failed_at cancelled_at"
        " message result",
        general="owner",
    )
    row_policy = (
        "access_backgroundwork.owner_id = access_actor()"
        f" OR access_backgroundwork.unit_id = ANY((SELECT access_units('{SEE_WORK}'))::uuid[])"
    )

    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    # PROTECT: users are switched off, not deleted; the work is done in their name.
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    # PROTECT: a unit with work behind it is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    claim = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    message = models.CharField(max_length=300, blank=True)
    result = models.JSONField(default=dict)

    objects = BackgroundWorkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="access_work_done_is_within_total"),
            models.CheckConstraint(
                condition=Q(failed_at=None, cancelled_at=None)
                | Q(finished_at=None, cancelled_at=None)
                | Q(finished_at=None, failed_at=None),
                name="access_work_ends_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(started_at__isnull=False), name="access_work_finishes_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "asked_at"], name="access_work_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.done}/{self.total}"

    def guard_for(self, user: User) -> Guard:
        return Guard(self.unit.path if self.unit else "", is_own=self.owner_id == user.pk)

    @property
    def has_ended(self) -> bool:
        return bool(self.finished_at or self.failed_at or self.cancelled_at)

    @property
    def state(self) -> str:
        """waiting, running, finished, failed or cancelled."""
        for name, moment in (
            ("cancelled", self.cancelled_at),
            ("failed", self.failed_at),
            ("finished", self.finished_at),
            ("running", self.started_at),
        ):
            if moment:
                return name
        return "waiting"

    @property
    def state_label(self) -> str:
        return str(_STATES[self.state])

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


_STATES = {
    "waiting": _("Menunggu giliran"),
    "running": _("Sedang dikerjakan"),
    "finished": _("Selesai"),
    "failed": _("Gagal"),
    "cancelled": _("Dibatalkan"),
}
