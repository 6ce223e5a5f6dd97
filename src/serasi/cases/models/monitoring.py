from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, tracked
from serasi.cases.enums import Aim, GoalResult, Score
from serasi.cases.models.part import CasePart
from serasi.cases.models.plan import Goal


@tracked
class Monitoring(CasePart):
    """A look at how far the goals are reached, with the person's functioning on the three aims that day."""

    personal = Classified(
        none="id case written_by written_at held_on next_on",
        specific="needs_score roles_score problems_score summary voice",
    )

    held_on = models.DateField(_("tanggal pemantauan"))
    needs_score = models.PositiveSmallIntegerField(_("kebutuhan dan hak dasar"), null=True, blank=True, choices=Score)
    roles_score = models.PositiveSmallIntegerField(_("tugas dan peran sosial"), null=True, blank=True, choices=Score)
    problems_score = models.PositiveSmallIntegerField(
        _("pemecahan masalah hidup"), null=True, blank=True, choices=Score
    )
    voice = models.TextField(_("kata penerima manfaat sendiri"), max_length=2000, blank=True)
    summary = models.TextField(_("ringkasan"), max_length=4000)
    next_on = models.DateField(_("pemantauan berikutnya"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-held_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(needs_score=None) | Q(needs_score__range=(1, 5)),
                name="cases_needs_score_is_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(roles_score=None) | Q(roles_score__range=(1, 5)),
                name="cases_roles_score_is_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(problems_score=None) | Q(problems_score__range=(1, 5)),
                name="cases_problems_score_is_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gt=F("held_on")),
                name="cases_next_monitoring_comes_later",
                violation_error_message=_("Pemantauan berikutnya harus setelah yang ini."),
            ),
        ]

    def __str__(self) -> str:
        return f"Pemantauan {self.case}, {self.held_on}"

    @property
    def functioning(self) -> float | None:
        """Mean of the three scores, 1 to 5; None unless all three were given, so that a blank never reads as well."""
        scores = [self.needs_score, self.roles_score, self.problems_score]
        given = [score for score in scores if score is not None]
        return sum(given) / 3 if len(given) == len(Aim) else None


@tracked
class GoalProgress(Record):
    """How far one goal was reached at one monitoring."""

    personal = Classified(none="id monitoring goal result", specific="note")
    row_policy = "EXISTS (SELECT 1 FROM cases_monitoring monitoring WHERE monitoring.id = monitoring_id)"

    # CASCADE: part of the monitoring.
    monitoring = models.ForeignKey(Monitoring, models.CASCADE, related_name="goals")
    # PROTECT: the goal stays known.
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="progress")
    result = models.CharField(_("hasil"), max_length=10, choices=GoalResult)
    note = models.TextField(_("keterangan"), max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["monitoring", "goal"], name="cases_goal_judged_once_per_monitoring"),
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.get_result_display()}"
