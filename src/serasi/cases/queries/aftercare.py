"""After-care visits that are due or held."""

from datetime import date

from django.db.models import QuerySet

from serasi.access.models import User
from serasi.cases.models import AftercareVisit, Case


def visits_of(case: Case) -> list[AftercareVisit]:
    return list(case.aftercarevisits.select_related("owner").order_by("due_date", "id"))


def visits_to_hold(actor: User, by_day: date) -> QuerySet[AftercareVisit]:
    """Visits this user owes, due up to that day, in files they may open."""
    return (
        AftercareVisit.objects.visible_to(actor)
        .filter(owner=actor, held_on=None, cancelled_at=None, due_date__lte=by_day)
        .select_related("case", "case__person", "case__unit")
        .order_by("due_date")
    )
