"""What may be asked of two subjects, each told once: as SQL over many pairs, and in Python for one.

In SQL a column of the left record is `column_l`, of the right `column_r`. Nothing holds where a column it asks for is
empty; so SQL's "unknown" and Python's False are the same, and no condition may negate another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rapidfuzz.distance import JaroWinkler

from serasi.people.linkage.subject import Subject


class Condition(Protocol):
    @property
    def sql(self) -> str: ...

    def holds(self, left: Subject, right: Subject) -> bool: ...


def _both(column: str, left: Subject, right: Subject) -> tuple[Any, Any] | None:
    one, other = getattr(left, column), getattr(right, column)
    return None if one is None or other is None else (one, other)


@dataclass(frozen=True)
class Missing:
    """One of the two does not say."""

    column: str

    @property
    def sql(self) -> str:
        return f"({self.column}_l is null or {self.column}_r is null)"

    def holds(self, left: Subject, right: Subject) -> bool:
        return _both(self.column, left, right) is None


@dataclass(frozen=True)
class Same:
    column: str

    @property
    def sql(self) -> str:
        return f"{self.column}_l = {self.column}_r"

    def holds(self, left: Subject, right: Subject) -> bool:
        both = _both(self.column, left, right)
        return both is not None and both[0] == both[1]


@dataclass(frozen=True)
class Either:
    """A flag is set on at least one."""

    flag: str

    @property
    def sql(self) -> str:
        return f"({self.flag}_l or {self.flag}_r)"

    def holds(self, left: Subject, right: Subject) -> bool:
        return bool(getattr(left, self.flag) or getattr(right, self.flag))


@dataclass(frozen=True)
class OnlyOne:
    """A flag is set on exactly one."""

    flag: str

    @property
    def sql(self) -> str:
        return f"{self.flag}_l <> {self.flag}_r"

    def holds(self, left: Subject, right: Subject) -> bool:
        return bool(getattr(left, self.flag)) != bool(getattr(right, self.flag))


@dataclass(frozen=True)
class Apart:
    """Two numbers differ by exactly one of these steps."""

    column: str
    steps: Sequence[int]

    @property
    def sql(self) -> str:
        return f"abs({self.column}_l - {self.column}_r) in ({', '.join(map(str, self.steps))})"

    def holds(self, left: Subject, right: Subject) -> bool:
        both = _both(self.column, left, right)
        return both is not None and abs(both[0] - both[1]) in self.steps


@dataclass(frozen=True)
class Crossed:
    """The one's first is the other's second, both ways."""

    first: str
    second: str

    @property
    def sql(self) -> str:
        return f"({self.first}_l = {self.second}_r and {self.second}_l = {self.first}_r)"

    def holds(self, left: Subject, right: Subject) -> bool:
        values = [getattr(subject, column) for subject in (left, right) for column in (self.first, self.second)]
        return None not in values and values[0] == values[3] and values[1] == values[2]


@dataclass(frozen=True)
class Meeting:
    """Two spans, widened by `slack`, have a year in common."""

    first: str
    last: str
    slack: int = 0

    @property
    def sql(self) -> str:
        first, last = self.first, self.last
        return f"({first}_l <= {last}_r + {self.slack} and {first}_r <= {last}_l + {self.slack})"

    def holds(self, left: Subject, right: Subject) -> bool:
        first, last = _both(self.first, left, right), _both(self.last, left, right)
        if first is None or last is None:
            return False
        return bool(first[0] <= last[1] + self.slack and first[1] <= last[0] + self.slack)


@dataclass(frozen=True)
class Alike:
    """Jaro–Winkler likeness of at least `threshold`, over bytes, as DuckDB counts it."""

    column: str
    threshold: float

    @property
    def sql(self) -> str:
        return f"jaro_winkler_similarity({self.column}_l, {self.column}_r) >= {self.threshold}"

    def holds(self, left: Subject, right: Subject) -> bool:
        both = _both(self.column, left, right)
        return both is not None and JaroWinkler.similarity(both[0].encode(), both[1].encode()) >= self.threshold


@dataclass(frozen=True)
class AllWords:
    """Every word of the shorter is in the longer. Words are a list, each once."""

    column: str

    @property
    def sql(self) -> str:
        one, other = f"{self.column}_l", f"{self.column}_r"
        return f"array_length(list_intersect({one}, {other})) = least(array_length({one}), array_length({other}))"

    def holds(self, left: Subject, right: Subject) -> bool:
        both = _both(self.column, left, right)
        return both is not None and (set(both[0]) <= set(both[1]) or set(both[1]) <= set(both[0]))


@dataclass(frozen=True)
class SameHalf:
    """The first or the last seven digits of sixteen are the same, as one slip always leaves them."""

    column: str

    @property
    def sql(self) -> str:
        one, other = f"{self.column}_l", f"{self.column}_r"
        return f"(substr({one}, 1, 7) = substr({other}, 1, 7) or substr({one}, 10, 7) = substr({other}, 10, 7))"

    def holds(self, left: Subject, right: Subject) -> bool:
        both = _both(self.column, left, right)
        return both is not None and (both[0][:7] == both[1][:7] or both[0][9:] == both[1][9:])


@dataclass(frozen=True)
class OneSlip:
    """Two numbers of the same length of which one digit differs, or two neighbours changed places.

    Asked only where `gate` holds, in a CASE: DuckDB works out both sides of a plain AND, and the gate is the cheap one.
    """

    column: str
    gate: Condition

    @property
    def sql(self) -> str:
        one, other = f"{self.column}_l", f"{self.column}_r"
        return f"case when {self.gate.sql} then damerau_levenshtein({one}, {other}) = 1 else false end"

    def holds(self, left: Subject, right: Subject) -> bool:
        both = _both(self.column, left, right)
        if both is None or not self.gate.holds(left, right):
            return False
        differ = [at for at, (one, other) in enumerate(zip(*both, strict=True)) if one != other]
        if len(differ) == 2 and differ[1] == differ[0] + 1:
            return bool(both[0][differ[0]] == both[1][differ[1]] and both[0][differ[1]] == both[1][differ[0]])
        return len(differ) == 1


@dataclass(frozen=True)
class Every:
    parts: tuple[Condition, ...]

    @property
    def sql(self) -> str:
        return "(" + " and ".join(part.sql for part in self.parts) + ")"

    def holds(self, left: Subject, right: Subject) -> bool:
        return all(part.holds(left, right) for part in self.parts)


@dataclass(frozen=True)
class Some:
    parts: tuple[Condition, ...]

    @property
    def sql(self) -> str:
        return "(" + " or ".join(part.sql for part in self.parts) + ")"

    def holds(self, left: Subject, right: Subject) -> bool:
        return any(part.holds(left, right) for part in self.parts)


def every(*parts: Condition) -> Condition:
    return Every(parts)


def some(*parts: Condition) -> Condition:
    return Some(parts)
