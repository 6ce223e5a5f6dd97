"""What happened in a file, from every source, in one statement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, Expression, F, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Left

from serasi.cases import registry
from serasi.cases.models import Case

LONGEST = 300


@dataclass(frozen=True, slots=True)
class FileEvent:
    """One event of the time line; ``source`` says how it is worded and drawn."""

    at: datetime
    source: registry.TimelineSource
    record_id: UUID
    text: str
    author: str


def event_rows(
    rows: QuerySet[Any],
    kind: str,
    *,
    at: str | Expression,
    text: str | Expression,
    author: str | Expression | Subquery = "written_by",
    record: str = "pk",
) -> QuerySet[Any, Any]:
    """The rows of one source in the shape they are joined in: moment, kind, record, text (at most 300 letters), author.

    ``author`` is the path to a user or an expression that gives a name, empty when nobody is named.
    """
    shaped: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            event_at=Cast(_expression(at), DateTimeField()),
            event_kind=Value(kind, CharField()),
            event_record=F(record),
            event_text=Left(Cast(_expression(text), CharField()), LONGEST),
            event_author=_author(author),
        )
        .values_list("event_at", "event_kind", "event_record", "event_text", "event_author")
    )
    return shaped


def _author(given: str | Expression | Subquery) -> Any:
    if not isinstance(given, str):
        return given
    return F(f"{given}__full_name") if given else Value("", CharField())


def _expression(given: str | Expression) -> Any:
    return F(given) if isinstance(given, str) else given


def events_of(case: Case, *, most: int = 60, kind: str = "") -> list[FileEvent]:
    """Latest first; one query. What carries area tags the reader may not read stays out by itself."""
    sources = registry.timeline_sources()
    wanted = {kind: sources[kind]} if kind in sources else sources
    if not wanted:
        return []
    first, *rest = (source.rows(case) for source in wanted.values())
    rows = list((first.union(*rest, all=True) if rest else first).order_by("-event_at", "-event_record")[:most])
    return [FileEvent(at, wanted[found], record_id, text, author) for at, found, record_id, text, author in rows]
