from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.assessments.database import SCORE_IS_KEPT
from serasi.assessments.enums import ScoreState
from serasi.assessments.models.assessment import Assessment
from serasi.assessments.models.policies import OF_SCORE, PART_OF_ASSESSMENT
from serasi.assessments.models.scale import Band, Scale
from serasi.assessments.querysets import OpinionQuerySet, ScoreQuerySet
from serasi.cases.enums import AreaTag


@tracked
class Score(Record):
    """What one scale came to in one finished assessment, as the server computed it. A blank is never a value.

    ``answered`` of ``asked`` items were answered; ``tags`` are those of the parts its items stand in.
    """

    personal = Classified(none="id assessment scale answered asked state", specific="value band tags")
    row_policy = PART_OF_ASSESSMENT
    database_functions = SCORE_IS_KEPT

    # PROTECT: as the file.
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="scores")
    # PROTECT: a scale that was used once is frozen.
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="scores")
    tags = ArrayField(models.CharField(max_length=12, choices=AreaTag), default=list, blank=True)
    value = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    answered = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ScoreState)
    # PROTECT: as the scale.
    band = models.ForeignKey(Band, models.PROTECT, null=True, blank=True, related_name="scores")

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["assessment", "scale__order"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "scale"], name="assessments_scale_is_scored_once"),
            models.CheckConstraint(
                condition=Q(state=ScoreState.INCOMPLETE, value=None, band=None)
                | ~Q(state=ScoreState.INCOMPLETE) & Q(value__isnull=False),
                name="assessments_blank_is_never_a_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scale}: {'–' if self.value is None else self.value.normalize()}"

    def guard_for(self, user: User) -> Guard:
        return self.assessment.guard_for(user)


@tracked
class Opinion(Record):
    """A clinician who sees it otherwise than the score, and why. The score stays what it is, both are shown."""

    personal = Classified(none="id score written_by written_at", specific="band reason")
    row_policy = OF_SCORE

    # PROTECT: as the score.
    score = models.ForeignKey(Score, models.PROTECT, related_name="opinions")
    # PROTECT: as the scale.
    band = models.ForeignKey(Band, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("alasan"), max_length=2000)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["written_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="assessments_opinion_says_why",
                violation_error_message=_("Tulis alasan pendapat Anda."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:60]

    def guard_for(self, user: User) -> Guard:
        return self.score.guard_for(user)
