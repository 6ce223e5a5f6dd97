from datetime import timedelta
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.people.enums import ConsentGiver, ConsentMethod, ConsentPurpose
from serasi.people.models.person import Person
from serasi.people.models.policies import as_person

WITHDRAWAL_TERM: Final = timedelta(hours=72)
"""How soon processing must have stopped after consent was withdrawn (3 × 24 hours)."""


@tracked
class Consent(Record):
    """A person, or their guardian, agreed to something that was explained; and perhaps took it back."""

    personal = Classified(
        none="id purpose text_version given_by method given_at withdrawn_at withdrawal_due_at stopped_at",
        general="person explained_by guardian_name witness_name",
        specific="withdrawal_reason",
    )
    row_policy = as_person("people_consent")

    # CASCADE: part of the person.
    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("untuk"), max_length=10, choices=ConsentPurpose)
    text_version = models.CharField(_("naskah persetujuan"), max_length=40)
    # PROTECT: who explained stays known; users are switched off, not deleted.
    explained_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dijelaskan oleh"))
    given_by = models.CharField(_("diberikan oleh"), max_length=10, choices=ConsentGiver)
    guardian_name = models.CharField(_("nama orang tua atau wali"), max_length=150, blank=True)
    method = models.CharField(_("cara"), max_length=10, choices=ConsentMethod)
    witness_name = models.CharField(_("nama saksi"), max_length=150, blank=True)
    given_at = models.DateTimeField(_("diberikan"))
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("alasan penarikan"), max_length=500, blank=True)
    withdrawal_due_at = models.DateTimeField(_("pemrosesan berhenti paling lambat"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("pemrosesan dihentikan"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-given_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_by=ConsentGiver.GUARDIAN) & ~Q(guardian_name="")
                | Q(given_by=ConsentGiver.SELF, guardian_name=""),
                name="people_consent_names_its_guardian",
                violation_error_message=_("Isi nama orang tua atau wali bila ia yang memberi persetujuan."),
            ),
            models.CheckConstraint(
                condition=Q(method=ConsentMethod.SIGNATURE) | ~Q(witness_name=""),
                name="people_consent_without_signature_has_a_witness",
                violation_error_message=_("Cap jempol dan persetujuan lisan memerlukan nama saksi."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawal_due_at=None, withdrawal_reason="", stopped_at=None)
                | Q(
                    withdrawn_at__isnull=False,
                    withdrawn_at__gte=F("given_at"),
                    withdrawal_due_at__isnull=False,
                    withdrawal_due_at__gt=F("withdrawn_at"),
                )
                & ~Q(withdrawal_reason=""),
                name="people_consent_withdrawal_is_whole",
                violation_error_message=_("Penarikan persetujuan memerlukan waktu dan alasan."),
            ),
            models.CheckConstraint(condition=~Q(text_version=""), name="people_consent_names_its_text"),
        ]
        indexes = [
            models.Index(
                fields=["withdrawal_due_at"],
                condition=Q(withdrawn_at__isnull=False, stopped_at=None),
                name="people_consent_to_stop",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.given_at:%Y-%m-%d}"

    @property
    def is_in_force(self) -> bool:
        return self.withdrawn_at is None
