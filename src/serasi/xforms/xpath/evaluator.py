"""What an expression is worth at a node of an instance.

An instance lends itself by `Source`; the evaluator walks and counts. Work is bounded: an expression that would not
come to an end soon, wilfully or not, is refused.
"""

import math
from collections.abc import Callable, Sequence

from .broken import Broken, TooMuchWork
from .functions import function
from .given import Given, Scope, Source
from .nodes import Node, Scalar, Value
from .tree import ANY, Axis, Call, Chain, Filtered, Negative, Number, Path, Step, Text, Tree
from .values import ORDER, equal, to_boolean, to_number, unique

MOST_STEPS = 2_000_000
"""Steps of all expressions of one evaluation, some seconds of work; a scale of 20 items takes about 1,000."""


class Evaluator:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.steps = MOST_STEPS

    def evaluate(self, tree: Tree, node: Node) -> Value:
        """Raises Broken, of which TooMuchWork and UnknownFunction are kinds."""
        return self.value(tree, Scope(node, node))

    def spend(self, steps: int = 1) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise TooMuchWork

    # --- kinds of expressions

    def value(self, tree: Tree, scope: Scope) -> Value:
        self.spend()
        match tree:
            case Path():
                return self._path(tree, scope)
            case Text() | Number():
                return tree.value
            case Call():
                return function(tree.name, len(tree.arguments)).work(Given(self, scope, tree.arguments))
            case Chain():
                return self._chain(tree, scope)
            case Negative():
                return -to_number(self.scalar(tree.operand, scope))
            case Filtered():
                return self._kept(self.nodes(tree.start, scope), tree.predicates, scope)

    def _path(self, tree: Path, scope: Scope) -> Value:
        if tree.is_plain:
            found = self.source.at("/" + "/".join([step.name for step in tree.steps]))
            if len(found) < 2:
                return [node for node in found if self.is_relevant(node)]
        if tree.start is not None:
            nodes = self.nodes(tree.start, scope)
        else:
            nodes = [self.source.root] if tree.absolute else [scope.node]
        lineage = {scope.current, *scope.current.ancestors()} if tree.absolute else set()
        for at, step in enumerate(tree.steps):
            nodes = self._stepped(step, nodes, scope)
            if lineage and step.axis is Axis.CHILD and not step.predicates and at < len(tree.steps) - 1:
                # An absolute path within a repeat means its own row (specification, "A Big Deviation with XForms").
                nodes = [node for node in nodes if node in lineage] or nodes
        return [node for node in nodes if self.is_relevant(node)]

    def _chain(self, tree: Chain, scope: Scope) -> Value:
        match tree.rest[0][0]:
            case "or":
                return self.boolean(tree.first, scope) or any(self.boolean(each, scope) for _, each in tree.rest)
            case "and":
                return self.boolean(tree.first, scope) and all(self.boolean(each, scope) for _, each in tree.rest)
            case "|":
                operands = [tree.first, *(each for _, each in tree.rest)]
                return unique(node for each in operands for node in self.nodes(each, scope))
        value = self.value(tree.first, scope)
        for operator, operand in tree.rest:
            value = self._operated(operator, value, self.value(operand, scope))
        return value

    def _operated(self, operator: str, left: Value, right: Value) -> Value:
        arithmetic = ARITHMETIC.get(operator)
        if arithmetic is not None:
            return arithmetic(to_number(self.single(left)), to_number(self.single(right)))
        ones, others = self.each(left), self.each(right)
        self.spend(len(ones) * len(others))
        return any(_compared(operator, one, other) for one in ones for other in others)

    # --- paths

    def _stepped(self, step: Step, nodes: list[Node], scope: Scope) -> list[Node]:
        found: list[Node] = []
        for node in nodes:
            along = _along(step.axis, node)
            self.spend(1 + len(along))
            reached = [each for each in along if step.name in (ANY, each.name)]
            found += self._kept(reached, step.predicates, scope) if step.predicates else reached
        return unique(found) if len(nodes) > 1 else found

    def _kept(self, nodes: list[Node], predicates: tuple[Tree, ...], scope: Scope) -> list[Node]:
        for predicate in predicates:
            column = _column_asked(predicate)
            if column is not None:
                nodes = self._with_cell(nodes, *column, scope)
                continue
            size = len(nodes)
            nodes = [
                node
                for place, node in enumerate(nodes, start=1)
                if self._holds(predicate, Scope(node, scope.current, place, size), place)
            ]
        return nodes

    def _with_cell(self, nodes: list[Node], column: str, wanted: Tree, scope: Scope) -> list[Node]:
        """The quick way through lists of thousands: ``item[column = wanted]``, where ``wanted`` is the same for all."""
        values = self.each(self.value(wanted, scope))
        self.spend(len(nodes) * len(values))
        kept: list[Node] = []
        for node in nodes:
            cells = self.each([cell for cell in node.children if cell.name == column and self.is_relevant(cell)])
            if any(equal(cell, value) for cell in cells for value in values):
                kept.append(node)
        return kept

    def _holds(self, predicate: Tree, scope: Scope, place: int) -> bool:
        value = self.value(predicate, scope)
        return value == place if isinstance(value, float) else to_boolean(self.single(value))

    # --- as one kind of value

    def is_relevant(self, node: Node) -> bool:
        return node.relevant if node.relevant is not None else self.source.is_relevant(node)

    def worth(self, node: Node) -> Scalar:
        return node.value if node.value is not None else self.source.worth(node)

    def single(self, value: Value) -> Scalar:
        """Of nodes the first; of none a blank."""
        if isinstance(value, list):
            return self.worth(value[0]) if value else ""
        return value

    def each(self, value: Value) -> list[Scalar]:
        """Of nodes each (of none a blank): a comparison holds when it does for one of them (XPath 1.0, 3.4)."""
        if isinstance(value, list):
            return [self.worth(node) for node in value] or [""]
        return [value]

    def scalar(self, tree: Tree, scope: Scope) -> Scalar:
        return self.single(self.value(tree, scope))

    def boolean(self, tree: Tree, scope: Scope) -> bool:
        """Nodes are true as the value of the first is (JavaRosa; XPath 1.0 asks only whether there are any)."""
        return to_boolean(self.scalar(tree, scope))

    def nodes(self, tree: Tree, scope: Scope) -> list[Node]:
        value = self.value(tree, scope)
        if not isinstance(value, list):
            raise Broken("Di sini harus berdiri sebuah pertanyaan atau daftar, bukan nilai.")
        return value


def _along(axis: Axis, node: Node) -> Sequence[Node]:  # noqa: PLR0911 - one line for each direction
    match axis:
        case Axis.CHILD:
            return node.children
        case Axis.SELF:
            return [node]
        case Axis.PARENT:
            return [node.parent] if node.parent is not None else []
        case Axis.ATTRIBUTE:
            return [attribute_of(node, name) for name in node.attributes]
        case Axis.DESCENDANT:
            return list(node.descendants())
        case Axis.DESCENDANT_OR_SELF:
            return [node, *node.descendants()]
        case Axis.ANCESTOR:
            return list(node.ancestors())
        case Axis.ANCESTOR_OR_SELF:
            return [node, *node.ancestors()]
        case Axis.FOLLOWING_SIBLING | Axis.PRECEDING_SIBLING:
            siblings = node.parent.children if node.parent is not None else [node]
            at = siblings.index(node)
            return siblings[at + 1 :] if axis is Axis.FOLLOWING_SIBLING else siblings[:at][::-1]


def _column_asked(predicate: Tree) -> tuple[str, Tree] | None:
    """The column and what it shall be, of a predicate like ``[column = /data/answer]``."""
    match predicate:
        case Chain(Path((Step(Axis.CHILD, column, ()),), absolute=False, start=None), (("=", wanted),)):
            return (column, wanted) if column != ANY and _is_same_everywhere(wanted) else None
        case _:
            return None


def _is_same_everywhere(tree: Tree) -> bool:
    match tree:
        case Text() | Number():
            return True
        case Path(steps, absolute=absolute, start=start):
            begins_outside = absolute or (isinstance(start, Call) and start.name == "current")
            return begins_outside and not any(step.predicates for step in steps)
        case _:
            return False


def attribute_of(node: Node, name: str) -> Node:
    attribute = Node(name, parent=node, text=node.attributes[name])
    attribute.relevant, attribute.value = True, attribute.text
    return attribute


def _compared(operator: str, left: Scalar, right: Scalar) -> bool:
    if operator == "=":
        return equal(left, right)
    if operator == "!=":
        return not equal(left, right)
    return ORDER[operator](to_number(left), to_number(right))


def _divided(left: float, right: float) -> float:
    if right != 0:
        return left / right
    return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left) * math.copysign(1, right)


def _remainder(left: float, right: float) -> float:
    """With the sign of the dividend."""
    return math.nan if right == 0 or math.isinf(left) or math.isnan(left) else math.fmod(left, right)


ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _divided,
    "mod": _remainder,
}
