from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.capacity.database import FLOW_FUNCTIONS
from serasi.capacity.querysets import ForecastQuerySet
from serasi.people.models import PpksKind


@tracked
class Forecast(Record):
    """How many people a house was expected to have, as it was reckoned on a day; kept, so that it can be held to it.

    ``kind`` is None for the whole house. Numbers of people may have fractions. Errors are those of
    `serasi.capacity.forecasting`: of this reckoning on days of the past, and of saying that nothing changes.
    """

    personal = Classified(
        none="id unit kind made_on horizon present expected low high leaving coming error naive_error tries"
    )
    row_policy = "unit_id = ANY((SELECT access_units('capacity.outlook.see'))::uuid[])"
    database_functions: ClassVar[str] = FLOW_FUNCTIONS

    # PROTECT: a unit with a history is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="forecasts")
    # PROTECT: reference data.
    kind = models.ForeignKey(PpksKind, models.PROTECT, null=True, blank=True, related_name="+")
    made_on = models.DateField()
    horizon = models.PositiveSmallIntegerField()
    present = models.PositiveIntegerField()
    expected = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    leaving = models.FloatField()
    coming = models.FloatField()
    error = models.FloatField(null=True)
    naive_error = models.FloatField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = ForecastQuerySet.as_manager()

    class Meta:
        verbose_name = _("prakiraan penghuni")
        ordering: ClassVar = ["unit", "-made_on", "horizon"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "made_on", "horizon"],
                nulls_distinct=False,
                name="capacity_one_forecast_a_day",
            ),
            models.CheckConstraint(
                condition=Q(low__gte=0, expected__gte=F("low"), high__gte=F("expected")),
                name="capacity_forecast_lies_in_its_range",
            ),
            models.CheckConstraint(
                condition=Q(error=None, naive_error=None, tries=0) | Q(error__gte=0, naive_error__gte=0, tries__gt=0),
                name="capacity_error_was_found_by_trying",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.made_on} +{self.horizon}: {self.expected:.0f}"

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)
