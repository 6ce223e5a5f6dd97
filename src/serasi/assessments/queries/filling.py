"""What stands in a filling now, and what two people typed differently."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from serasi.assessments.models import Answer, Assessment


def answers_of(assessment: Assessment, *, paths: Collection[str] | None = None) -> dict[str, str]:
    """What stands at each place where somebody answered; "" where an answer was taken out again (1 query)."""
    rows = assessment.answers.all() if paths is None else assessment.answers.filter(path__in=paths)
    return dict(rows.current().values_list("path", "value"))


@dataclass(frozen=True, slots=True)
class LastTyped:
    """Who typed what stands at a place, and when."""

    path: str
    value: str
    by: str
    by_id: UUID
    at: datetime
    number: int


def typed_since(assessment: Assessment, number: int) -> list[LastTyped]:
    """What stands now at the places that changed after the answer with this number, oldest first (1 query)."""
    rows = assessment.answers.current().select_related("typed_by")
    found = [
        LastTyped(one.path, one.value, str(one.typed_by), one.typed_by_id, one.typed_at, one.number)
        for one in rows
        if one.number > number
    ]
    return sorted(found, key=lambda one: one.number)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two people changed one answer at once: what stood there, what stands now, what the other one typed."""

    id: UUID
    path: str
    before: str
    standing: str
    standing_by: str
    standing_by_id: UUID | None
    standing_at: datetime | None
    other: str
    other_by: str
    other_by_id: UUID
    other_at: datetime


def differences_of(assessment: Assessment) -> list[Difference]:
    """Those nobody has decided on (at most 2 queries)."""
    open_ones = list(assessment.answers.differences().select_related("typed_by"))
    if not open_ones:
        return []
    standing: dict[str, Answer] = {
        one.path: one
        for one in assessment.answers.filter(path__in={one.path for one in open_ones})
        .current()
        .select_related("typed_by")
    }
    return [_difference(one, standing.get(one.path)) for one in open_ones]


def _difference(one: Answer, standing: Answer | None) -> Difference:
    return Difference(
        id=one.pk,
        path=one.path,
        before=one.before,
        standing=standing.value if standing else "",
        standing_by=str(standing.typed_by) if standing else "",
        standing_by_id=standing.typed_by_id if standing else None,
        standing_at=standing.typed_at if standing else None,
        other=one.value,
        other_by=str(one.typed_by),
        other_by_id=one.typed_by_id,
        other_at=one.typed_at,
    )
