"""What upper apps may add to a house, as data: tools for the whole of it, parts of the page of a stay, and what goes
along when somebody moves on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from serasi.access.models import User
from serasi.residence.models import Stay


@dataclass(frozen=True, slots=True)
class HouseTool:
    """A page of an upper app about one house: its words, icon, URL name (taking the unit's id), and the permission."""

    title: Any
    icon: str
    url_name: str
    permission: str


@dataclass(frozen=True, slots=True)
class StayPanel:
    """A part of the page of a stay, from the URL name (taking the stay's id) of an upper app."""

    order: int
    title: Any
    url_name: str
    permission: str


class GoesAlong(Protocol):
    """Writes of those who come from another stay (``came_from``) what the next house must know as well: within their
    coming, and with whole sight."""

    def __call__(self, stays: Sequence[Stay], *, by: User, at: datetime) -> None: ...


_tools: dict[str, HouseTool] = {}
_panels: list[StayPanel] = []
_going_along: list[GoesAlong] = []


def register_house_tool(tool: HouseTool) -> None:
    if tool.url_name in _tools:
        raise ValueError(f"{tool.url_name} is registered twice")
    _tools[tool.url_name] = tool


def house_tools() -> list[HouseTool]:
    return list(_tools.values())


def register_stay_panel(panel: StayPanel) -> None:
    _panels.append(panel)


def stay_panels() -> list[StayPanel]:
    return sorted(_panels, key=lambda panel: panel.order)


def register_going_along(what: GoesAlong) -> None:
    _going_along.append(what)


def going_along() -> list[GoesAlong]:
    return list(_going_along)
