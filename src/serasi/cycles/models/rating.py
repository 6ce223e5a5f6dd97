from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.keeping import kept
from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.cases.models import Case
from serasi.cycles.database import OWN_CASES
from serasi.cycles.enums import Step, Voice
from serasi.cycles.models.domain import Domain
from serasi.cycles.models.policies import OF_CASE
from serasi.cycles.querysets import RatingQuerySet, RatingRoundQuerySet


@tracked
class RatingRound(Record):
    """One voice says on one day where a person stands, in some domains. ``written_by`` took it down."""

    personal = Classified(none="id case written_by written_at rated_on", specific="voice")
    row_policy = OF_CASE
    withheld: ClassVar[str] = "UPDATE, DELETE"
    database_functions: ClassVar[str] = OWN_CASES

    # PROTECT: what was said of someone stays said.
    case = models.ForeignKey(Case, models.PROTECT, related_name="ratingrounds")
    voice = models.CharField(_("kata siapa"), max_length=6, choices=Voice)
    rated_on = models.DateField(_("tanggal"))
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = RatingRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("penilaian ranah")
        ordering: ClassVar = ["-rated_on", "-written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(voice__in=Voice.values),
                name="cycles_voice_is_known",
                violation_error_message=_("Pilih kata siapa nilai ini."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_voice_display()}, {self.rated_on}"

    def guard_for(self, user: User) -> Guard:
        return self.case.guard_for(user)


@tracked
class Rating(Record):
    """Where somebody stands in one domain, as one voice says. Never edited, never deleted: a correction supersedes it.

    In force is what has no ``superseded_at``.
    """

    personal = Classified(
        none="id round domain written_at superseded_at replaces",
        general="written_by superseded_by",
        specific="step words superseded_reason",
    )
    row_policy = "EXISTS (SELECT 1 FROM cycles_ratinground said WHERE said.id = round_id)"
    withheld: ClassVar[str] = "DELETE"
    database_functions: ClassVar[str] = kept("cycles_rating")

    # PROTECT: what was said stays said.
    round = models.ForeignKey(RatingRound, models.PROTECT, related_name="ratings")
    # PROTECT: reference data.
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField(_("nilai"), choices=Step)
    words = models.CharField(_("kata-katanya"), max_length=500, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    superseded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    superseded_reason = models.CharField(_("alasan pembetulan"), max_length=500, blank=True)
    # PROTECT: what was believed before stays readable.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("nilai ranah")
        ordering: ClassVar = ["domain", "written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "domain"],
                condition=Q(superseded_at=None),
                name="cycles_domain_is_rated_once_in_a_round",
                violation_error_message=_("Sebuah ranah dinilai sekali saja. Betulkan nilai yang sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(step__range=(1, 5)),
                name="cycles_step_is_1_to_5",
                violation_error_message=_("Nilai ranah antara 1 dan 5."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None, superseded_by=None, superseded_reason="")
                | Q(superseded_at__gte=F("written_at"), superseded_by__isnull=False) & ~Q(superseded_reason=""),
                name="cycles_rating_correction_is_whole",
                violation_error_message=_("Tulis mengapa catatan ini dibetulkan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain_id}: {self.step}"

    @property
    def is_in_force(self) -> bool:
        return self.superseded_at is None

    def guard_for(self, user: User) -> Guard:
        return self.round.guard_for(user)
