from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.assessments.database import ASSESSMENT_IS_KEPT, CHAPTER_IS_KEPT
from serasi.assessments.enums import Mode
from serasi.assessments.models.instrument import Edition
from serasi.assessments.models.policies import OF_ASSESSMENT, PART_OF_ASSESSMENT
from serasi.assessments.querysets import AssessmentQuerySet, ChapterQuerySet, SentFillingQuerySet
from serasi.cases.enums import AreaTag
from serasi.cases.models.part import TAGGED_POLICY, CasePart


@tracked
class Assessment(CasePart):
    """One filling of one edition in one case: begun, filled by several, then finished, or given up with a reason.

    While it is open its answers stand in `Answer`, ``answer_count`` of them. Finished, what was answered stands in
    `Chapter`, its scores in `Score`; nothing changes any more. What was wrong is filled again, and ``replaces`` what
    was believed before. ``tags`` are those of the instrument as a whole: who may read them reads it.
    """

    personal = Classified(
        none="id case edition written_by written_at mode finished_at finished_by voided_at voided_by evaluator"
        " replaces assessed_on answer_count",
        specific="tags void_reason",
    )
    row_policy = TAGGED_POLICY
    database_functions = ASSESSMENT_IS_KEPT

    # PROTECT: older answers stay with the form they were given to.
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="assessments")
    tags = ArrayField(models.CharField(max_length=12, choices=AreaTag), default=list, blank=True)
    mode = models.CharField(_("kata siapa"), max_length=9, choices=Mode)
    assessed_on = models.DateField(_("tanggal asesmen"))
    answer_count = models.PositiveIntegerField(default=0)
    # PROTECT: authorship stays.
    finished_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    evaluator = models.CharField(max_length=20, blank=True)
    # PROTECT: authorship stays.
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(_("alasan"), max_length=500, blank=True)
    # PROTECT: what was believed before stays readable.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = AssessmentQuerySet.as_manager()  # type: ignore[misc]  # names more than parts do

    class Meta:
        verbose_name = _("pengisian instrumen")
        ordering: ClassVar = ["-assessed_on", "-written_at"]
        indexes = [models.Index(fields=["case", "finished_at"], name="assessments_of_a_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "edition"],
                condition=Q(finished_at=None, voided_at=None),
                name="assessments_one_open_filling_of_an_edition",
                violation_error_message=_(
                    "Instrumen ini sedang diisi dalam kasus ini. Lanjutkan pengisian itu bersama-sama."
                ),
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None, evaluator="")
                | Q(finished_at__gte=F("written_at"), finished_by__isnull=False) & ~Q(evaluator=""),
                name="assessments_finishing_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | Q(voided_at__gte=F("written_at"), voided_by__isnull=False) & ~Q(void_reason=""),
                name="assessments_voiding_says_why",
                violation_error_message=_("Tulis mengapa pengisian ini dibatalkan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.assessed_on:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.finished_at is None and self.voided_at is None

    @property
    def is_finished(self) -> bool:
        """Whether what it found counts."""
        return self.finished_at is not None and self.voided_at is None

    @property
    def instance_id(self) -> UUID:
        """By which OpenRosa knows it."""
        return self.pk


@tracked
class Chapter(Record):
    """A part of a finished form as the server composed it: an outermost element with what is in it, as XML.

    Parts stand apart because they are read by different people: ``tags`` say by whom. Together, in their order, they
    are the whole instance.
    """

    personal = Classified(none="id assessment position name", specific="tags content")
    row_policy = PART_OF_ASSESSMENT
    database_functions = CHAPTER_IS_KEPT

    # PROTECT: as the file.
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="chapters")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    tags = ArrayField(models.CharField(max_length=12, choices=AreaTag), default=list, blank=True)
    content = models.TextField()

    objects = ChapterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "position"], name="assessments_chapters_are_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def guard_for(self, user: User) -> Guard:
        return self.assessment.guard_for(user)


@tracked
class SentFilling(Record):
    """An answered form that came from outside, and the filling that it became or that it was joined to.

    Its id is the ``instanceID`` of the device; ``digest`` is of the answers it brought, so that the same sent again is
    known, and something else under the same id too.
    """

    personal = Classified(none="id assessment written_by written_at", specific="digest")
    row_policy = OF_ASSESSMENT

    # PROTECT: as the file.
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="sendings")
    digest = models.CharField(max_length=64)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = SentFillingQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)

    def guard_for(self, user: User) -> Guard:
        return self.assessment.guard_for(user)
