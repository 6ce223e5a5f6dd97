from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.people.enums import Verdict
from serasi.people.models.person import Person
from serasi.people.models.policies import as_either
from serasi.people.querysets import CandidateQuerySet, EnquiryQuerySet


class Candidate(Record):
    """Two records that may be one person, as matching weighed them last. Derived: every run writes the list anew.

    ``person`` is the one with the smaller id. ``weight`` is in bits: each more doubles the odds that they are one.
    ``evidence`` holds, by comparison, the code of the level that held and its weight; no fact of anybody stands there.
    What was decided is not written here: a `Merge` or a `Distinction` closes the pair.
    """

    personal = Classified(none="id person other weight evidence model found_at")
    row_policy = as_either("people_candidate")

    # CASCADE: derived from both.
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    # CASCADE: as above.
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    weight = models.FloatField()
    evidence = models.JSONField(default=dict)
    model = models.CharField(max_length=80)
    found_at = models.DateTimeField()

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("calon data ganda")
        ordering: ClassVar = ["-weight", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(person__lt=F("other")), name="people_candidate_is_in_order"),
            models.UniqueConstraint(fields=["person", "other"], name="people_candidate_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ~ {self.other_id}"


@tracked
class Enquiry(Record):
    """A unit asks another whether a record there is the person it knows; neither sees more than the other's card."""

    personal = Classified(
        none="id person other unit to_unit asked_at verdict answered_at",
        general="asked_by answered_by",
        specific="question answer",
    )
    row_policy = as_either("people_enquiry")

    # CASCADE: part of the person.
    person = models.ForeignKey(Person, models.CASCADE, related_name="enquiries")
    # CASCADE: as above.
    other = models.ForeignKey(Person, models.CASCADE, related_name="enquiries_about")
    # PROTECT: a unit with people is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: as above.
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    question = models.CharField(_("pertanyaan"), max_length=500)
    # PROTECT: users are switched off, not deleted.
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    verdict = models.CharField(_("jawaban"), max_length=10, choices=Verdict, blank=True)
    answer = models.CharField(_("keterangan"), max_length=500, blank=True)
    # PROTECT: as above.
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("pertanyaan tentang data ganda")
        ordering: ClassVar = ["-asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="people_enquiry_is_of_two"),
            models.CheckConstraint(condition=~Q(unit=F("to_unit")), name="people_enquiry_goes_elsewhere"),
            models.CheckConstraint(
                condition=~Q(question=""), name="people_enquiry_asks", violation_error_message=_("Tulis pertanyaannya.")
            ),
            models.CheckConstraint(
                condition=Q(verdict="", answer="", answered_by=None, answered_at=None)
                | Q(verdict__in=Verdict.values, answered_by__isnull=False, answered_at__gte=F("asked_at")),
                name="people_enquiry_answer_is_whole",
            ),
            models.UniqueConstraint(
                fields=["person", "other"],
                condition=Q(answered_at=None),
                name="people_enquiry_is_open_once",
                violation_error_message=_("Pertanyaan tentang pasangan ini masih menunggu jawaban."),
            ),
        ]

    def __str__(self) -> str:
        return self.question
