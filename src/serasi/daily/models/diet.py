from datetime import date, timedelta
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.daily.enums import DietKind
from serasi.daily.models.policies import of_stay
from serasi.daily.querysets import DietQuerySet
from serasi.residence.models import Stay


@tracked
class Diet(Record):
    """What a resident eats that is not everybody's meal, from a day, perhaps to a day. Ended, never deleted."""

    personal = Classified(none="id unit written_at", general="written_by", specific="stay kind words reason period")
    row_policy = of_stay()
    withheld: ClassVar[str] = "DELETE"

    # PROTECT: a unit with a history of residents is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: what someone was given stays known.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="diets")
    kind = models.CharField(_("diet"), max_length=10, choices=DietKind)
    words = models.CharField(_("penjelasan untuk dapur"), max_length=120, blank=True)
    reason = models.CharField(_("alasan"), max_length=200)
    period = DateRangeField(_("dari sampai"))
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = DietQuerySet.as_manager()

    class Meta:
        verbose_name = _("diet")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="daily_a_diet_holds_once",
                expressions=[
                    (F("stay"), RangeOperators.EQUAL),
                    (F("kind"), RangeOperators.EQUAL),
                    (F("words"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Diet ini sudah berlaku baginya pada hari-hari itu."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DietKind.values) & ~Q(reason=""),
                name="daily_diet_has_a_reason",
                violation_error_message=_("Pilih dietnya dan tulis alasannya."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[DietKind.ALLERGY, DietKind.OTHER]) | ~Q(words=""),
                name="daily_diet_says_what",
                violation_error_message=_("Tulis bagi dapur apa yang tidak boleh atau harus diberikan."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) | Q(period__isempty=True),
                name="daily_diet_has_a_start",
                violation_error_message=_("Isi mulai hari apa diet ini berlaku; hari terakhir tidak boleh sebelumnya."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user)

    @property
    def latest(self) -> date | None:
        """The latest day on which it holds."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None
