"""What work away from a desk asks of somebody at one: sendings that wait, and facts that differ."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from serasi.access.models import User
from serasi.cases.models import Case
from serasi.cases.queries.tasks import due_rows
from serasi.fieldwork.enums import Waiting
from serasi.fieldwork.models import Difference, Submission
from serasi.fieldwork.querysets import of_managed_units


def to_decide(user: User, _until: date) -> QuerySet[Any, Any]:
    """Sendings that wait for this user: of the units they head, and edits of their own."""
    mine = Q(user=user, waits_for=Waiting.DESK) | of_managed_units(user)
    return due_rows(Submission.objects.waiting().filter(mine), "field_sending", day=None, text="title", case=None)


def to_settle(user: User, _until: date) -> QuerySet[Any, Any]:
    """Differences about people of the cases on whose team the user is."""
    mine = Case.objects.of_team_member(user)
    open_ones = Difference.objects.open().filter(submission__case__in=mine)
    return due_rows(open_ones, "field_difference", day=None, text="fact", case="submission__case_id")
