from datetime import date, timedelta
from typing import ClassVar, Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.daily.enums import DayChange
from serasi.daily.models.policies import OF_UNIT_OR_STAY
from serasi.daily.querysets import TimetableChangeQuerySet, TimetableEntryQuerySet
from serasi.residence.models import Stay, Ward

WEEK: Final = list(range(7))


@tracked
class TimetableEntry(Record):
    """What is done at which hours on which days of the week: of a whole ward, or of one resident alone.

    ``days`` are numbers of weekdays, Monday 0; ``period`` the days between which the pattern holds. One's own stands
    beside what the ward does; with ``is_instead`` it takes the place of what the ward does meanwhile. It is changed by
    ending it and writing anew, so that the timetable of any past day stays what it was. ``daily_week_minutes``, a
    function of the database (migration 0002), says which minutes of a week a pattern takes: of one's own no two meet.
    """

    personal = Classified(
        none="id unit ward written_at",
        general="written_by",
        specific="stay days from_time until_time what place leader is_instead period",
    )
    row_policy = OF_UNIT_OR_STAY
    withheld: ClassVar[str] = "DELETE"

    # PROTECT: a unit with a history of residents is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: as above.
    ward = models.ForeignKey(Ward, models.PROTECT, null=True, blank=True, related_name="timetable")
    # PROTECT: what someone did stays known.
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="timetable")
    days = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("hari"))
    from_time = models.TimeField(_("dari pukul"))
    until_time = models.TimeField(_("sampai pukul"))
    what = models.CharField(_("kegiatan"), max_length=120)
    place = models.CharField(_("tempat"), max_length=120, blank=True)
    leader = models.CharField(_("dipimpin oleh"), max_length=120, blank=True)
    is_instead = models.BooleanField(_("menggantikan kegiatan wisma"), default=False)
    period = DateRangeField(_("berlaku"))
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = TimetableEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("kegiatan jadwal")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="daily_one_thing_of_ones_own_at_a_time",
                expressions=[
                    (F("stay"), RangeOperators.EQUAL),
                    (
                        Func(F("days"), F("from_time"), F("until_time"), function="daily_week_minutes"),
                        RangeOperators.OVERLAPS,
                    ),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                condition=Q(stay__isnull=False),
                violation_error_message=_("Pada hari dan jam itu ia sudah punya kegiatan sendiri yang lain."),
            ),
            models.CheckConstraint(
                condition=Q(ward__isnull=False, stay=None, is_instead=False) | Q(ward=None, stay__isnull=False),
                name="daily_timetable_is_of_a_ward_or_of_one",
                violation_error_message=_("Kegiatan adalah milik sebuah wisma atau seorang penghuni."),
            ),
            models.CheckConstraint(
                condition=Q(days__len__gt=0, days__contained_by=WEEK) & ~Q(what=""),
                name="daily_timetable_says_what_and_when",
                violation_error_message=_("Pilih harinya dan tulis kegiatannya."),
            ),
            models.CheckConstraint(
                condition=Q(until_time__gt=F("from_time")),
                name="daily_timetable_ends_after_it_began",
                violation_error_message=_("Jam selesai harus sesudah jam mulai, pada hari yang sama."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) | Q(period__isempty=True),
                name="daily_timetable_has_a_start",
                violation_error_message=_("Isi mulai kapan berlaku; hari terakhir tidak boleh sebelumnya."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ward"], name="daily_timetable_by_ward")]

    def __str__(self) -> str:
        return self.what

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user) if self.stay else Guard(self.unit.path)

    @property
    def latest(self) -> date | None:
        """The latest day on which it may be done."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None

    def is_on(self, day: date) -> bool:
        return not self.period.isempty and day in self.period and day.weekday() in self.days


@tracked
class TimetableChange(Record):
    """How an entry differs on one day, and why; the latest that was written for a day holds."""

    personal = Classified(
        none="id unit entry written_at",
        general="written_by",
        specific="stay day kind from_time until_time reason",
    )
    row_policy = OF_UNIT_OR_STAY
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: as of the entry.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: the day it was otherwise stays known.
    entry = models.ForeignKey(TimetableEntry, models.PROTECT, related_name="changes")
    # PROTECT: as of the entry.
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField(_("hari"))
    kind = models.CharField(_("perubahan"), max_length=10, choices=DayChange)
    from_time = models.TimeField(_("dari pukul"), null=True, blank=True)
    until_time = models.TimeField(_("sampai pukul"), null=True, blank=True)
    reason = models.CharField(_("alasan"), max_length=200)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = TimetableChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("perubahan sehari")
        ordering: ClassVar = ["written_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=DayChange.values) & ~Q(reason=""),
                name="daily_change_has_a_reason",
                violation_error_message=_("Pilih perubahannya dan tulis alasannya."),
            ),
            models.CheckConstraint(
                condition=Q(kind=DayChange.MOVED, from_time__isnull=False, until_time__gt=F("from_time"))
                | ~Q(kind=DayChange.MOVED) & Q(from_time=None, until_time=None),
                name="daily_moved_to_a_time",
                violation_error_message=_("Isi jam yang baru; jam selesai harus sesudah jam mulai."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "day"], name="daily_change_by_day")]

    def __str__(self) -> str:
        return self.get_kind_display()

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user) if self.stay else Guard(self.unit.path)
