from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.cases.enums import (
    ApprovalSubject,
    Confidentiality,
    Decision,
    DisclosedPart,
    ReferralAnswer,
    ReferralKind,
    Urgency,
)
from serasi.cases.models.case import Case
from serasi.cases.models.part import CasePart, CasePartQuerySet
from serasi.people.models import Person


class ReferralQuerySet(models.QuerySet["Referral"]):
    def unanswered(self) -> Self:
        return self.filter(sent_at__isnull=False, answered_at=None, withdrawn_at=None)

    def silent(self, at: datetime) -> Self:
        """Sent, past the day by which an answer was due, and still without one."""
        return self.unanswered().filter(answer_due_at__lte=at)

    def addressed_to(self, actor: User) -> Self:
        """What was sent to units in which this user may answer referrals."""
        return self.filter(self._addressed(actor))

    def visible_to(self, actor: User) -> Self:
        """Referrals of the files this user may open, on either end, and those addressed to their units."""
        if actor.scope.is_system:
            return self
        files = Case.objects.visible_to(actor)
        return self.filter(Q(case__in=files) | Q(received_case__in=files) | self._addressed(actor))

    def _addressed(self, actor: User) -> Q:
        units = Unit.objects.reached_by(actor, "cases.referral.answer")
        leading = Unit.objects.reached_by(actor, "cases.referral.answer_sealed")
        sealed = Q(confidentiality=Confidentiality.SEALED)
        return Q(sent_at__isnull=False) & (
            (~sealed & Q(to_unit__in=units)) | (sealed & Q(received_case=None, to_unit__in=leading))
        )


@tracked
class Referral(Record):
    """A case is referred or transferred to another unit: what is disclosed, the answer, and the result that comes back.

    The receiver never sees the sender's file, only ``package``: the parts chosen, frozen when it was put before the
    supervisor, so that what was approved is what is read. A sealed case discloses only what its manager decided, and
    is seen by the heads and supervisors of the receiving unit until it has a team there.
    """

    personal = Classified(
        none="id case kind from_unit to_unit urgency disclosed documents confidentiality sealed_decided_by written_by"
        " written_at submitted_at sent_at answer_due_at escalated_at answered_at answered_by answer withdrawn_at"
        " result_at received_case revision",
        specific="person reason_code reason package answer_code answer_reason result",
    )
    row_policy = """
        EXISTS (SELECT 1 FROM cases_case file WHERE file.id = case_id)
        OR EXISTS (SELECT 1 FROM cases_case file WHERE file.id = received_case_id)
        OR (sent_at IS NOT NULL AND (
            (confidentiality <> 'sealed' AND to_unit_id = ANY((SELECT access_units('cases.referral.answer'))::uuid[]))
            OR (confidentiality = 'sealed' AND received_case_id IS NULL
                AND to_unit_id = ANY((SELECT access_units('cases.referral.answer_sealed'))::uuid[]))))
    """

    # PROTECT: the file it left from.
    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    # PROTECT: whom it is about; the receiver cannot read this from the sender's file.
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(_("jenis"), max_length=10, choices=ReferralKind)
    # PROTECT: both ends stay known.
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="referrals_sent")
    # PROTECT: both ends stay known.
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="referrals_received", verbose_name=_("unit tujuan"))
    urgency = models.CharField(_("kegentingan"), max_length=10, choices=Urgency, default=Urgency.ORDINARY)
    reason_code = models.CharField(_("alasan rujukan"), max_length=40)
    reason = models.TextField(_("uraian dan yang diminta"), max_length=4000)
    disclosed = ArrayField(models.CharField(max_length=12, choices=DisclosedPart), verbose_name=_("yang diungkap"))
    documents = ArrayField(models.UUIDField(), default=list, blank=True, verbose_name=_("dokumen terpilih"))
    package = models.JSONField(default=dict, blank=True)
    confidentiality = models.CharField(max_length=10, choices=Confidentiality)
    # PROTECT: who decided to disclose a sealed case is part of the referral.
    sealed_decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(_("jawaban"), max_length=10, choices=ReferralAnswer, blank=True)
    answer_code = models.CharField(_("alasan penolakan"), max_length=40, blank=True)
    answer_reason = models.TextField(_("alasan jawaban"), max_length=2000, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: the receiver's own file; one already open for this person takes the referral in.
    received_case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="came_from")
    result = models.TextField(_("hasil bagi pengirim"), max_length=4000, blank=True)
    result_at = models.DateTimeField(null=True, blank=True)
    revision = RevisionField()

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-written_at"]
        indexes = [
            models.Index(fields=["to_unit", "-sent_at"], name="cases_referral_inbox"),
            models.Index(
                fields=["answer_due_at"],
                condition=Q(sent_at__isnull=False, answered_at=None, withdrawn_at=None),
                name="cases_referral_unanswered",
            ),
            GinIndex(fields=["documents"], name="cases_referral_documents"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(to_unit=F("from_unit")),
                name="cases_referral_goes_elsewhere",
                violation_error_message=_("Pilih unit lain sebagai tujuan rujukan."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False, sent_at__isnull=False) & ~Q(answer="")),
                name="cases_referral_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(answer=ReferralAnswer.REFUSED) | ~Q(answer_reason=""),
                name="cases_refusal_has_a_reason",
                violation_error_message=_("Tuliskan alasan penolakan."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | (Q(answer_due_at__isnull=False) & Q(answer_due_at__gt=F("sent_at"))),
                name="cases_referral_has_an_answer_day",
            ),
            models.CheckConstraint(
                condition=(Q(sent_at=None) | Q(submitted_at__isnull=False)) & (Q(submitted_at=None) | ~Q(package={})),
                name="cases_referral_is_frozen_before_it_is_sent",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None)
                | ~Q(confidentiality=Confidentiality.SEALED)
                | Q(sealed_decided_by__isnull=False),
                name="cases_sealed_referral_was_decided",
                violation_error_message=_("Kasus rahasia hanya diungkap atas keputusan manajer kasus."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(answered_at=None), name="cases_answered_referral_stays"
            ),
            models.CheckConstraint(
                condition=Q(received_case=None) | Q(answer=ReferralAnswer.ACCEPTED),
                name="cases_receiver_has_accepted",
            ),
            models.CheckConstraint(
                condition=Q(result_at=None) | Q(answer=ReferralAnswer.ACCEPTED),
                name="cases_result_follows_acceptance",
            ),
            models.UniqueConstraint(
                fields=["case", "to_unit"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="cases_one_open_referral_per_unit",
                violation_error_message=_("Rujukan ke unit ini masih menunggu jawaban."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.from_unit} → {self.to_unit}"

    def guard_for(self, user: User) -> Guard:
        """As its receiver sees it; the sender's side is guarded by the case."""
        return Guard(self.to_unit.path)


@tracked
class ReferralMessage(Record):
    """A question or answer between both ends of a referral."""

    personal = Classified(none="id referral written_by written_at", specific="text")
    row_policy = "EXISTS (SELECT 1 FROM cases_referral referral WHERE referral.id = referral_id)"

    # CASCADE: part of the referral.
    referral = models.ForeignKey(Referral, models.CASCADE, related_name="messages")
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    text = models.TextField(_("pesan"), max_length=2000)

    class Meta:
        ordering: ClassVar = ["written_at"]

    def __str__(self) -> str:
        return f"{self.written_by}, {self.written_at:%Y-%m-%d %H:%M}"


class ApprovalQuerySet(CasePartQuerySet["Approval"]):
    def pending(self) -> Self:
        """What nobody has decided and nobody has taken back."""
        return self.filter(decided_at=None, withdrawn_at=None)


@tracked
class Approval(CasePart):
    """A plan, a closure or a referral is put before a supervisor, who approves it or sends it back.

    Nobody decides on their own request unless their posting grants it; the grant used is recorded. Until it is decided,
    it may be taken back.
    """

    personal = Classified(
        none="id case written_by written_at subject subject_id decided_by decided_at decision by_own_grant"
        " withdrawn_at",
        specific="note",
    )

    subject = models.CharField(max_length=10, choices=ApprovalSubject)
    subject_id = models.UUIDField()
    # PROTECT: authorship stays.
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(_("keputusan"), max_length=10, choices=Decision, blank=True)
    by_own_grant = models.BooleanField(default=False)
    note = models.TextField(_("catatan"), max_length=2000, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ApprovalQuerySet.as_manager()  # type: ignore[misc]  # knows what is pending

    class Meta:
        ordering: ClassVar = ["-written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id"],
                condition=Q(decided_at=None, withdrawn_at=None),
                name="cases_one_approval_pending_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(decided_at=None), name="cases_withdrawn_approval_is_undecided"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, decision="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision="")),
                name="cases_approval_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(by_own_grant=True) | ~Q(decided_by=F("written_by")),
                name="cases_nobody_approves_their_own",
                violation_error_message=_("Permintaan sendiri disetujui oleh orang lain."),
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.RETURNED) | ~Q(note=""),
                name="cases_return_says_why",
                violation_error_message=_("Tuliskan apa yang harus diperbaiki."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.case}"

    @property
    def is_pending(self) -> bool:
        return self.decided_at is None and self.withdrawn_at is None
