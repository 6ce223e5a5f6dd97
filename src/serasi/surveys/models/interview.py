from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.assessments.models import Edition
from serasi.institutions.models import Region
from serasi.surveys.database import INTERVIEW_IS_KEPT
from serasi.surveys.models.policies import OF_INTERVIEW, OF_SURVEY_OR_OWN, OWN
from serasi.surveys.models.survey import Survey
from serasi.surveys.querysets import DraftQuerySet, InterviewQuerySet, OfDraftQuerySet, OfInterviewQuerySet


@tracked
class Interview(Record):
    """One form answered for one survey; its id is the instance's. Corrected by another that ``replaces`` it.

    ``instance`` is the form as the server finished it: calculates filled in, what was not asked left out; ``digest`` is
    that of the answers that arrived, by which the same is known again. ``problems`` are answers that are missing or do
    not fit: path and words. ``village`` and the point are what the answers claim; a village that they say in words
    alone may be found later, once (``village_found_by``).
    """

    personal = Classified(
        none="id survey edition digest problems started_at ended_at held_on arrived_at voided_at replaces evaluator"
        " village_found_at",
        general="enumerator voided_by village_found_by",
        specific="instance village latitude longitude accuracy void_reason",
    )
    row_policy = OF_SURVEY_OR_OWN
    database_functions = INTERVIEW_IS_KEPT

    # PROTECT: answers stay with what was asked for.
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="interviews")
    # PROTECT: as the survey.
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    # PROTECT: authorship stays.
    enumerator = models.ForeignKey(User, models.PROTECT, related_name="+")
    instance = models.TextField()
    digest = models.CharField(max_length=64)
    problems = models.JSONField(default=list)
    evaluator = models.CharField(max_length=20)
    # PROTECT: the edition that was in force stays.
    village = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    # PROTECT: authorship stays.
    village_found_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    village_found_at = models.DateTimeField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    accuracy = models.FloatField(null=True, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    held_on = models.DateField(_("tanggal wawancara"))
    arrived_at = models.DateTimeField()
    # PROTECT: authorship stays.
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(_("alasan"), max_length=500, blank=True)
    # PROTECT: what was answered before stays readable.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("wawancara")
        ordering: ClassVar = ["-held_on", "-started_at"]
        indexes = [
            models.Index(fields=["survey", "held_on"], name="surveys_interviews_of_a_day"),
            models.Index(fields=["enumerator", "survey"], name="surveys_interviews_of_someone"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | Q(voided_at__gte=F("arrived_at"), voided_by__isnull=False) & ~Q(void_reason=""),
                name="surveys_voiding_says_why",
                violation_error_message=_("Tulis mengapa wawancara ini dibatalkan."),
            ),
            models.CheckConstraint(
                condition=Q(village_found_at=None, village_found_by=None)
                | Q(village_found_at__isnull=False, village_found_by__isnull=False, village__isnull=False),
                name="surveys_found_village_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="surveys_interview_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="surveys_point_is_on_earth",
            ),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="surveys_interview_replaces_another"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d}"

    @property
    def took(self) -> timedelta | None:
        """How long it lasted, as far as the form noted both ends."""
        return None if self.ended_at is None else self.ended_at - self.started_at

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)

    def guard_for(self, user: User) -> Guard:
        """One's own interview is one's own; others sit where the survey does."""
        return Guard(self.survey.unit.path, is_own=self.enumerator_id == user.pk)


@tracked
class InterviewFile(Record):
    """A photo, drawing, signature or sound of an interview, under the name its answer has."""

    personal = Classified(none="id interview name media_type size arrived_at", specific="file")
    row_policy = OF_INTERVIEW

    # PROTECT: as the interview.
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="files")
    name = models.CharField(max_length=100)
    file = models.FileField(upload_to="interviews/%Y/%m")
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    arrived_at = models.DateTimeField()

    objects = OfInterviewQuerySet["InterviewFile"].as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "name"], name="surveys_file_is_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Draft(Record):
    """An interview that is being typed on line: its id becomes the interview's, and then it goes.

    ``answers`` are what stands at each place of the form, as `xforms.instance.compose` takes them; ``count`` is how
    many were typed so far, which the page asks by.
    """

    personal = Classified(
        none="id survey edition replaces started_at saved_at count", general="enumerator", specific="answers"
    )
    row_policy = OWN

    # PROTECT: as the survey.
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="drafts")
    # PROTECT: as the survey.
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    # PROTECT: authorship stays.
    enumerator = models.ForeignKey(User, models.PROTECT, related_name="+")
    # PROTECT: what was answered before stays readable.
    replaces = models.ForeignKey(Interview, models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField(default=dict, blank=True)
    count = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-saved_at"]

    def __str__(self) -> str:
        return str(self.pk)

    def guard_for(self, user: User) -> Guard:
        return Guard(self.survey.unit.path, is_own=self.enumerator_id == user.pk)


@tracked
class DraftFile(Record):
    """A photo that was taken for an interview that is being typed."""

    personal = Classified(none="id draft name media_type", specific="content")
    row_policy = "EXISTS (SELECT 1 FROM surveys_draft typed WHERE typed.id = draft_id)"

    # CASCADE: goes with what is being typed; the interview has a copy by then.
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    name = models.CharField(max_length=100)
    media_type = models.CharField(max_length=80)
    content = models.FileField(upload_to="interviews/%Y/%m")

    objects = OfDraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "name"], name="surveys_draft_file_is_named_once")]

    def __str__(self) -> str:
        return self.name
