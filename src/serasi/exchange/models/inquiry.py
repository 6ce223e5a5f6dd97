from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.common.encryption import EncryptedTextField
from serasi.exchange.enums import Action, Outcome
from serasi.exchange.models.peer import Peer
from serasi.exchange.models.policies import of_a_peer
from serasi.exchange.querysets import InquiryQuerySet


@tracked
class Inquiry(Record):
    """One message of a peer, and what became of it, in codes and counts: who was meant stands nowhere here.

    The id is the correlation id that the peer was told. ``content`` (what was asked) is sealed, and gone as soon as it
    is answered. ``told`` says for each part of the inquiry its reference, outcome, reason and count. A message that was
    not taken (unreadable, unsigned, too late) stands here too, for it was asked; its id may come again.
    """

    personal = Classified(
        none="id peer action message_id transaction_id is_sync is_taken purpose outcome reason asked found told"
        " received_at answered_at",
        general="consent_reference",
        secret="content",
    )
    row_policy = of_a_peer("exchange_inquiry")

    # PROTECT: what was asked stays known.
    peer = models.ForeignKey(Peer, models.PROTECT, related_name="inquiries")
    action = models.CharField(_("tindakan"), max_length=12, choices=Action)
    message_id = models.CharField(max_length=99, blank=True)
    transaction_id = models.CharField(max_length=99, blank=True)
    is_sync = models.BooleanField()
    is_taken = models.BooleanField(default=True)
    purpose = models.CharField(_("tujuan"), max_length=60, blank=True)
    consent_reference = models.CharField(max_length=99, blank=True)
    outcome = models.CharField(_("hasil"), max_length=4, choices=Outcome)
    reason = models.CharField(_("alasan"), max_length=60, blank=True)
    asked = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    told = models.JSONField(default=list)
    content = EncryptedTextField(null=True)
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("permintaan")
        ordering: ClassVar = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["peer", "message_id"], condition=Q(is_taken=True), name="exchange_message_is_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(is_taken=False) | ~Q(message_id="") & ~Q(transaction_id=""),
                name="exchange_taken_message_has_its_ids",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("received_at"), content__isnull=True),
                name="exchange_answered_keeps_no_content",
            ),
        ]
        indexes = [
            models.Index(fields=["peer", "-received_at"], name="exchange_asked_by"),
            models.Index(fields=["peer", "transaction_id"], name="exchange_of_transaction"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.message_id}"

    def guard_for(self, user: User) -> Guard:
        return self.peer.guard_for(user)
