from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models.record import Classified, Record, tracked
from serasi.access.models.user import User
from serasi.common.encryption import EncryptedBinaryField


class OutboxEntryQuerySet(models.QuerySet["OutboxEntry"]):
    def visible_to(self, user: User) -> Self:
        """One's own alone: nobody reads what another typed and the form has not taken."""
        return self.filter(user=user)

    def held(self) -> Self:
        """Refused, and not yet seen to."""
        return self.filter(status__isnull=False, settled_at=None)


@tracked
class OutboxEntry(Record):
    """A form that a phone kept while there was no signal, once it came (docs/adr/0015).

    Its id is the phone's, so that what is sent twice is done once. What the form took leaves the fact that it came;
    what it refused stays, sealed, for the one who typed it, until they send it again or throw it away. ``label`` says
    what it is without saying of whom.
    """

    personal = Classified(
        none="id address label content_type typed_at received_at status settled_at is_dropped",
        general="user",
        secret="content",
    )
    row_policy = "access_outboxentry.user_id = access_actor()"

    # PROTECT: users are switched off, not deleted; what they typed is theirs.
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    address = models.CharField(max_length=300)
    label = models.CharField(max_length=80)
    typed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    status = models.PositiveIntegerField(null=True)
    content_type = models.CharField(max_length=200, blank=True)
    content = EncryptedBinaryField(context="access.OutboxEntry.content", null=True)
    settled_at = models.DateTimeField(null=True)
    is_dropped = models.BooleanField(default=False)

    objects = OutboxEntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["typed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=None, content=None, settled_at=None, is_dropped=False)
                | Q(status__isnull=False, settled_at=None, content__isnull=False, is_dropped=False)
                | Q(status__isnull=False, settled_at__isnull=False, content=None),
                name="access_outbox_keeps_what_waits",
                violation_error_message=_("Kiriman yang sudah selesai tidak menyimpan isi."),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-received_at"], name="access_outbox_of_user"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_held(self) -> bool:
        return self.status is not None and self.settled_at is None
