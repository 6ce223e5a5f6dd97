"""What other places may add to casework, as data: tabs, panels, events on the timeline, things to do, tiles, forms
for a phone.

A tab is a page of the file (`/kasus/<id>/<slug>/`). A panel is a fragment that an upper app offers on the first page of
the file. A timeline source is a query whose rows become events; a due source one whose rows are to be done by whoever
asks; a tile counts rows on the first page. All sources of one sort are read in one statement.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from serasi.access.models import User
    from serasi.common.forms import SerasiForm


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the file: its order, title, URL name (taking the case's id) and the permission to see it."""

    order: int
    title: Any
    url_name: str
    permission: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A fragment on the first page of the file, loaded from the URL name of an upper app."""

    order: int
    title: Any
    url_name: str
    permission: str


@dataclass(frozen=True, slots=True)
class TimelineSource:
    """Rows of one kind of event, made with `serasi.cases.queries.timeline.event_rows`.

    ``rows`` is asked once: of the case it knows the `CASE`, `PERSON` and `OPENED_AT` that stand there. ``title`` turns
    the first line of what the row carries into words (a code into its label); ``url`` takes the ids of case and record;
    ``is_day`` says that the moment is a day without a time; a milestone stands above the curves of a person too.
    """

    kind: str
    label: Any
    icon: str
    rows: "Callable[[], QuerySet[Any, Any]]"
    title: Callable[[str], Any] | None = None
    url: "Callable[[UUID, UUID], str] | None" = None
    is_day: bool = False
    is_milestone: bool = False


@dataclass(frozen=True, slots=True)
class DueSource:
    """One kind of thing to do, its rows made with `serasi.cases.queries.tasks.due_rows`.

    ``url_name`` is the page where it is done, ``takes`` which ids that page takes ("case", "record"). ``rows`` is asked
    once a day for each user, with the last day that counts: "now" in it is the database's. It is not asked of who lacks
    the ``permission``; None where the rows themselves say whose they are. ``title`` turns the text of a row into words
    (a code into its label); other text may name the person and is shown as the reader may read it. What ``is_urgent``
    comes first: however much else is overdue, it is never left off the list.
    """

    kind: str
    label: Any
    url_name: str
    takes: tuple[str, ...]
    permission: str | None
    rows: "Callable[[User, date], QuerySet[Any, Any]]"
    title: Callable[[str], Any] | None = None
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A number on the first page that leads to a filtered list: how many ``rows`` there are for a user.

    ``query`` is what stands behind the address of ``url_name``. Shown to who holds the ``permission``; ``rows`` is
    asked once for each user and the postings they hold: "now" in it is the database's.
    """

    kind: str
    label: Any
    icon: str
    url_name: str
    query: str
    permission: str
    rows: "Callable[[User], QuerySet[Any, Any]]"


@dataclass(frozen=True, slots=True)
class FieldForm:
    """An ordinary form of a file that a phone may show where there is no signal; what is typed is handed to its own
    page when it comes (`serasi.access.handing`).

    ``form`` makes it for who holds the ``permission``; it is drawn once for all files, so that nothing in it is of one.
    ``takes`` says which ids the page takes ("case", "record"). With ``due`` it belongs to that kind of thing to do, and
    is offered for each of them; else for every file. ``now`` are the fields that begin with the present day or moment.
    """

    kind: str
    title: Any
    url_name: str
    takes: tuple[str, ...]
    permission: str
    form: "Callable[[User], SerasiForm]"
    now: tuple[str, ...] = ()
    due: str = ""


_tabs: list[Tab] = []
_panels: list[Panel] = []
_timeline_sources: dict[str, TimelineSource] = {}
_due_sources: dict[str, DueSource] = {}
_tiles: dict[str, Tile] = {}
_field_forms: dict[str, FieldForm] = {}


def register_tab(tab: Tab) -> None:
    _tabs.append(tab)


def register_panel(panel: Panel) -> None:
    _panels.append(panel)


def register_timeline(source: TimelineSource) -> None:
    if source.kind in _timeline_sources:
        raise ValueError(f"timeline source {source.kind} is registered twice")
    _timeline_sources[source.kind] = source


def register_due(source: DueSource) -> None:
    if source.kind in _due_sources:
        raise ValueError(f"due source {source.kind} is registered twice")
    _due_sources[source.kind] = source


def register_tile(tile: Tile) -> None:
    if tile.kind in _tiles:
        raise ValueError(f"tile {tile.kind} is registered twice")
    _tiles[tile.kind] = tile


def register_field_form(form: FieldForm) -> None:
    if form.kind in _field_forms:
        raise ValueError(f"form {form.kind} is registered twice")
    _field_forms[form.kind] = form


def tabs() -> list[Tab]:
    return sorted(_tabs, key=lambda tab: tab.order)


def panels() -> list[Panel]:
    return sorted(_panels, key=lambda panel: panel.order)


def timeline_sources() -> dict[str, TimelineSource]:
    return dict(_timeline_sources)


def due_sources() -> dict[str, DueSource]:
    return dict(_due_sources)


def tiles_for(user: "User") -> list[Tile]:
    return [tile for tile in _tiles.values() if user.scope.has(tile.permission)]


def field_forms_for(user: "User") -> list[FieldForm]:
    return [form for form in _field_forms.values() if user.scope.has(form.permission)]
