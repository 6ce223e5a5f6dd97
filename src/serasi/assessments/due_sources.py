"""What instruments ask for: to be asked again when their interval has passed, and to be finished once begun."""

from datetime import date
from typing import Any, Final

from django.db.models import DateField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast, TruncDate

from serasi.access.models import User
from serasi.assessments.models import Assessment
from serasi.cases.models import Case
from serasi.cases.queries.tasks import due_rows

DAYS_TO_FINISH: Final = 7
"""After so many days a filling that was begun stands on the list of who began it."""


def to_ask_again(user: User, until: date) -> QuerySet[Any, Any]:
    """Of the cases on whose team the user is: the latest filling of an instrument that has an interval."""
    mine = Case.objects.of_team_member(user).open()
    due = CombinedExpression(F("assessed_on"), "+", F("edition__interval_days"), output_field=DateField())
    later = Assessment.objects.filter(
        case=OuterRef("case"),
        edition__instrument=OuterRef("edition__instrument"),
        voided_at=None,
        written_at__gt=OuterRef("written_at"),
    )
    asked = Assessment.objects.finished().filter(case__in=mine, edition__interval_days__isnull=False)
    waiting = asked.filter(~Exists(later)).alias(due=due).filter(due__lte=until)
    return due_rows(waiting, "assessment_again", day=due, text="edition__title", case="case_id")


def to_finish(user: User, until: date) -> QuerySet[Any, Any]:
    """What the user began and nobody has finished."""
    begun = Assessment.objects.open().filter(written_by=user, case__closed_at=None)
    due = CombinedExpression(
        Cast(TruncDate("written_at"), DateField()), "+", Value(DAYS_TO_FINISH), output_field=DateField()
    )
    waiting = begun.alias(due=due).filter(due__lte=until)
    return due_rows(waiting, "assessment_open", day=due, text="edition__title", case="case_id")
