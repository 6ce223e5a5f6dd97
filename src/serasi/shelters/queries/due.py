"""What cannot wait: children who came without an adult, until they are accounted for."""

from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncDate

from serasi.access.models import Unit, User
from serasi.cases.queries.tasks import due_rows
from serasi.shelters.models import Arrival
from serasi.shelters.permissions import ACCOUNT_ARRIVAL


def children_alone(user: User, until: date) -> QuerySet[Any, Any]:
    """Of the units in which the user sees to where people go; shown by number and place alone."""
    units = Unit.objects.reached_by(user, ACCOUNT_ARRIVAL)
    alone = Arrival.objects.here().with_standing().filter(gathering__unit__in=units, is_alone=True)
    told = Concat(Value("#"), Cast("tag", CharField()), Value(", "), "gathering__place", output_field=CharField())
    return due_rows(alone, "child_alone", day=TruncDate("arrived_at"), text=told, case=None)
