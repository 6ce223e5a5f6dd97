from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.common.encryption import EncryptedTextField
from serasi.exchange.models.inquiry import Inquiry
from serasi.exchange.models.peer import Peer
from serasi.exchange.models.policies import of_a_peer
from serasi.exchange.querysets import DeliveryQuerySet


@tracked
class Delivery(Record):
    """A signed message on its way to the callback address of a peer: the answer to an inquiry, or news of a
    subscription. It is sent as it stands, again and again until it arrives or is given up; then its content goes."""

    personal = Classified(
        none="id peer inquiry action found made_at attempts failure delivered_at given_up_at", secret="content"
    )
    row_policy = of_a_peer("exchange_delivery")

    # PROTECT: what was told stays known.
    peer = models.ForeignKey(Peer, models.PROTECT, related_name="deliveries")
    # PROTECT: what it answers stays known.
    inquiry = models.OneToOneField(Inquiry, models.PROTECT, null=True, related_name="delivery")
    action = models.CharField(max_length=20)
    found = models.PositiveIntegerField(default=0)
    content = EncryptedTextField(null=True)
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=60, blank=True)
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("kiriman jawaban")
        ordering: ClassVar = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(delivered_at=None, given_up_at=None, content__isnull=False)
                | Q(delivered_at__isnull=False, delivered_at__gte=F("made_at"), given_up_at=None, content__isnull=True)
                | Q(delivered_at=None, given_up_at__isnull=False, given_up_at__gte=F("made_at"), content__isnull=True),
                name="exchange_done_keeps_no_content",
            ),
        ]
        indexes = [
            models.Index(fields=["peer", "-made_at"], name="exchange_told_to"),
        ]

    def __str__(self) -> str:
        return self.action

    def guard_for(self, user: User) -> Guard:
        return self.peer.guard_for(user)
