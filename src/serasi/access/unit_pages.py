"""What upper apps add to the pages of units, without this app knowing them: what else is set there, how one begins."""

from dataclasses import dataclass
from typing import Any

from serasi.access.models import Unit, User
from serasi.access.permissions import may

_starts: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A page about one unit: its URL name takes the unit's id as ``pk``."""

    title: Any
    url_name: str
    permission: str
    icon: str = "settings"


_pages: dict[str, UnitPage] = {}


def register_unit_page(title: Any, url_name: str, permission: str, *, icon: str = "settings") -> None:
    _pages[url_name] = UnitPage(title, url_name, permission, icon)


def unit_pages_for(user: User, unit: Unit) -> list[UnitPage]:
    """Those this user may open for this unit."""
    return [page for page in _pages.values() if may(user, page.permission, on=unit)]


def register_unit_start(url_name: str, permission: str) -> None:
    """The one way in which a new unit begins."""
    _starts[url_name] = permission


def unit_start_for(user: User) -> str:
    """The URL name of it, for those who may; empty for others."""
    return next((url_name for url_name, permission in _starts.items() if user.scope.has(permission)), "")
