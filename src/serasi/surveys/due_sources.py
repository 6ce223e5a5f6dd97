"""What surveys ask of an enumerator: interviews to be held again, and what was typed and never sent."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate

from serasi.access.models import User
from serasi.cases.queries.tasks import due_rows
from serasi.surveys.enums import Outcome
from serasi.surveys.models import Draft, Interview, Verdict


def to_hold_again(user: User, until: date) -> QuerySet[Any, Any]:
    """One's own interviews about which a supervisor decided so, until another one replaces them."""
    asked = Verdict.objects.filter(interview=OuterRef("pk"), outcome=Outcome.AGAIN).order_by("decided_at")
    mine = Interview.objects.standing().filter(enumerator=user, survey__archived_at=None)
    wanted = mine.alias(asked_at=Subquery(asked.values("decided_at")[:1])).filter(asked_at__isnull=False)
    return due_rows(wanted, "interview_again", day=TruncDate("asked_at"), text="survey__name", case=None)


def to_send(user: User, until: date) -> QuerySet[Any, Any]:
    """Interviews on line that were begun before today and not sent."""
    begun = Draft.objects.filter(enumerator=user, saved_at__date__lt=until)
    return due_rows(begun, "interview_open", day=TruncDate("saved_at"), text="survey__name", case=None)
