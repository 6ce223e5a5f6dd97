"""What must I do today: computed from rules and dates, for one user, in one statement (and one for the files' heads).

Nothing here is stored. Of each kind the first few are told, with how many there are: forty new residents to be screened
must not hide the one visit of today. A kind of thing to do is a `registry.DueSource`: ours (`cases.due_sources`), or
an upper app's.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, DateField, Expression, F, Field, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, Left

from serasi.access.models import Unit, User
from serasi.access.permissions import REVIEW_EMERGENCY
from serasi.access.queries import emergencies_to_review
from serasi.access.scope import Post
from serasi.cases import registry
from serasi.cases.models import Case, Report
from serasi.cases.permissions import OPEN_CASE_FILE, TRIAGE_REPORT
from serasi.cases.queries.header import with_person
from serasi.common.statements import Statement

AHEAD: Final = timedelta(days=7)
"""How far before its day something appears; what has no day of its own appears at once."""
LONGEST: Final = 200
EACH: Final = 5
"""How many of one kind and part of the day are told before the rest is a number."""
ALL: Final = 200
"""How many are told of what is urgent, and of a kind that is asked for by itself."""


class Part(IntEnum):
    """The parts of what there is to do, in their order."""

    OVERDUE = 1
    TODAY = 2
    AHEAD = 3
    WAITING = 4
    """What has no day."""


_TOLD: Final = """
WITH due AS ({}),
parted AS (
    SELECT *, CASE
        WHEN due_day < %s THEN 1 WHEN due_day = %s THEN 2 WHEN due_day IS NOT NULL THEN 3 ELSE 4
    END AS part
    FROM due
),
counted AS (
    SELECT *, due_kind = ANY(%s) AS first, row_number() OVER alike AS place,
        count(*) OVER (PARTITION BY due_kind, part) AS of_kind
    FROM parted WINDOW alike AS (PARTITION BY due_kind, part ORDER BY due_day, due_record)
)
SELECT due_kind, due_day, due_text, due_case, due_record, part, of_kind FROM counted
WHERE place <= CASE WHEN first THEN %s ELSE %s END
ORDER BY part, first DESC, due_day, due_record, due_kind
"""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do; ``source`` says how it is worded and which page it leads to.

    ``due_date`` is None for what simply waits; ``case`` has what `header.name_shown` needs; ``of_kind`` is how many of
    this kind there are in this part, told or not.
    """

    source: registry.DueSource
    text: str
    due_date: date | None
    part: Part
    of_kind: int
    record_id: UUID
    case: Case | None
    url_args: tuple[UUID, ...]

    @property
    def kind(self) -> str:
        return self.source.kind


def due_rows(
    rows: QuerySet[Any],
    kind: str,
    *,
    day: str | Expression | None,
    text: str | Expression | None = None,
    case: str | None = "case_id",
) -> QuerySet[Any, Any]:
    """The rows of one source in the shape they are joined in: kind, day, text (at most 200 letters), case, record.

    Without a ``day`` it simply waits. ``case`` is the path to the id of the file it belongs to, None for what has none.
    """
    shaped: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            due_kind=Value(kind, CharField()),
            due_day=Cast(_expression(day, DateField()), DateField()),
            due_text=Left(Cast(_expression(text, CharField()), CharField()), LONGEST),
            due_case=Cast(_expression(case, UUIDField()), UUIDField()),
            due_record=F("pk"),
        )
        .values_list("due_kind", "due_day", "due_text", "due_case", "due_record")
    )
    return shaped


def _expression(given: str | Expression | None, kept_as: "Field[Any, Any]") -> Any:
    if given is None:
        return Value(None, kept_as)
    return F(given) if isinstance(given, str) else given


def due_for(user: User, today: date, *, kind: str = "") -> list[Due]:
    """What this user must do: by part, what is urgent first, then the oldest day. Of each kind the first `EACH`; or
    one ``kind`` alone, the first `ALL`. Two queries, whoever asks."""
    statement = due_statement(user, user.scope.posts, today, kind)
    rows = statement.ask() if statement else []
    named = Value(list({row[3] for row in rows if row[3]}), ArrayField(UUIDField()))
    files = with_person(Case.objects.visible_to(user), user).filter(id__among=named).order_by()
    sources, by_id = registry.due_sources(), {case.pk: case for case in files}
    return [_due(row, sources, by_id) for row in rows]


@lru_cache(maxsize=500)
def due_statement(user: User, _posts: tuple[Post, ...], today: date, kind: str = "") -> Statement | None:
    """The union of the sources of this user, made once a day for each and the postings they hold; None for who has
    none."""
    asked = [
        source
        for source in registry.due_sources().values()
        if kind in ("", source.kind) and (source.permission is None or user.scope.has(source.permission))
    ]
    if not asked:
        return None
    first, *rest = [source.rows(user, today + AHEAD) for source in asked]
    urgent = [source.kind for source in asked if source.is_urgent]
    return Statement(
        first.union(*rest, all=True), within=_TOLD, also=(today, today, urgent, ALL, ALL if kind else EACH)
    )


def _due(row: Any, sources: dict[str, registry.DueSource], files: dict[UUID, Case]) -> Due:
    kind, day, text, case_id, record_id, part, of_kind = row
    source, ids = sources[kind], {"case": case_id, "record": record_id}
    return Due(
        source=source,
        text=text or "",
        due_date=day,
        part=Part(part),
        of_kind=of_kind,
        record_id=record_id,
        case=files.get(case_id),
        url_args=tuple(ids[name] for name in source.takes),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """The tiles of the first page."""

    my_open_cases: int = 0
    new_reports: int = 0
    waiting_for_a_case: int = 0
    emergencies_to_review: int = 0
    of_others: tuple[tuple[registry.Tile, int], ...] = ()
    """The tiles of upper apps."""


def counts_for(user: User) -> Counts:
    """One query."""
    counted = dict(counts_statement(user, user.scope.posts).ask())
    of_others = tuple((tile, counted.pop(tile.kind, 0)) for tile in registry.tiles_for(user))
    return Counts(**counted, of_others=of_others)


@lru_cache(maxsize=500)
def counts_statement(user: User, _posts: tuple[Post, ...]) -> Statement:
    units = Unit.objects.reached_by(user, TRIAGE_REPORT)
    reports = Report.objects.visible_to(user).filter(unit__in=units)
    tiles: dict[str, QuerySet[Any]] = {
        "new_reports": reports.filter(triage=None),
        "waiting_for_a_case": reports.filter(triage__outcome="open_case", is_opened=False),
    }
    if user.scope.has(OPEN_CASE_FILE):
        tiles["my_open_cases"] = Case.objects.of_team_member(user).open()
    if user.scope.has(REVIEW_EMERGENCY):
        tiles["emergencies_to_review"] = emergencies_to_review(user)
    tiles |= {tile.kind: tile.rows(user) for tile in registry.tiles_for(user)}
    first, *rest = [
        rows.order_by().annotate(tile=Value(tile, CharField())).values("tile").annotate(number=Count("pk"))
        for tile, rows in tiles.items()
    ]
    return Statement(first.union(*rest, all=True))
