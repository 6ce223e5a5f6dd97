"""What upper apps add to the pages of a person, without this app knowing them.

* A panel: a title, the permission to see it, and the URL name of a fragment that takes the person's id.
* A finder: a function from what was typed (a case number, say) to the ids of the people it means.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from serasi.access.models import User

Find = Callable[[User, str], Iterable[UUID]]


@dataclass(frozen=True, slots=True)
class Panel:
    title: Any
    permission: str
    url_name: str
    position: int = 50


@dataclass(frozen=True, slots=True)
class Finder:
    reason: Any
    find: Find


_panels: dict[str, Panel] = {}
_finders: dict[str, Finder] = {}


def register_panel(title: Any, permission: str, url_name: str, *, position: int = 50) -> None:
    """Show ``url_name`` (a fragment that takes the person's id) on the person's page, to who holds the permission."""
    _panels[url_name] = Panel(title, permission, url_name, position)


def register_finder(name: str, reason: Any, find: Find) -> None:
    """Let the search box understand something more; ``reason`` says on the page why a person was found."""
    _finders[name] = Finder(reason, find)


def panels_for(user: User) -> tuple[Panel, ...]:
    held = [panel for panel in _panels.values() if user.scope.has(panel.permission)]
    return tuple(sorted(held, key=lambda panel: (panel.position, panel.url_name)))


def finders() -> tuple[Finder, ...]:
    return tuple(_finders.values())
