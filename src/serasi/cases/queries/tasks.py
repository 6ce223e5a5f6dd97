"""What must I do today: computed from rules and dates, for one user, in one statement (and one for the files' heads).

Nothing here is stored. A kind of thing to do is a `registry.DueSource`: ours (`cases.due_sources`), or an upper app's.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

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


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do; ``source`` says how it is worded and which page it leads to.

    ``due_date`` is None for what simply waits; ``case`` has what `header.name_shown` needs.
    """

    source: registry.DueSource
    text: str
    due_date: date | None
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


def due_for(user: User, today: date, *, most: int = 60) -> list[Due]:
    """What this user must do: what is urgent however much else there is, then the oldest day first, then what simply
    waits. Three queries, whoever asks."""
    posts, until = user.scope.posts, today + AHEAD
    statements = (due_statement(user, posts, until, urgent=True), due_statement(user, posts, until))
    rows = [row for statement in statements if statement for row in statement.ask(most=most)][:most]
    files = with_person(Case.objects.visible_to(user), user).filter(pk__in={row[3] for row in rows if row[3]})
    sources, by_id = registry.due_sources(), {case.pk: case for case in files}
    return [_due(row, sources, by_id) for row in rows]


@lru_cache(maxsize=500)
def due_statement(user: User, _posts: tuple[Post, ...], until: date, *, urgent: bool = False) -> Statement | None:
    """The union of the sources that are urgent, or of those that are not, made once a day for each user and the
    postings they hold; None where this user has none."""
    rows = [
        source.rows(user, until)
        for source in registry.due_sources().values()
        if source.is_urgent is urgent and (source.permission is None or user.scope.has(source.permission))
    ]
    if not rows:
        return None
    return Statement(rows[0].union(*rows[1:], all=True).order_by(F("due_day").asc(nulls_last=True), "due_record"))


def _due(row: Any, sources: dict[str, registry.DueSource], files: dict[UUID, Case]) -> Due:
    kind, day, text, case_id, record_id = row
    source, ids = sources[kind], {"case": case_id, "record": record_id}
    return Due(
        source=source,
        text=text or "",
        due_date=day,
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
