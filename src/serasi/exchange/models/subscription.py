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
from serasi.exchange.querysets import SubscriptionQuerySet


@tracked
class Subscription(Record):
    """A peer wants to hear of people who come to be answered for: newly registered, or newly agreed, and fitting
    ``criteria`` (sealed: a filter may be a NIK). ``told_until`` is up to when it has been told."""

    personal = Classified(none="id peer inquiry begun_at told_until ended_at", secret="criteria")
    row_policy = of_a_peer("exchange_subscription")

    # PROTECT: what was asked stays known.
    peer = models.ForeignKey(Peer, models.PROTECT, related_name="subscriptions")
    # PROTECT: what asked for it stays known.
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="subscriptions")
    criteria = EncryptedTextField()
    begun_at = models.DateTimeField()
    told_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("langganan")
        ordering: ClassVar = ["-begun_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")), name="exchange_subscription_ends_after"
            ),
            models.CheckConstraint(condition=Q(told_until__gte=F("begun_at")), name="exchange_told_since_it_began"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def guard_for(self, user: User) -> Guard:
        return self.peer.guard_for(user)
