"""What cycles ask for: reviews on the list of whoever holds them, and how many are late for whoever leads the unit."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Least, TruncDate

from serasi.access.models import Unit, User
from serasi.cases.models import Case
from serasi.cases.queries.tasks import due_rows
from serasi.common.lookups import one_column_of
from serasi.cycles.models import Review
from serasi.cycles.permissions import OVERSEE


def reviews_to_hold(user: User, until: date) -> QuerySet[Any, Any]:
    """Of the cases on whose team the user is: by the day it is due, or planned for, whichever comes first."""
    mine = Case.objects.of_team_member(user).open()
    awaited = Review.objects.to_hold().filter(cycle__case__in=mine).alias(day=Least("due_on", TruncDate("planned_at")))
    return due_rows(
        awaited.filter(day__lte=until),
        "cycle_review",
        day=Least("due_on", TruncDate("planned_at")),
        text="kind",
        case="cycle__case_id",
    )


def late_reviews(user: User) -> QuerySet[Any, Any]:
    """Of the units that the user oversees, by each unit's own day."""
    units = one_column_of(Unit.objects.reached_by(user, OVERSEE))
    return Review.objects.to_hold().late().filter(cycle__case__unit__id__among=units)
