"""Where the rooms of a ward stand on its floor plan."""

from collections.abc import Sequence
from typing import Final

ROOMS_ACROSS: Final = 4
"""How many rooms stand in a row where nobody has said otherwise."""
Place = tuple[int, int]
"""A row and a column, counted from one."""


def in_default_order(places: Sequence[Place | None], *, across: int = ROOMS_ACROSS) -> list[Place]:
    """Each room on its own place, or else, in the order of the rooms, below all that have one."""
    below = max((place[0] for place in places if place), default=0)
    found, loose = [], 0
    for place in places:
        found.append(place or (below + 1 + loose // across, 1 + loose % across))
        loose += place is None
    return found
