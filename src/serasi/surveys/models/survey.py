from datetime import date, datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.assessments.models import Edition
from serasi.institutions.models import Region
from serasi.surveys.database import COUNTED
from serasi.surveys.enums import SurveyState
from serasi.surveys.querysets import EnumeratorQuerySet, SurveyQuerySet, TargetQuerySet


@tracked
class Survey(Record):
    """The same form asked of many, somewhere, between two days. It is closed and archived, never deleted.

    ``edition`` is what is asked and does not change once the survey was opened. ``region`` is of any level: its
    villages are where is asked. ``begins_on`` and ``ends_on`` are days of the unit, both included.
    """

    personal = Classified(
        none="id unit name purpose edition region begins_on ends_on written_at opened_at closed_at archived_at"
        " revision",
        general="written_by opened_by closed_by archived_by",
    )
    database_functions: ClassVar[str] = COUNTED

    # PROTECT: a unit that asked people is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"), related_name="surveys")
    name = models.CharField(_("nama survei"), max_length=150)
    purpose = models.TextField(_("tujuan"), max_length=2000)
    # PROTECT: answers stay with the form they were given to.
    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name=_("formulir"), related_name="surveys")
    # PROTECT: the edition that was in force stays.
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("wilayah"), related_name="+")
    begins_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"))
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # PROTECT: authorship stays.
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    archived_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    revision = RevisionField()

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survei")
        ordering: ClassVar = ["-begins_on", "name"]
        indexes = [models.Index(fields=["unit", "ends_on"], name="surveys_of_a_unit")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(purpose=""),
                name="surveys_survey_says_what_for",
                violation_error_message=_("Isi nama dan tujuan survei."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="surveys_days_are_in_order",
                violation_error_message=_("Tanggal selesai tidak boleh sebelum tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_by=None) | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="surveys_opening_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__gte=F("opened_at"), opened_at__isnull=False, closed_by__isnull=False),
                name="surveys_only_opened_is_closed",
                violation_error_message=_("Hanya survei yang sudah dibuka yang dapat ditutup."),
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None, archived_by=None)
                | Q(archived_at__isnull=False, archived_by__isnull=False)
                & (Q(opened_at=None) | Q(closed_at__isnull=False)),
                name="surveys_running_is_not_archived",
                violation_error_message=_("Tutup dahulu survei yang masih berjalan."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> SurveyState:
        if self.archived_at is not None:
            return SurveyState.ARCHIVED
        if self.closed_at is not None:
            return SurveyState.CLOSED
        return SurveyState.DRAFT if self.opened_at is None else SurveyState.RUNNING

    @property
    def is_running(self) -> bool:
        return self.state is SurveyState.RUNNING

    def takes_from(self, started_at: datetime) -> bool:
        """Whether an interview that began at this moment still belongs to it, whenever it arrives."""
        if self.opened_at is None:
            return False
        return self.closed_at is None or started_at <= self.closed_at

    def is_interviewed_by(self, user: User) -> bool:
        """Whether the user was ever an enumerator of it; asked once."""
        known: dict[object, bool] = self.__dict__.setdefault("_interviewed_by", {})
        if user.pk not in known:
            known[user.pk] = self.enumerators.filter(user=user).exists()
        return known[user.pk]

    def guard_for(self, user: User) -> Guard:
        """An enumerator counts as being on the team."""
        return Guard(self.unit.path, is_team=self.is_interviewed_by(user))


@tracked
class Enumerator(Record):
    """Someone interviews for a survey, from a day to a day; taken off it, the days stay."""

    personal = Classified(none="id survey period added_at removed_at", general="user added_by removed_by")

    # PROTECT: who asked stays known.
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="enumerators")
    # PROTECT: users are switched off, not deleted.
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    period = DateRangeField(_("masa tugas"))
    # PROTECT: authorship stays.
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    # PROTECT: authorship stays.
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = EnumeratorQuerySet.as_manager()

    class Meta:
        verbose_name = _("pewawancara")
        ordering: ClassVar = ["user__full_name", "period"]
        constraints = [
            ExclusionConstraint(
                name="surveys_enumerator_is_named_once",
                expressions=[
                    (F("survey"), RangeOperators.EQUAL),
                    (F("user"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Petugas ini sudah menjadi pewawancara survei ini."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) & Q(period__isempty=False),
                name="surveys_enumerator_has_a_start",
                violation_error_message=_("Tanggal berhenti tidak boleh sebelum tanggal mulai bertugas."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def starts_on(self) -> date:
        return self.period.lower  # type: ignore[no-any-return]

    @property
    def last_day(self) -> date | None:
        """The last day in force; None while no end is known."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None

    def guard_for(self, user: User) -> Guard:
        return self.survey.guard_for(user)


@tracked
class Target(Record):
    """How many interviews are wanted in a village."""

    personal = Classified(none="id survey village interviews")

    # CASCADE: part of the survey's plan.
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="targets")
    # PROTECT: the edition that was in force stays.
    village = models.ForeignKey(Region, models.PROTECT, related_name="+")
    interviews = models.PositiveIntegerField(_("target"))

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["village__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "village"],
                name="surveys_village_has_one_target",
                violation_error_message=_("Desa ini sudah punya target."),
            ),
            models.CheckConstraint(
                condition=Q(interviews__gte=1),
                name="surveys_target_is_at_least_one",
                violation_error_message=_("Target paling sedikit satu wawancara."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id}: {self.interviews}"
