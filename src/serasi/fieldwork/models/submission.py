from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.assessments.models import Edition
from serasi.cases.models import Case
from serasi.common.encryption import EncryptedBinaryField
from serasi.fieldwork.enums import Purpose, Waiting
from serasi.fieldwork.models.device import Device
from serasi.fieldwork.models.policies import OF_FILE, OF_SUBMISSION
from serasi.fieldwork.querysets import SubmissionFileQuerySet, SubmissionQuerySet


@tracked
class Submission(Record):
    """One filled form as it came from outside, once for each ``instance`` (its instanceID).

    The id is that of the instance; an assessment, an interview or a report is received under it too. ``digest`` is the
    SHA-256 of the XML, by which the same sent again is known; ``replaces`` is the submission of which this is an edit.
    It has landed, or it waits for a person who takes or drops it; dropped, its content is gone.
    """

    personal = Classified(
        none="id instance digest device unit purpose title form_id version edition case started_at received_at"
        " landed_at waits_for settled_at is_dropped replaces",
        general="user settled_by",
        specific="xml",
    )
    row_policy = OF_SUBMISSION

    instance = models.CharField(max_length=200, unique=True)
    digest = models.CharField(max_length=64)
    # PROTECT: what came from a device stays known.
    device = models.ForeignKey(Device, models.PROTECT, null=True, blank=True, related_name="submissions")
    # PROTECT: authorship stays.
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    # PROTECT: a unit with a history is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose)
    title = models.CharField(max_length=150)
    form_id = models.CharField(max_length=120)
    version = models.CharField(max_length=40, blank=True)
    # PROTECT: what was answered stays with the form it was given to.
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, related_name="+")
    # PROTECT: the file keeps what came to it.
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    xml = EncryptedBinaryField(context="fieldwork.Submission.xml", null=True)
    started_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    landed_at = models.DateTimeField(null=True, blank=True)
    waits_for = models.CharField(max_length=5, choices=Waiting, blank=True)
    # PROTECT: authorship stays.
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    is_dropped = models.BooleanField(default=False)
    # PROTECT: what was sent first stays known.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("kiriman lapangan")
        ordering: ClassVar = ["-received_at"]
        indexes = [
            models.Index(fields=["user", "-received_at"], name="fieldwork_sent_by"),
            models.Index(fields=["unit"], condition=~Q(waits_for=""), name="fieldwork_waiting_in_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(waits_for="", landed_at__isnull=False, settled_at=None, is_dropped=False)
                | ~Q(waits_for="")
                & (
                    Q(landed_at=None, settled_at=None, is_dropped=False)
                    | Q(landed_at__isnull=False, settled_at__isnull=False, is_dropped=False)
                    | Q(landed_at=None, settled_at__isnull=False, is_dropped=True)
                ),
                name="fieldwork_submission_lands_or_waits",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__gte=F("received_at"), settled_by__isnull=False),
                name="fieldwork_settling_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_dropped=True, xml=None) | Q(is_dropped=False, xml__isnull=False),
                name="fieldwork_dropped_keeps_no_content",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.waits_for != "" and self.settled_at is None

    def guard_for(self, user: User) -> Guard:
        return Guard(self.unit.path, is_own=self.user_id == user.pk)


@tracked
class SubmissionFile(Record):
    """A photo, drawing or sound that the form of a submission names: expected, until ``arrived_at``.

    The content lies here only while the submission waits, or where it became nothing that has files of its own.
    """

    personal = Classified(none="id submission name media_type size arrived_at", specific="file")
    row_policy = OF_FILE

    # CASCADE: part of the submission.
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    name = models.CharField(max_length=100)
    media_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField(default=0)
    arrived_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to="fieldwork/%Y/%m", blank=True)

    objects = SubmissionFileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "name"], name="fieldwork_file_is_named_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def guard_for(self, user: User) -> Guard:
        return self.submission.guard_for(user)
