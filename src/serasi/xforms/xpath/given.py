"""What an expression may ask: of the instance (`Source`), of where it stands (`Scope`), of its arguments (`Given`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from serasi.xforms.xpath.broken import Broken
from serasi.xforms.xpath.nodes import Node, Scalar, Value
from serasi.xforms.xpath.reading import resolved
from serasi.xforms.xpath.tree import Path, Tree
from serasi.xforms.xpath.values import to_boolean, to_number, to_text

if TYPE_CHECKING:
    from serasi.xforms.xpath.evaluator import Evaluator


class Source(Protocol):
    """The instance that expressions are evaluated in."""

    @property
    def root(self) -> Node:
        """The document: its one child is the element of the primary instance."""

    @property
    def now(self) -> datetime:
        """What the clock says, in the zone of whoever fills the form."""

    @property
    def version(self) -> str: ...

    @property
    def language(self) -> str: ...

    def at(self, path: str) -> Sequence[Node]:
        """All nodes of a generic path of the primary instance."""

    def is_relevant(self, node: Node) -> bool: ...

    def worth(self, node: Node) -> Scalar:
        """What a node says by its type; a calculate is found first."""

    def secondary(self, name: str) -> Node:
        """The document of a list, whose one child is its root element. Raises MissingList."""

    def words(self, name: str) -> str:
        """A translated text of the form by its id."""

    def choice_name(self, path: str, value: str, at: Node) -> str:
        """The label of a choice of the question at a generic path."""


@dataclass(slots=True)
class Scope:
    """Where an expression stands: ``node`` and its place among ``size``, and the node that all began from."""

    node: Node
    current: Node
    position: int | None = None
    size: int = 1


class Given:
    """The arguments of a function, each found when it is asked for: `if` and `coalesce` need no rule of their own."""

    __slots__ = ("arguments", "evaluator", "scope")

    def __init__(self, evaluator: "Evaluator", scope: Scope, arguments: tuple[Tree, ...]) -> None:
        self.evaluator = evaluator
        self.scope = scope
        self.arguments = arguments

    def __len__(self) -> int:
        return len(self.arguments)

    @property
    def source(self) -> Source:
        return self.evaluator.source

    def value(self, at: int) -> Value:
        return self.evaluator.value(self.arguments[at], self.scope)

    def scalar(self, at: int) -> Scalar:
        return self.evaluator.scalar(self.arguments[at], self.scope)

    def text(self, at: int) -> str:
        return to_text(self.scalar(at))

    def number(self, at: int) -> float:
        return to_number(self.scalar(at))

    def boolean(self, at: int) -> bool:
        return to_boolean(self.scalar(at))

    def nodes(self, at: int) -> list[Node]:
        return self.evaluator.nodes(self.arguments[at], self.scope)

    def all(self, start: int = 0) -> list[Scalar]:
        """Every value from an argument on, those of nodes one by one."""
        found: list[Scalar] = []
        for at in range(start, len(self.arguments)):
            value = self.value(at)
            found += [self.evaluator.worth(node) for node in value] if isinstance(value, list) else [value]
        return found

    def everywhere(self, at: int) -> list[Node]:
        """All nodes that a path may mean, in whatever row, as `indexed-repeat` reads its paths."""
        path = self.arguments[at]
        names = resolved(path, self.scope.current.path) if isinstance(path, Path) else None
        if names is None:
            raise Broken("Di sini harus berdiri sebuah pertanyaan.")
        return [node for node in self.source.at(names) if self.evaluator.is_relevant(node)]
