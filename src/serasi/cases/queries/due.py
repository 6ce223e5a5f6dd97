"""When a case next asks for something, computed from what is open in it; nothing of this is stored."""

from datetime import date
from typing import Any

from django.db.models import DateField, F, Func, OuterRef, QuerySet, Subquery, When, expressions
from django.db.models.functions import Least, TruncDate

from serasi.cases.models import AftercareVisit, Agreement, Case, Monitoring, Plan, Referral, Task, Termination


def _soonest(rows: QuerySet[Any], field: Any) -> Subquery:
    """The earliest of a field among rows of the outer case."""
    return Subquery(
        rows.filter(case=OuterRef("pk"))
        .order_by()
        .values("case")
        .annotate(soonest=Func(field, function="min", output_field=DateField()))
        .values("soonest"),
        output_field=DateField(),
    )


def with_next_date(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Annotate ``next_on``: the earliest open day of task, monitoring, plan, agreement, planned end, visit, answer.

    Costs no query of its own. Of a closed case only after-care and referrals count; empty when nothing is due.
    """
    latest_monitoring = (
        Monitoring.objects.filter(case=OuterRef("pk")).order_by("-held_on", "-written_at").values("next_on")[:1]
    )
    latest_plan = (
        Plan.objects.filter(case=OuterRef("pk"), approved_at__isnull=False).order_by("-version").values("ends_on")[:1]
    )
    latest_agreement = Agreement.objects.filter(case=OuterRef("pk")).order_by("-signed_at").values("ends_on")[:1]

    def while_open(expression: Any) -> expressions.Case:
        return expressions.Case(When(closed_at=None, then=expression), default=None, output_field=DateField())

    return cases.annotate(
        next_on=Least(
            while_open(_soonest(Task.objects.filter(done_at=None), F("due_date"))),
            while_open(_soonest(Termination.objects.planned_ahead(), F("ends_on"))),
            _soonest(AftercareVisit.objects.filter(held_on=None, cancelled_at=None), F("due_date")),
            _soonest(Referral.objects.unanswered(), TruncDate("answer_due_at")),
            while_open(Subquery(latest_monitoring, output_field=DateField())),
            while_open(Subquery(latest_plan, output_field=DateField())),
            while_open(Subquery(latest_agreement, output_field=DateField())),
        )
    )


def is_overdue(next_on: date | None, today: date) -> bool:
    return next_on is not None and next_on < today
