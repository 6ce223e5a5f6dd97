"""What upper apps add to the page of a unit, without this app knowing them: links to what else is set there."""

from dataclasses import dataclass
from typing import Any

from serasi.access.models import Unit, User
from serasi.access.permissions import may


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
