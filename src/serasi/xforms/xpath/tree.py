"""What an expression says, as a tree. Frozen, so that a form is parsed once and read by everyone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Axis(StrEnum):
    """Where a step leads, from the node it is taken from."""

    SELF = "self"
    PARENT = "parent"
    ANCESTOR = "ancestor"
    ANCESTOR_OR_SELF = "ancestor-or-self"
    CHILD = "child"
    DESCENDANT = "descendant"
    DESCENDANT_OR_SELF = "descendant-or-self"
    FOLLOWING_SIBLING = "following-sibling"
    PRECEDING_SIBLING = "preceding-sibling"
    ATTRIBUTE = "attribute"


ANY = "*"
"""The name that every element bears in a step."""


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Call:
    """A function and what it is given. ``position`` counts characters of the expression from 0."""

    name: str
    arguments: tuple["Tree", ...]
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands of one precedence from left to right, so that a sum of 300 items is not 300 deep."""

    first: "Tree"
    rest: tuple[tuple[str, "Tree"], ...]


@dataclass(frozen=True, slots=True)
class Negative:
    operand: "Tree"


@dataclass(frozen=True, slots=True)
class Step:
    axis: Axis
    name: str
    predicates: tuple["Tree", ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the root (``absolute``), from what ``start`` finds, or from the context node; `/` alone has none."""

    steps: tuple[Step, ...]
    absolute: bool = False
    start: "Tree | None" = None

    @property
    def is_plain(self) -> bool:
        """Names from the root downwards alone, as every `${question}` becomes outside repeats."""
        return (
            self.absolute
            and bool(self.steps)
            and all(step.axis is Axis.CHILD and not step.predicates and step.name != ANY for step in self.steps)
        )


@dataclass(frozen=True, slots=True)
class Filtered:
    """An expression in brackets or a function with predicates: they count over all that it finds."""

    start: "Tree"
    predicates: tuple["Tree", ...]


Tree: TypeAlias = Text | Number | Call | Chain | Negative | Path | Filtered


def parts(tree: Tree) -> Iterator[Tree]:
    """The tree itself and everything within it, predicates too."""
    waiting: list[Tree] = [tree]
    while waiting:
        part = waiting.pop()
        yield part
        match part:
            case Call():
                waiting += reversed(part.arguments)
            case Chain():
                waiting += reversed([part.first, *(operand for _, operand in part.rest)])
            case Negative():
                waiting.append(part.operand)
            case Filtered():
                waiting += reversed([part.start, *part.predicates])
            case Path():
                waiting += reversed([predicate for step in part.steps for predicate in step.predicates])
                if part.start is not None:
                    waiting.append(part.start)
            case Text() | Number():
                pass
