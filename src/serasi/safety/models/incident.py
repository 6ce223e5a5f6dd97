from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.people.models import Person
from serasi.residence.models import Ward
from serasi.safety.database import PATTERN_FUNCTIONS
from serasi.safety.enums import IncidentKind, Means, Part, Recipient, Severity, Turn
from serasi.safety.models.policies import INCIDENT_POLICY, INVOLVED_POLICY, OF_INCIDENT
from serasi.safety.querysets import IncidentPartQuerySet, IncidentQuerySet, InvolvedQuerySet


@tracked
class IncidentSeries(Record):
    """The number given last to an incident of one unit in one year; locked by whoever takes the next one."""

    personal = Classified(none="id unit year latest")

    # PROTECT: numbers given out stay explained.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    latest = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="safety_one_series_per_unit_and_year"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}"


@tracked
class Incident(Record):
    """Something went wrong in a house. What was written first stays readable in its amendments.

    Whether it is closed is what its latest `Review` says; who must still be told is what the rules say, without the
    notices that stand (`IncidentQuerySet.with_clock`).
    """

    personal = Classified(
        none="id unit number reported_at revision",
        general="reported_by",
        specific="ward place happened_at kind severity account immediate_action",
    )
    row_policy = INCIDENT_POLICY
    withheld: ClassVar[str] = "DELETE"
    database_functions: ClassVar[str] = PATTERN_FUNCTIONS

    # PROTECT: a unit with a history is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="incidents")
    number = models.CharField(_("nomor"), max_length=60, unique=True)
    # PROTECT: where it happened stays known.
    ward = models.ForeignKey(Ward, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wisma"))
    place = models.CharField(_("tempat"), max_length=120, blank=True)
    happened_at = models.DateTimeField(_("waktu kejadian"))
    kind = models.CharField(pgettext_lazy("kejadian", "jenis"), max_length=15, choices=IncidentKind)
    severity = models.CharField(_("berat kejadian"), max_length=8, choices=Severity)
    account = models.TextField(_("apa yang terjadi"))
    immediate_action = models.TextField(_("tindakan pertama"), blank=True)
    # PROTECT: authorship stays.
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    revision = RevisionField()

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("kejadian")
        ordering: ClassVar = ["-happened_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(account=""),
                name="safety_incident_says_what_happened",
                violation_error_message=_("Tulis apa yang terjadi."),
            ),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("reported_at")),
                name="safety_incident_is_told_afterwards",
                violation_error_message=_("Waktu kejadian tidak boleh di masa depan."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=IncidentKind.values, severity__in=Severity.values),
                name="safety_incident_codes_are_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "-happened_at"], name="safety_incident_by_unit")]

    def __str__(self) -> str:
        return self.number

    def guard_for(self, _user: User) -> Guard:
        """It is handled by the house; the teams of its people read it (`visible_to`)."""
        return Guard(self.unit.path)


@tracked
class Involved(Record):
    """Someone who had to do with an incident: a person of the register, or in words. Named wrongly: withdrawn.

    ``tag`` is the number tag the person had then, all that is shown of whoever the reader may not know.
    """

    personal = Classified(
        none="id incident unit written_at withdrawn_at",
        general="written_by withdrawn_by",
        specific="part person tag words injury treatment",
    )
    row_policy = INVOLVED_POLICY
    withheld: ClassVar[str] = "DELETE"

    # PROTECT: part of the incident.
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="involved")
    # PROTECT: as of the incident; repeated here so that the policies of both need not look at each other.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    part = models.CharField(_("peran"), max_length=8, choices=Part)
    # PROTECT: what happened to someone stays known.
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="incidents")
    tag = models.CharField(max_length=12, blank=True)
    words = models.CharField(pgettext_lazy("kejadian", "siapa"), max_length=150, blank=True)
    injury = models.CharField(_("luka atau akibat"), max_length=500, blank=True)
    treatment = models.CharField(_("perawatan"), max_length=500, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: as above.
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = InvolvedQuerySet.as_manager()

    class Meta:
        verbose_name = _("orang yang terlibat")
        ordering: ClassVar = ["written_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, words="") | Q(person=None) & ~Q(words=""),
                name="safety_involved_is_someone",
                violation_error_message=_("Pilih penghuninya, atau tulis siapa orangnya. Salah satu saja."),
            ),
            models.UniqueConstraint(
                fields=["incident", "person"],
                condition=Q(withdrawn_at=None),
                name="safety_person_is_involved_once",
                violation_error_message=_("Orang ini sudah tercatat pada kejadian ini."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="safety_withdrawing_someone_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(part__in=Part.values),
                name="safety_involved_part_is_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} #{self.tag}" if self.person_id else self.words


class IncidentPart(Record):
    """What is added to an incident and never changed: seen by whoever sees the incident."""

    row_policy = OF_INCIDENT

    # PROTECT: part of the incident.
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="%(class)ss")
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = IncidentPartQuerySet.as_manager()

    class Meta:
        abstract = True


@tracked
class Notice(IncidentPart):
    """Someone who had to be told has been told, or cannot be, and why."""

    personal = Classified(
        none="id incident written_at recipient told_at means", general="written_by told_to", specific="note"
    )
    withheld: ClassVar[str] = "UPDATE, DELETE"

    recipient = models.CharField(_("siapa yang diberi tahu"), max_length=8, choices=Recipient)
    told_at = models.DateTimeField(_("waktu diberi tahu"))
    told_to = models.CharField(_("kepada siapa"), max_length=150, blank=True)
    means = models.CharField(_("dengan cara"), max_length=10, choices=Means)
    note = models.CharField(_("keterangan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("pemberitahuan")
        ordering: ClassVar = ["told_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(means=Means.IMPOSSIBLE) & ~Q(told_to="") | Q(means=Means.IMPOSSIBLE) & ~Q(note=""),
                name="safety_notice_names_who_was_told",
                violation_error_message=_("Tulis siapa yang diberi tahu, atau mengapa tidak dapat diberi tahu."),
            ),
            models.CheckConstraint(
                condition=Q(told_at__lte=F("written_at")),
                name="safety_notice_is_written_afterwards",
                violation_error_message=_("Waktu memberi tahu tidak boleh di masa depan."),
            ),
            models.CheckConstraint(
                condition=Q(recipient__in=Recipient.values, means__in=Means.values),
                name="safety_notice_codes_are_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_recipient_display()


@tracked
class FollowUp(IncidentPart):
    """Something to be done so that it does not happen again, with an owner and a day."""

    personal = Classified(
        none="id incident written_at due_date done_at", general="written_by owner done_by", specific="what result"
    )
    withheld: ClassVar[str] = "DELETE"

    what = models.CharField(_("yang akan dilakukan"), max_length=300)
    # PROTECT: who was to do it stays known.
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("penanggung jawab"))
    due_date = models.DateField(_("batas waktu"))
    done_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.CharField(_("hasil"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("tindak lanjut")
        ordering: ClassVar = ["due_date"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what=""),
                name="safety_follow_up_says_what",
                violation_error_message=_("Tulis apa yang akan dilakukan."),
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, result="")
                | Q(done_at__isnull=False, done_by__isnull=False) & ~Q(result=""),
                name="safety_follow_up_is_done_whole",
                violation_error_message=_("Tulis hasilnya."),
            ),
        ]

    def __str__(self) -> str:
        return self.what


@tracked
class Review(IncidentPart):
    """The head closes an incident with its cause and what was learned, or opens it again with a reason."""

    personal = Classified(none="id incident written_at turn", general="written_by", specific="cause learning reason")
    withheld: ClassVar[str] = "UPDATE, DELETE"

    turn = models.CharField(max_length=8, choices=Turn)
    cause = models.TextField(_("sebab"), blank=True)
    learning = models.TextField(_("pelajaran"), blank=True)
    reason = models.TextField(_("alasan dibuka kembali"), blank=True)

    class Meta:
        verbose_name = _("tinjauan")
        ordering: ClassVar = ["written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(turn=Turn.CLOSED, reason="") & ~Q(cause="") & ~Q(learning="")
                | Q(turn=Turn.REOPENED, cause="", learning="") & ~Q(reason=""),
                name="safety_review_is_whole",
                violation_error_message=_("Menutup perlu sebab dan pelajaran; membuka kembali perlu alasan."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_turn_display()


@tracked
class Amendment(IncidentPart):
    """The report was put right: why, and what stood there before, field by field."""

    personal = Classified(none="id incident written_at fields", general="written_by", specific="reason before")
    withheld: ClassVar[str] = "UPDATE, DELETE"

    reason = models.CharField(_("alasan diubah"), max_length=300)
    fields = ArrayField(models.CharField(max_length=20))
    before = ArrayField(models.TextField(blank=True))
    """In the words of the screen, in the order of ``fields``."""

    class Meta:
        verbose_name = _("perubahan laporan")
        ordering: ClassVar = ["written_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="safety_amendment_has_a_reason",
                violation_error_message=_("Tulis mengapa laporan ini diubah."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason
