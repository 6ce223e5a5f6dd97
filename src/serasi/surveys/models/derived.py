"""What is derived from interviews so that pages are quick: never typed, rebuilt at any time (`operations.reading`)."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from serasi.access.models import Classified, Record, User
from serasi.institutions.models import Region
from serasi.surveys.enums import Check
from serasi.surveys.kept import Count, Traits
from serasi.surveys.models.interview import Interview
from serasi.surveys.models.policies import OF_SURVEY_OR_OWN
from serasi.surveys.models.survey import Survey
from serasi.surveys.querysets import FindingQuerySet, OwnOrOfSurveyQuerySet

READER = 1
"""Which way of reading interviews is the present one; readings of an earlier one are made anew."""


class Reading(Record):
    """One interview, read once. ``people`` is how many are named in it; ``written`` the questions answered in words;
    ``place`` is where it was held as it was said in words.

    ``checked_at`` is when the findings of the survey were last worked out with it, or, where it no longer stands,
    without it; None: they are to be worked out again.
    """

    personal = Classified(
        none="id interview survey reader people written checked_at", general="enumerator", specific="traits place"
    )
    row_policy = OF_SURVEY_OR_OWN

    # PROTECT: as the interview.
    interview = models.OneToOneField(Interview, models.PROTECT, related_name="reading")
    # PROTECT: as the interview.
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    # PROTECT: as the interview.
    enumerator = models.ForeignKey(User, models.PROTECT, related_name="+")
    reader = models.PositiveSmallIntegerField(default=READER)
    traits = models.JSONField()
    people = models.PositiveSmallIntegerField()
    written = ArrayField(models.CharField(max_length=300))
    place = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(null=True)

    objects = OwnOrOfSurveyQuerySet["Reading"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["survey", "checked_at"], name="surveys_readings_by_check"),
            models.Index(fields=["survey"], condition=Q(checked_at=None), name="surveys_readings_to_check"),
            models.Index(fields=["survey"], condition=~Q(place=""), name="surveys_places_in_words"),
        ]

    def __str__(self) -> str:
        return str(self.interview_id)

    @property
    def as_traits(self) -> Traits:
        return Traits.told(self.traits)


class Tally(Record):
    """What was answered in the interviews that stand of one enumerator, in one village, on one day."""

    personal = Classified(none="id survey held_on interviews", general="enumerator", specific="village answers known")
    row_policy = OF_SURVEY_OR_OWN

    # PROTECT: as the interview.
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    held_on = models.DateField()
    # PROTECT: as the interview.
    village = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    # PROTECT: as the interview.
    enumerator = models.ForeignKey(User, models.PROTECT, related_name="+")
    interviews = models.PositiveIntegerField(default=0)
    answers = models.JSONField(default=dict)
    known = models.JSONField(default=dict)

    objects = OwnOrOfSurveyQuerySet["Tally"].as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["survey", "held_on", "enumerator", "village"],
                nulls_distinct=False,
                name="surveys_one_tally_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d}: {self.interviews}"

    @property
    def count(self) -> Count:
        return Count.told(self.interviews, self.answers, self.known)


class Finding(Record):
    """Something about an interview that a supervisor should look at; ``facts`` is what speaks for it, by name.

    ``about`` tells findings of one kind apart: the other interview, or the question. ``others`` are interviews it is
    compared with.
    """

    personal = Classified(
        none="id survey interview kind about others started_at", general="enumerator", specific="village facts"
    )
    row_policy = OF_SURVEY_OR_OWN

    # PROTECT: as the interview.
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    # PROTECT: as the interview.
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="findings")
    # PROTECT: as the interview.
    enumerator = models.ForeignKey(User, models.PROTECT, related_name="+")
    # PROTECT: as the interview.
    village = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=Check)
    about = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    others = ArrayField(models.UUIDField(), default=list)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-started_at", "-interview", "-kind", "-about"]
        indexes = [models.Index(fields=["survey", "-started_at"], name="surveys_findings_in_order")]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["interview", "kind", "about"], name="surveys_one_finding_each"),
        ]

    def __str__(self) -> str:
        return f"{self.interview_id}: {self.kind}"
