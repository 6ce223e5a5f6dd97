"""Named filters. `visible_to` says to Django what the row policies say to the database."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from serasi.access.models import Unit, User
from serasi.common.lookups import one_column_of

if TYPE_CHECKING:
    from serasi.capacity.models import Forecast  # noqa: F401

SEE_OUTLOOK = "capacity.outlook.see"


class ForecastQuerySet(models.QuerySet["Forecast"]):
    def visible_to(self, actor: User) -> Self:
        """Of the units whose expected numbers this user may see."""
        if actor.scope.is_system:
            return self
        return self.filter(unit__id__among=one_column_of(Unit.objects.reached_by(actor, SEE_OUTLOOK)))

    def newest(self, *, on: date) -> Self:
        """What was reckoned last, per unit, until this day."""
        newest = (
            self.model._default_manager.filter(unit=models.OuterRef("unit"), made_on__lte=on)
            .order_by("-made_on")
            .values("made_on")[:1]
        )
        return self.filter(made_on=models.Subquery(newest))
