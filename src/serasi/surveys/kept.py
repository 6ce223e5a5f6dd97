"""What is kept of interviews beside their answers, so that no page reads them again: derived, and rebuilt alike.

`Traits` are what checks need of one interview; a `Count` says how often each answer was given in some interviews.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody who is named: ``key`` is the name however it is spelt."""

    name: str
    key: str
    born: str
    age: float | None

    def is_like(self, other: "Someone") -> bool:
        """The same day of birth, or ages at most a year apart, where both are known."""
        if self.born and other.born:
            return self.born == other.born
        return self.age is not None and other.age is not None and abs(self.age - other.age) <= 1


@dataclass(frozen=True, slots=True)
class Traits:
    """``numbers`` are what was answered with a number, by question. Of ``chosen`` answers to questions with one
    choice ``unknown`` say that nothing is known. ``asks_point``: a place was asked for."""

    niks: tuple[str, ...]
    phones: tuple[str, ...]
    people: tuple[Someone, ...]
    numbers: Mapping[str, tuple[float, ...]]
    answered: int
    chosen: int
    unknown: int
    asks_point: bool

    @property
    def written(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "niks": self.niks,
            "phones": self.phones,
            "people": [[one.name, one.key, one.born, one.age] for one in self.people],
            "numbers": self.numbers,
            "answered": self.answered,
            "chosen": self.chosen,
            "unknown": self.unknown,
            "asks_point": self.asks_point,
        }

    @classmethod
    def told(cls, written: Mapping[str, Any]) -> "Traits":
        return cls(
            niks=tuple(written["niks"]),
            phones=tuple(written["phones"]),
            people=tuple(Someone(*each) for each in written["people"]),
            numbers={path: tuple(each) for path, each in written["numbers"].items()},
            answered=written["answered"],
            chosen=written["chosen"],
            unknown=written["unknown"],
            asks_point=written["asks_point"],
        )


@dataclass(slots=True)
class Count:
    """``asked`` and ``answered``: interviews, or rows of a repeat, by question. ``values``: by question, how often
    each choice or number was given. ``known``: by repeat ("" for the interviews), how many rows are alike in what
    others may know of somebody."""

    interviews: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    values: dict[str, Counter[str]] = field(default_factory=dict)
    known: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, other: "Count", times: int = 1) -> None:
        """``times`` −1 takes it out again."""
        self.interviews += times * other.interviews
        _add(self.asked, other.asked, times)
        _add(self.answered, other.answered, times)
        for mine, theirs in ((self.values, other.values), (self.known, other.known)):
            for name, counts in theirs.items():
                _add(mine.setdefault(name, Counter()), counts, times)
                if not mine[name]:
                    del mine[name]

    @property
    def written(self) -> dict[str, Any]:
        """As it is kept, but for ``known``, which other pages read."""
        return {"asked": self.asked, "answered": self.answered, "values": self.values}

    @classmethod
    def told(cls, interviews: int, written: Mapping[str, Any], known: Mapping[str, Mapping[str, int]]) -> "Count":
        return cls(
            interviews=interviews,
            asked=Counter(written.get("asked", {})),
            answered=Counter(written.get("answered", {})),
            values={path: Counter(each) for path, each in written.get("values", {}).items()},
            known={name: Counter(each) for name, each in known.items()},
        )


def _add(mine: Counter[str], theirs: Mapping[str, int], times: int) -> None:
    for name, count in theirs.items():
        total = mine.get(name, 0) + times * count
        if total:
            mine[name] = total
        else:
            mine.pop(name, None)
