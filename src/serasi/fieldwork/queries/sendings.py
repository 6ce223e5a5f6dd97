"""What was sent, and what became of it, as far as a reader may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q

from serasi.access.models import User
from serasi.cases.models import Case, Report
from serasi.cases.queries.header import name_shown, with_person
from serasi.fieldwork.enums import Purpose
from serasi.fieldwork.models import Difference, Submission, SubmissionFile

if TYPE_CHECKING:
    from serasi.fieldwork.querysets import SubmissionQuerySet


@dataclass(frozen=True, slots=True)
class Sending:
    """A submission with what a line of a list says of it. ``case_name`` is empty where the reader may not open it."""

    submission: Submission
    case_number: str
    case_name: str
    missing: tuple[str, ...]
    open_differences: int
    report_is_readable: bool


def own_sendings(user: User) -> "SubmissionQuerySet":
    """One's own, newest first; without their content."""
    return Submission.objects.filter(user=user).defer("xml").select_related("device", "settled_by")


def waiting_for(user: User) -> "SubmissionQuerySet":
    """What this user decides on: of the units whose devices they manage, and their own edits."""
    return (
        Submission.objects.visible_to(user)
        .waiting()
        .defer("xml")
        .select_related("device", "user", "unit", "settled_by")
        .order_by("received_at")
    )


def told(submissions: Sequence[Submission], reader: User) -> list[Sending]:
    """The same with what became of each (at most 4 queries)."""
    cases = _cases([one.case_id for one in submissions if one.case_id], reader)
    missing: dict[UUID, list[str]] = {}
    rows = SubmissionFile.objects.filter(submission__in=submissions).missing()
    for submission_id, name in rows.values_list("submission_id", "name"):
        missing.setdefault(submission_id, []).append(name)
    changes = [one.pk for one in submissions if one.purpose == Purpose.CHANGE]
    differences: dict[UUID, int] = {}
    if changes:
        counted = Difference.objects.visible_to(reader).filter(submission__in=changes).values("submission_id")
        differences = dict(counted.annotate(n=Count("pk", filter=Q(settled_at=None))).values_list("submission_id", "n"))
    found = [one.pk for one in submissions if one.purpose == Purpose.FOUND]
    readable = set(Report.objects.visible_to(reader).filter(pk__in=found).values_list("pk", flat=True)) if found else ()
    return [
        Sending(
            submission=one,
            case_number=cases[one.case_id].number if one.case_id in cases else "",
            case_name=name_shown(cases[one.case_id], reader) if one.case_id in cases else "",
            missing=tuple(missing.get(one.pk, ())),
            open_differences=differences.get(one.pk, 0),
            report_is_readable=one.pk in readable,
        )
        for one in submissions
    ]


def _cases(ids: list[UUID], reader: User) -> dict[UUID | None, Any]:
    if not ids:
        return {}
    return {case.pk: case for case in with_person(Case.objects.visible_to(reader).filter(pk__in=ids), reader)}
