from datetime import time
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard

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
