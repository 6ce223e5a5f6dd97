from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.assessments.database import ANSWER_IS_KEPT
from serasi.assessments.models.assessment import Assessment
from serasi.assessments.models.policies import PART_OF_ASSESSMENT
from serasi.assessments.querysets import AnswerFileQuerySet, AnswerQuerySet
from serasi.cases.enums import AreaTag


@tracked
class Answer(Record):
    """One answer as somebody typed it: what stood there before, what stands there now. Never changed, only followed.

    ``path`` is where it stands in the form; an outermost repeat is one answer as a whole, its ``value`` the XML of all
    its repetitions. ``number`` counts the answers of one assessment as they arrived. An answer does not ``stand`` when
    somebody had changed the same one meanwhile: both are kept, until a person ``settles`` the difference with an
    answer that names it. ``tags`` are those of the part it belongs to.
    """

    personal = Classified(
        none="id assessment number path stands settles typed_by typed_at", specific="before value tags"
    )
    row_policy = PART_OF_ASSESSMENT
    database_functions = ANSWER_IS_KEPT

    # PROTECT: as the file.
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField()
    path = models.CharField(max_length=400)
    tags = ArrayField(models.CharField(max_length=12, choices=AreaTag), default=list, blank=True)
    before = models.TextField(blank=True)
    value = models.TextField(blank=True)
    stands = models.BooleanField()
    # PROTECT: what was decided stays readable.
    settles = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="settled_by")
    # PROTECT: authorship stays.
    typed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    typed_at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="assessments_answers_are_numbered"),
            models.CheckConstraint(condition=~Q(path=""), name="assessments_answer_has_a_place"),
            models.CheckConstraint(condition=Q(settles=None) | Q(stands=True), name="assessments_what_settles_stands"),
        ]

    def __str__(self) -> str:
        return self.path

    def guard_for(self, user: User) -> Guard:
        return self.assessment.guard_for(user)


@tracked
class AnswerFile(Record):
    """A photo, drawing, signature or sound that belongs to an answer, under the name the form knows it by."""

    personal = Classified(none="id assessment name media_type size typed_by typed_at", specific="file tags")
    row_policy = PART_OF_ASSESSMENT

    # PROTECT: as the file.
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="files")
    name = models.CharField(max_length=100)
    tags = ArrayField(models.CharField(max_length=12, choices=AreaTag), default=list, blank=True)
    file = models.FileField(upload_to="answers/%Y/%m")
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    # PROTECT: authorship stays.
    typed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    typed_at = models.DateTimeField()

    objects = AnswerFileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["typed_at"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "name"], name="assessments_file_is_named_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def guard_for(self, user: User) -> Guard:
        return self.assessment.guard_for(user)
