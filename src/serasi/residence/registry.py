"""What upper apps may add to the pages of a house, as data: what can be done with the whole of it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class HouseTool:
    """A page of an upper app about one house: its words, icon, URL name (taking the unit's id), and the permission."""

    title: Any
    icon: str
    url_name: str
    permission: str


_tools: dict[str, HouseTool] = {}


def register_house_tool(tool: HouseTool) -> None:
    if tool.url_name in _tools:
        raise ValueError(f"{tool.url_name} is registered twice")
    _tools[tool.url_name] = tool


def house_tools() -> list[HouseTool]:
    return list(_tools.values())
