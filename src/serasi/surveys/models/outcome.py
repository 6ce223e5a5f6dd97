"""What people decided upon interviews: findings, data that was taken out, people that came of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.cases.models import Report
from serasi.people.models import Household, Person
from serasi.surveys.enums import Check, Outcome
from serasi.surveys.models.interview import Interview
from serasi.surveys.models.policies import OF_INTERVIEW
from serasi.surveys.models.survey import Survey
from serasi.surveys.querysets import OfInterviewQuerySet, ReleaseQuerySet


@tracked
class Verdict(Record):
    """A supervisor looked at a finding and decided. ``about`` tells findings of one check and interview apart."""

    personal = Classified(none="id interview kind about outcome decided_at", general="decided_by", specific="reason")
    row_policy = OF_INTERVIEW

    # PROTECT: as the interview.
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="verdicts")
    kind = models.CharField(max_length=12, choices=Check)
    about = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(_("keputusan"), max_length=5, choices=Outcome)
    reason = models.CharField(_("alasan"), max_length=500)
    # PROTECT: authorship stays.
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = OfInterviewQuerySet["Verdict"].as_manager()

    class Meta:
        ordering: ClassVar = ["decided_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "kind", "about"],
                name="surveys_finding_is_decided_once",
                violation_error_message=_("Temuan ini sudah diputuskan."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="surveys_verdict_says_why",
                violation_error_message=_("Tulis alasannya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.outcome}"

    def guard_for(self, user: User) -> Guard:
        return self.interview.guard_for(user)


@tracked
class Release(Record):
    """A de-identified data set was taken out: by whom, for what, how fine, and how many rows stand alone in it."""

    personal = Classified(none="id survey level rows unique_rows taken_at", general="taken_by", specific="purpose")

    # PROTECT: who took data out stays known.
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="releases")
    purpose = models.CharField(_("untuk apa"), max_length=500)
    level = models.PositiveSmallIntegerField()
    rows = models.PositiveIntegerField()
    unique_rows = models.PositiveIntegerField()
    # PROTECT: authorship stays.
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-taken_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose=""),
                name="surveys_release_says_what_for",
                violation_error_message=_("Tulis untuk apa data ini dipakai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.taken_at:%Y-%m-%d}"


@tracked
class Settled(Record):
    """Someone in an interview became a person of the register, or was known already. Once for each row of the form.

    ``place`` is the row: «0» for whoever answers, else the number of the row in the repeat.
    """

    personal = Classified(
        none="id interview place is_new settled_at", general="settled_by", specific="person household report"
    )
    row_policy = OF_INTERVIEW

    # PROTECT: as the interview.
    interview = models.ForeignKey(Interview, models.PROTECT, related_name="settled")
    place = models.PositiveSmallIntegerField()
    # PROTECT: where someone was found stays known.
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # PROTECT: as the person.
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="+")
    # PROTECT: how the report came stays known.
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="+")
    is_new = models.BooleanField()
    # PROTECT: authorship stays.
    settled_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField()

    objects = OfInterviewQuerySet["Settled"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "place"],
                name="surveys_row_is_settled_once",
                violation_error_message=_("Orang ini sudah dijadikan orang."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interview_id}/{self.place}"
