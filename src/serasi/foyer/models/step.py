from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.foyer.database import STEP_FUNCTIONS
from serasi.foyer.enums import Decision, StepKind
from serasi.foyer.models.agreement import Agreement
from serasi.foyer.models.phase import Phase
from serasi.foyer.models.policies import OF_AGREEMENT
from serasi.foyer.querysets import OfAgreementQuerySet, StepQuerySet


@tracked
class Step(Record):
    """A step of the way: the start, one phase up, or back. Proposed by the coach, agreed by head or supervisor.

    Never changed once it is decided. The phase of a day is where the latest agreed step led. Who goes up without all
    that is asked for does so by an exception, with the reason of the head.
    """

    personal = Classified(
        none="id agreement kind from_phase to_phase is_exception written_at decided_at decision takes_effect_date"
        " by_own_grant",
        general="written_by decided_by",
        specific="youth_words coach_words reason way_back way_back_date decision_note",
    )
    row_policy = OF_AGREEMENT
    withheld: ClassVar[str] = "DELETE"
    database_functions: ClassVar[str] = STEP_FUNCTIONS

    # PROTECT: the way stays known.
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="steps")
    kind = models.CharField(_("langkah"), max_length=5, choices=StepKind)
    # PROTECT: phases of an edition in force stand.
    from_phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="+")
    # PROTECT: as above.
    to_phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")
    youth_words = models.TextField(_("kata anak muda"), max_length=2000, blank=True)
    coach_words = models.TextField(_("pertimbangan pembimbing"), max_length=2000, blank=True)
    is_exception = models.BooleanField(_("diajukan sebagai pengecualian"), default=False)
    reason = models.CharField(_("alasan mundur"), max_length=500, blank=True)
    way_back = models.CharField(_("jalan kembali"), max_length=500, blank=True)
    way_back_date = models.DateField(_("ditinjau tanggal"), null=True, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # PROTECT: who agreed stays known.
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(_("keputusan"), max_length=8, choices=Decision, blank=True)
    decision_note = models.CharField(_("catatan keputusan"), max_length=500, blank=True)
    by_own_grant = models.BooleanField(default=False)
    takes_effect_date = models.DateField(_("berlaku sejak"), null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("langkah fase")
        ordering: ClassVar = ["written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(kind=StepKind.START),
                name="foyer_agreement_starts_once",
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(decided_at=None),
                name="foyer_one_step_waits",
                violation_error_message=_("Sudah ada langkah yang menunggu keputusan."),
            ),
            models.CheckConstraint(
                condition=Q(kind=StepKind.START, from_phase=None)
                | Q(kind__in=(StepKind.UP, StepKind.BACK), from_phase__isnull=False) & ~Q(from_phase=F("to_phase")),
                name="foyer_step_leads_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.BACK) | ~Q(reason="") & ~Q(way_back="") & Q(way_back_date__isnull=False),
                name="foyer_step_back_shows_the_way_back",
                violation_error_message=_("Langkah mundur perlu alasan, jalan kembali, dan tanggal peninjauannya."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, decision="", takes_effect_date=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, decision__in=Decision.values)
                & (Q(decision=Decision.APPROVED) ^ Q(takes_effect_date=None)),
                name="foyer_step_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(kind=StepKind.START)
                | Q(by_own_grant=True)
                | ~Q(decided_by=F("written_by")),
                name="foyer_nobody_agrees_to_their_own_step",
                violation_error_message=_("Langkah yang diajukan sendiri diputuskan oleh orang lain."),
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.REFUSED) & ~Q(is_exception=True, decision=Decision.APPROVED)
                | ~Q(decision_note=""),
                name="foyer_refusal_and_exception_say_why",
                violation_error_message=_("Tulis alasannya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.written_at:%Y-%m-%d}"

    @property
    def is_pending(self) -> bool:
        return self.decided_at is None

    @property
    def is_agreed(self) -> bool:
        return self.decision == Decision.APPROVED

    def guard_for(self, user: User) -> Guard:
        return self.agreement.guard_for(user)


@tracked
class StepEvidence(Record):
    """One thing asked for before going up: whether it is met, how that was seen, and by whom."""

    personal = Classified(none="id agreement step position item is_met", general="seen_by", specific="how")
    row_policy = OF_AGREEMENT
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: as of the step.
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    # PROTECT: a step keeps what it was argued with.
    step = models.ForeignKey(Step, models.PROTECT, related_name="evidence")
    position = models.PositiveSmallIntegerField()
    item = models.CharField(_("bukti"), max_length=300)
    is_met = models.BooleanField(_("terpenuhi"))
    how = models.CharField(_("bagaimana terlihat"), max_length=300, blank=True)
    seen_by = models.CharField(_("disaksikan"), max_length=150, blank=True)

    objects = OfAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("bukti")
        ordering: ClassVar = ["step", "position"]
        constraints = [
            models.UniqueConstraint(fields=["step", "position"], name="foyer_evidence_has_its_place"),
            models.CheckConstraint(
                condition=Q(is_met=False) | ~Q(how="") & ~Q(seen_by=""),
                name="foyer_evidence_met_says_how",
                violation_error_message=_("Tulis bagaimana bukti itu terlihat dan siapa yang menyaksikan."),
            ),
        ]

    def __str__(self) -> str:
        return self.item

    def guard_for(self, user: User) -> Guard:
        return self.agreement.guard_for(user)
