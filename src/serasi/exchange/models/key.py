from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.common.encryption import EncryptedTextField
from serasi.exchange.models.policies import OF_NOBODY
from serasi.exchange.querysets import SigningKeyQuerySet


@tracked
class SigningKey(Record):
    """An Ed25519 key with which this installation signs, made here; its id is its ``kid``. The last one signs; one that
    was replaced is published until ``until_at``, for messages that are still on their way."""

    personal = Classified(none="id public made_at until_at", secret="private")
    row_policy = OF_NOBODY

    private = EncryptedTextField()
    public = models.CharField(max_length=43)
    made_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects = SigningKeyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=Q(until_at=None), name="exchange_one_key_signs"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("made_at")), name="exchange_key_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def guard_for(self, _user: User) -> Guard:
        return Guard("")
