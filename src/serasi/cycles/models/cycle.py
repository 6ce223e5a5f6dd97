from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.validators import ArrayMinLengthValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.cases.models import Case
from serasi.cycles.models.policies import OF_CASE
from serasi.cycles.querysets import CohortQuerySet, CycleQuerySet

MONTHS = 4
SHARES = [10, 50, 100]


def usual_shares() -> list[int]:
    return list(SHARES)


@tracked
class CyclePractice(Record):
    """How one unit turns: how many months a cycle lasts, and after which share of it each review is due.

    Without it: four months (founding report of IIFM), a tenth, half, all. What runs already keeps its days.
    """

    personal = Classified(none="id unit months shares revision")

    # CASCADE: settings of the unit.
    unit = models.OneToOneField(Unit, models.CASCADE, related_name="cycle_practice")
    months = models.PositiveSmallIntegerField(_("lama siklus"), default=MONTHS)
    shares = ArrayField(
        models.PositiveSmallIntegerField(), default=usual_shares, validators=[ArrayMinLengthValidator(3)]
    )
    revision = RevisionField()

    class Meta:
        verbose_name = _("aturan siklus")
        constraints = [
            models.CheckConstraint(
                condition=Q(months__range=(1, 24)),
                name="cycles_practice_lasts_months",
                violation_error_message=_("Lama siklus antara 1 dan 24 bulan."),
            ),
            models.CheckConstraint(
                condition=Q(shares__len=3, shares__0__gte=0, shares__2__lte=100)
                & Q(shares__0__lt=F("shares__1"))
                & Q(shares__1__lt=F("shares__2")),
                name="cycles_practice_reviews_follow_each_other",
                violation_error_message=_("Batas tinjauan harus berurutan: awal, tengah, penutup; paling akhir 100%."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.months}"


@tracked
class Cohort(Record):
    """Several people who turn through one cycle together. Tells nothing of who they are: their cycles do."""

    personal = Classified(none="id unit name starts_on ends_on written_at revision", general="written_by")

    # PROTECT: as of the cycles in it.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cohorts")
    name = models.CharField(_("nama angkatan"), max_length=80)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"))
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    revision = RevisionField()

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("angkatan")
        ordering: ClassVar = ["-starts_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="cycles_cohort_is_named_once",
                violation_error_message=_("Angkatan dengan nama ini sudah ada di unit itu. Beri nama lain."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")) & ~Q(name=""),
                name="cycles_cohort_ends_after_start",
                violation_error_message=_("Isi nama angkatan; hari terakhir harus sesudah hari mulai."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def guard_for(self, user: User) -> Guard:
        return self.unit.guard_for(user)


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


@tracked
class Cycle(Record):
    """One turn of review in a case, from a first to a last day of the unit, both included.

    Which number it has is counted, not stored. ``ends_on`` is what was meant, ``ended_on`` the last day of a cycle that
    was ended early. What was begun by mistake is void: it never was, and stands in nobody's way.
    """

    personal = Classified(
        none="id case cohort starts_on ends_on ended_on is_void ended_at written_at revision",
        general="written_by ended_by",
        specific="end_reason",
    )
    row_policy = OF_CASE

    # PROTECT: the file keeps its cycles.
    case = models.ForeignKey(Case, models.PROTECT, related_name="cycles")
    # PROTECT: who turned together stays known.
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, blank=True, related_name="cycles")
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"))
    ended_on = models.DateField(_("diakhiri tanggal"), null=True, blank=True)
    end_reason = models.CharField(_("alasan diakhiri"), max_length=500, blank=True)
    is_void = models.BooleanField(_("dimulai karena keliru"), default=False)
    # PROTECT: authorship stays.
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    revision = RevisionField()

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("siklus")
        ordering: ClassVar = ["-starts_on"]
        constraints = [
            ExclusionConstraint(
                name="cycles_cycles_of_a_case_follow_each_other",
                expressions=[
                    (F("case"), RangeOperators.EQUAL),
                    (
                        DateRange(
                            F("starts_on"),
                            Coalesce(F("ended_on"), F("ends_on")),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(is_void=False),
                violation_error_message=_(
                    "Pada masa itu sudah ada siklus lain dalam kasus ini. Mulailah sesudah hari terakhirnya, atau"
                    " akhiri dahulu siklus itu."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="cycles_cycle_ends_after_start",
                violation_error_message=_("Hari terakhir siklus harus sesudah hari mulai."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__range=(F("starts_on"), F("ends_on"))),
                name="cycles_cycle_is_ended_within_itself",
                violation_error_message=_("Siklus diakhiri pada salah satu harinya."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, is_void=False, end_reason="", ended_by=None, ended_at=None)
                | (
                    (Q(ended_on__isnull=False) | Q(is_void=True))
                    & Q(ended_by__isnull=False, ended_at__isnull=False)
                    & ~Q(end_reason="")
                ),
                name="cycles_ending_is_whole",
                violation_error_message=_("Tulis mengapa siklus ini diakhiri."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m-%d}"

    def guard_for(self, user: User) -> Guard:
        return self.case.guard_for(user)

    @property
    def last_day(self) -> date:
        """The day it really ended on, or is meant to."""
        return self.ended_on or self.ends_on

    @property
    def is_ended(self) -> bool:
        """Whether it was ended early or never was: its reviews are due no longer."""
        return self.is_void or self.ended_on is not None
