from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from typing import Any, ClassVar, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.daily.enums import LIMITED, Measure

CONTACT_WITHIN_DAYS: Final = 14
"""Days; our own choice, where a unit has made none."""


@tracked
class DayPractice(Record):
    """When the shifts of a unit begin, in its own time. A shift lasts until the next begins: no gap, no overlap.
    And after how many days without a visit or a call a resident stands on the page of the ward.

    A unit without a row has the usual three (`Shifts`). Without an afternoon, two shifts share the day.
    """

    personal = Classified(none="id unit morning_from afternoon_from night_from contact_within_days revision")

    # PROTECT: a unit with a practice is closed, not deleted.
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="day_practice")
    morning_from = models.TimeField(_("giliran pagi mulai"), default=time(7))
    afternoon_from = models.TimeField(_("giliran siang mulai"), null=True, blank=True, default=time(14))
    night_from = models.TimeField(_("giliran malam mulai"), default=time(21))
    contact_within_days = models.PositiveSmallIntegerField(
        _("paling lama tanpa kunjungan atau telepon"), default=CONTACT_WITHIN_DAYS
    )
    revision = RevisionField()

    class Meta:
        verbose_name = _("jam giliran jaga")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(afternoon_from=None, night_from__gt=F("morning_from"))
                | Q(
                    afternoon_from__isnull=False,
                    afternoon_from__gt=F("morning_from"),
                    night_from__gt=F("afternoon_from"),
                ),
                name="daily_shifts_follow_each_other",
                violation_error_message=_("Jam mulai harus berurutan: pagi, siang, lalu malam."),
            ),
            models.CheckConstraint(
                condition=Q(contact_within_days__range=(1, 365)),
                name="daily_contact_within_a_year",
                violation_error_message=_("Isi antara 1 dan 365 hari."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.morning_from:%H.%M} {self.night_from:%H.%M}"

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)


def _limit(label: Any, start: str | int | None, *, places: int = 0) -> "models.DecimalField[Any, Any]":
    """A limit of a unit; empty where it has none. ``start`` is what it begins with."""
    return models.DecimalField(
        label,
        max_digits=4 + places,
        decimal_places=places,
        null=True,
        blank=True,
        default=None if start is None else Decimal(start),
    )


@tracked
class VitalsPractice(Record):
    """Which vital signs a unit takes, in which wards it takes none, and its own limits: what lies below the low or
    above the high one is looked at by somebody. A unit without a row takes none.

    The limits it begins with are for adults. Breathing, saturation, pulse, low pressure and low temperature: where
    NEWS2 (Royal College of Physicians, 2017) gives three points for one sign alone; temperature above 38,0: where it
    gives the first; pressure from 180/110: grade 3 of ESC/ESH 2018; glucose below 70: level 1 of the American Diabetes
    Association. The high limit of glucose and the low one of diastolic pressure are a choice. A unit sets its own with
    those who treat its residents.
    """

    personal = Classified(
        none="id unit measures not_in temperature_low temperature_high systolic_low systolic_high diastolic_low"
        " diastolic_high pulse_low pulse_high respiration_low respiration_high saturation_low saturation_high"
        " glucose_low glucose_high revision"
    )

    # PROTECT: a unit with a practice is closed, not deleted.
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="vitals_practice")
    measures = ArrayField(models.CharField(max_length=11, choices=Measure), verbose_name=_("yang diukur"), blank=True)
    not_in = ArrayField(models.UUIDField(), verbose_name=_("wisma yang tidak mengukur"), default=list, blank=True)
    temperature_low = _limit(_("suhu paling rendah"), "35.1", places=1)
    temperature_high = _limit(_("suhu paling tinggi"), "38.0", places=1)
    systolic_low = _limit(_("tekanan darah atas paling rendah"), 91)
    systolic_high = _limit(_("tekanan darah atas paling tinggi"), 179)
    diastolic_low = _limit(_("tekanan darah bawah paling rendah"), 50)
    diastolic_high = _limit(_("tekanan darah bawah paling tinggi"), 109)
    pulse_low = _limit(_("nadi paling rendah"), 41)
    pulse_high = _limit(_("nadi paling tinggi"), 130)
    respiration_low = _limit(_("napas paling rendah"), 9)
    respiration_high = _limit(_("napas paling tinggi"), 24)
    saturation_low = _limit(_("saturasi paling rendah"), 92)
    saturation_high = _limit(_("saturasi paling tinggi"), None)
    glucose_low = _limit(_("gula darah paling rendah"), 70)
    glucose_high = _limit(_("gula darah paling tinggi"), 250)
    revision = RevisionField()

    class Meta:
        verbose_name = _("kebiasaan mengukur tanda vital")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(measures__contained_by=Measure.values),
                name="daily_vitals_practice_is_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
            *(
                models.CheckConstraint(
                    condition=Q((f"{measure}_low", None))
                    | Q((f"{measure}_high", None))
                    | Q((f"{measure}_low__lt", F(f"{measure}_high"))),
                    name=f"daily_limits_of_{measure}_fit",
                    violation_error_message=_("Batas bawah harus lebih kecil daripada batas atas."),
                )
                for measure in LIMITED
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(str(Measure(one).label) for one in self.measures)

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)

    def taken_in(self, ward_id: UUID) -> tuple[Measure, ...]:
        """What is measured in a ward, in the order of the form; nothing where the ward takes none."""
        return () if ward_id in self.not_in else tuple(one for one in Measure if one in self.measures)

    def beyond(self, values: Mapping[Measure, Decimal]) -> list[Measure]:
        """Which of these lie outside the limits."""
        return [one for one in LIMITED if one in values and self._lies_outside(one, values[one])]

    def _lies_outside(self, measure: Measure, value: Decimal) -> bool:
        low, high = getattr(self, f"{measure}_low"), getattr(self, f"{measure}_high")
        return (low is not None and value < low) or (high is not None and value > high)
