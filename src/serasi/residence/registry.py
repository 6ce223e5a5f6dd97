"""What upper places may add to the page of a stay, as data: parts that load themselves."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StayPanel:
    """A part of the page of a stay, from the URL name (taking the stay's id) of an upper app."""

    order: int
    title: Any
    url_name: str
    permission: str


_panels: list[StayPanel] = []


def register_stay_panel(panel: StayPanel) -> None:
    _panels.append(panel)


def stay_panels() -> list[StayPanel]:
    return sorted(_panels, key=lambda panel: panel.order)
