"""The way back: tracing the family, readiness, handing over, closing, and looking after."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Unit, User, tracked
from serasi.cases.enums import Score, TracingResult
from serasi.cases.models.part import CasePart, CasePartQuerySet
from serasi.cases.models.referral import Referral
from serasi.institutions.models import Region


@tracked
class TracingStep(CasePart):
    """One step of family tracing (*penelusuran keluarga*): where, how, with what result."""

    personal = Classified(
        none="id case written_by written_at taken_on region method result", specific="contact account"
    )

    taken_on = models.DateField(_("tanggal"))
    method = models.CharField(_("cara"), max_length=120)
    # PROTECT: reference data.
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.CharField(_("siapa yang dihubungi"), max_length=200, blank=True)
    result = models.CharField(_("hasil"), max_length=10, choices=TracingResult)
    account = models.TextField(_("uraian"), max_length=4000)

    class Meta:
        ordering: ClassVar = ["-taken_on"]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_result_display()}"


@tracked
class Readiness(CasePart):
    """Whether person, family and place are ready for the return."""

    personal = Classified(none="id case written_by written_at held_on", specific="person family place is_ready account")

    held_on = models.DateField(_("tanggal"))
    person = models.PositiveSmallIntegerField(_("kesiapan penerima manfaat"), choices=Score)
    family = models.PositiveSmallIntegerField(_("kesiapan keluarga"), choices=Score)
    place = models.PositiveSmallIntegerField(_("kesiapan lingkungan"), choices=Score)
    is_ready = models.BooleanField(_("siap kembali"))
    account = models.TextField(_("penjelasan"), max_length=4000)

    class Meta:
        ordering: ClassVar = ["-held_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__range=(1, 5), family__range=(1, 5), place__range=(1, 5)),
                name="cases_readiness_is_1_to_5",
            )
        ]

    def __str__(self) -> str:
        return f"Kesiapan {self.case}, {self.held_on}"


class HandOverQuerySet(CasePartQuerySet["HandOver"]):
    def visible_to(self, actor: User) -> Self:
        """Of files this user may open, and those that complete a referral this user may read."""
        if actor.scope.is_system:
            return self
        referrals = Referral.objects.visible_to(actor).filter(sent_at__isnull=False)
        return self.filter(self._readable(actor) | Q(referral__in=referrals))


@tracked
class HandOver(CasePart):
    """A hand-over (*berita acara serah terima*): the person passes into someone's care, with what was given along.

    A hand-over that completes a referral is read by both ends, each of which writes its own.
    """

    personal = Classified(
        none="id case written_by written_at handed_at to_unit referral",
        general="receiver_name receiver_relation witness_name",
        specific="condition items",
    )
    row_policy = (
        CasePart.row_policy + " OR EXISTS (SELECT 1 FROM cases_referral referral WHERE referral.id = referral_id"  # noqa: S608  (constants)
        " AND referral.sent_at IS NOT NULL)"
    )

    handed_at = models.DateTimeField(_("waktu serah terima"))
    # PROTECT: where the person went stays known.
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    # PROTECT: the referral it completes stays known.
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, blank=True, related_name="handovers")
    receiver_name = models.CharField(_("nama penerima"), max_length=150)
    receiver_relation = models.CharField(_("hubungan atau jabatan"), max_length=80)
    witness_name = models.CharField(_("saksi"), max_length=150, blank=True)
    condition = models.TextField(_("keadaan saat diserahkan"), max_length=2000)
    items = models.TextField(_("barang dan dokumen yang diserahkan"), max_length=2000, blank=True)

    objects = HandOverQuerySet.as_manager()  # type: ignore[misc]  # wider sight than other parts have

    class Meta:
        ordering: ClassVar = ["-handed_at"]

    def __str__(self) -> str:
        return f"Serah terima {self.case}, {self.handed_at:%Y-%m-%d}"


class TerminationQuerySet(CasePartQuerySet["Termination"]):
    def under_way(self) -> Self:
        """Proposed or approved, and neither in effect nor withdrawn."""
        return self.filter(took_effect_at=None, withdrawn_at=None)

    def planned_ahead(self) -> Self:
        """Approved, and waiting for its day."""
        return self.under_way().filter(approved_at__isnull=False)


@tracked
class Termination(CasePart):
    """The end of service is proposed, approved, and takes effect on its day. A reopened case may end again."""

    personal = Classified(
        none="id case written_by written_at ends_on aftercare_owner approved_at withdrawn_at took_effect_at",
        specific="reason outcome account",
    )

    reason = models.CharField(_("alasan terminasi"), max_length=60)
    outcome = models.CharField(_("hasil"), max_length=60)
    account = models.TextField(_("penjelasan"), max_length=4000)
    ends_on = models.DateField(_("tanggal berakhir"))
    # PROTECT: who owed the visits stays known.
    aftercare_owner = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("penanggung jawab bimbingan lanjut"),
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    took_effect_at = models.DateTimeField(null=True, blank=True)

    objects = TerminationQuerySet.as_manager()  # type: ignore[misc]  # knows what is under way

    class Meta:
        ordering: ClassVar = ["-written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(took_effect_at=None, withdrawn_at=None),
                name="cases_one_termination_under_way",
                violation_error_message=_("Usulan terminasi sebelumnya belum selesai."),
            ),
            models.CheckConstraint(
                condition=Q(took_effect_at=None) | Q(withdrawn_at=None, approved_at__isnull=False),
                name="cases_termination_is_approved_before_it_takes_effect",
            ),
        ]

    def __str__(self) -> str:
        return f"Terminasi {self.case}"

    @property
    def is_planned_ahead(self) -> bool:
        """Approved, and waiting for its day."""
        return self.approved_at is not None and self.took_effect_at is None and self.withdrawn_at is None


@tracked
class AftercareVisit(CasePart):
    """A visit after (or before) closing: due at 1, 3, 6 and 12 months, held or still to come."""

    personal = Classified(
        none="id case written_by written_at owner month due_date held_on cancelled_at",
        specific="with_whom needs_score roles_score problems_score account is_stable cancel_reason",
    )

    # PROTECT: who owed it stays known.
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("penanggung jawab"))
    month = models.PositiveSmallIntegerField(_("bulan ke-"), null=True, blank=True)
    due_date = models.DateField(_("jatuh tempo"))
    held_on = models.DateField(_("dilakukan"), null=True, blank=True)
    with_whom = models.CharField(_("bertemu dengan"), max_length=200, blank=True)
    needs_score = models.PositiveSmallIntegerField(null=True, blank=True, choices=Score)
    roles_score = models.PositiveSmallIntegerField(null=True, blank=True, choices=Score)
    problems_score = models.PositiveSmallIntegerField(null=True, blank=True, choices=Score)
    account = models.TextField(_("hasil kunjungan"), max_length=4000, blank=True)
    is_stable = models.BooleanField(_("keadaan stabil"), null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("alasan dibatalkan"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["due_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on=None) | (~Q(account="") & Q(is_stable__isnull=False)),
                name="cases_held_visit_has_an_account",
                violation_error_message=_("Tuliskan hasil kunjungan dan apakah keadaannya stabil."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | (Q(held_on=None) & ~Q(cancel_reason="")),
                name="cases_cancelled_visit_has_a_reason",
                violation_error_message=_("Tuliskan alasan pembatalan kunjungan."),
            ),
            models.CheckConstraint(
                condition=(Q(needs_score=None) | Q(needs_score__range=(1, 5)))
                & (Q(roles_score=None) | Q(roles_score__range=(1, 5)))
                & (Q(problems_score=None) | Q(problems_score__range=(1, 5))),
                name="cases_aftercare_scores_are_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"Bimbingan lanjut {self.case}, {self.due_date}"


@tracked
class Reopening(CasePart):
    """A closed case is taken up again, in the same file."""

    personal = Classified(none="id case written_by written_at", specific="reason")

    reason = models.TextField(_("alasan dibuka kembali"), max_length=2000)

    def __str__(self) -> str:
        return f"{self.case} dibuka kembali"
