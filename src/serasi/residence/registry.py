"""What upper apps may add to the pages of a house, as data: tools for the whole of it, parts of the page of a stay."""

from dataclasses import dataclass
from typing import Any


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


_tools: dict[str, HouseTool] = {}
_panels: list[StayPanel] = []


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
