"""Whose turn it is: in each unit stories are told in the order in which they begin there.

So case numbers follow the days on which files were opened, and who looks like whom is found by the later one, whatever
the number of processes that tell.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """A story that waits to be told: its key, in which units it begins when, and as many short ones as it is long."""

    key: str
    begins: Mapping[str, datetime]
    length: int = 1


class Turns:
    """The stories that are left, in one line per unit; a story has its turn when it is first in all of its lines."""

    def __init__(self, stories: Iterable[Turn]) -> None:
        self._waiting = {story.key: story for story in stories}
        self._lines: dict[str, deque[str]] = {}
        in_order = [
            (moment, story.key, unit) for story in self._waiting.values() for unit, moment in story.begins.items()
        ]
        for _moment, key, unit in sorted(in_order):
            self._lines.setdefault(unit, deque()).append(key)
        self._begun: set[str] = set()
        self._left = {unit: sum(self._waiting[key].length for key in line) for unit, line in self._lines.items()}

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def take(self, most: int) -> list[str]:
        """The keys of up to so many stories that can be told now, those of the longest lines first."""
        ready = [story for story in self._waiting.values() if story.key not in self._begun and self._is_first(story)]
        ready.sort(key=lambda story: (-max(self._left[unit] for unit in story.begins), story.key))
        taken = [story.key for story in ready[:most]]
        self._begun.update(taken)
        return taken

    def end(self, key: str) -> None:
        """This story has been told: the next of its lines have their turn."""
        story = self._waiting.pop(key)
        for unit in story.begins:
            self._lines[unit].popleft()
            self._left[unit] -= story.length

    def _is_first(self, story: Turn) -> bool:
        return all(self._lines[unit][0] == story.key for unit in story.begins)
