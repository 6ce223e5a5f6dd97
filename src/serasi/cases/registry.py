"""What other places may add to the pages of a case, as data: tabs, panels, events on the timeline.

A tab is a page of the file (`/kasus/<id>/<slug>/`). A panel is a fragment that an upper app offers on the first page of
the file. A timeline source is a query whose rows become events; all sources are read in one statement.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet


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

    ``rows`` is asked once: of the case it knows the `CASE`, `PERSON` and `OPENED_AT` that stand there. ``title`` turns the first line of what the row carries into words (a code into its label); ``url`` takes the ids of
    case and record; ``is_day`` says that the moment is a day without a time.
    """

    kind: str
    label: Any
    icon: str
    rows: "Callable[[], QuerySet[Any, Any]]"
    title: Callable[[str], Any] | None = None
    url: "Callable[[UUID, UUID], str] | None" = None
    is_day: bool = False


_tabs: list[Tab] = []
_panels: list[Panel] = []
_sources: dict[str, TimelineSource] = {}


def register_tab(tab: Tab) -> None:
    _tabs.append(tab)


def register_panel(panel: Panel) -> None:
    _panels.append(panel)


def register_timeline(source: TimelineSource) -> None:
    if source.kind in _sources:
        raise ValueError(f"timeline source {source.kind} is registered twice")
    _sources[source.kind] = source


def tabs() -> list[Tab]:
    return sorted(_tabs, key=lambda tab: tab.order)


def panels() -> list[Panel]:
    return sorted(_panels, key=lambda panel: panel.order)


def timeline_sources() -> dict[str, TimelineSource]:
    return dict(_sources)
