"""What paths lead through: an instance as plain nodes, which are several times quicker to walk than XML."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class DataType(StrEnum):
    """How the text of a node is read; what a form does not name is read as text."""

    STRING = "string"
    INT = "int"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "dateTime"
    GEOPOINT = "geopoint"
    GEOTRACE = "geotrace"
    GEOSHAPE = "geoshape"
    BINARY = "binary"
    BARCODE = "barcode"
    INTENT = "intent"
    SELECT = "select"
    SELECT_ONE = "select1"
    RANK = "odk:rank"


class Node:
    """An element (or attribute) of an instance.

    ``place`` counts among siblings of the same name from 1. ``path`` is the generic path, the same for all rows of a
    repeat. ``relevant`` and ``value`` are None until someone asks: whoever evaluates the instance fills them.
    """

    __slots__ = ("attributes", "children", "name", "parent", "path", "place", "relevant", "text", "value")

    def __init__(self, name: str, *, parent: "Node | None" = None, text: str = "", place: int = 1) -> None:
        self.name = name
        self.parent = parent
        self.text = text
        self.place = place
        self.path: str = f"{parent.path}/{name}" if parent is not None else ""
        self.children: list[Node] = []
        self.attributes: dict[str, str] = {}
        self.relevant: bool | None = None
        self.value: Scalar | None = None

    @classmethod
    def settled(cls, name: str, *, parent: "Node | None" = None, text: str = "") -> "Node":
        """A node of which nothing is asked anew, below its parent: of a list, or what a device says of itself."""
        node = cls(name, parent=parent, text=text)
        node.relevant, node.value = True, text
        if parent is not None:
            parent.children.append(node)
        return node

    def ancestors(self) -> Iterator["Node"]:
        """Parents, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def descendants(self) -> Iterator["Node"]:
        """All below, in the order of the document."""
        waiting = list(reversed(self.children))
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)


Scalar: TypeAlias = str | float | bool | date
"""One value; `datetime` is a date too. Empty text is a blank."""
Value: TypeAlias = Scalar | list[Node]
