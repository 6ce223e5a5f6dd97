"""What happened in a file, from every source, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, overload
from uuid import UUID

from django.db.models import CharField, DateTimeField, Expression, F, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Cast, Left
from django.utils.translation import get_language

from serasi.cases import registry
from serasi.cases.models import Case
from serasi.common.statements import Given, Statement

LONGEST = 300
CASE = Given("case", UUIDField())
PERSON = Given("person", UUIDField())
OPENED_AT = Given("opened_at", DateTimeField())
"""Of the case that is asked about: what the queries of the sources are made with."""


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


class Timeline(Sequence[FileEvent]):
    """What happened in a file, latest first; a part of it is one query, and so is its length.

    What carries area tags the reader may not read stays out by itself. ``kinds`` narrows it; none that is known does
    not.
    """

    def __init__(self, case: Case, *kinds: str) -> None:
        self._sources = registry.timeline_sources()
        known = frozenset(kinds) & frozenset(self._sources)
        self._statement = statement_of(known or frozenset(self._sources), get_language())
        self._given = {"case": case.pk, "person": case.person_id, "opened_at": case.opened_at}

    def __len__(self) -> int:
        return self._statement.count(**self._given)

    @overload
    def __getitem__(self, part: int) -> FileEvent: ...

    @overload
    def __getitem__(self, part: slice) -> list[FileEvent]: ...

    def __getitem__(self, part: int | slice) -> FileEvent | list[FileEvent]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        first = part.start or 0
        most = None if part.stop is None else part.stop - first
        return [
            FileEvent(at, self._sources[kind], record_id, text, author)
            for at, kind, record_id, text, author in self._statement.ask(first=first, most=most, **self._given)
        ]


@lru_cache
def statement_of(kinds: frozenset[str], _language: str) -> Statement:
    """The union of these sources; it holds words of theirs in the reader's language."""
    first, *rest = (source.rows() for source in registry.timeline_sources().values() if source.kind in kinds)
    rows = first.union(*rest, all=True) if rest else first
    return Statement(rows.order_by("-event_at", "-event_record"))


def milestones_of(case: Case, *, most: int = 60) -> list[FileEvent]:
    """What stands above the curves of a person: reviews, stages, incidents; latest first (1 query)."""
    kinds = [source.kind for source in registry.timeline_sources().values() if source.is_milestone]
    return Timeline(case, *kinds)[:most]
