"""An instance while it is worked out: its nodes, and what expressions ask of them (`xpath.Source`).

A node's relevance and value are found when someone first asks. `Form.order` asks in an order in which whatever a node
hangs on is already there; what it cannot foresee, one row of a repeat looking at another, is found on the way.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from functools import lru_cache

from lxml import etree

from serasi.xforms.form import Form
from serasi.xforms.instance import JAVAROSA_TEMPLATE, NotOfThisForm, UnknownPath, is_meta
from serasi.xforms.order import Duty, Tangled
from serasi.xforms.parts import Choice, Control, Expression, Field, Itemset, Words
from serasi.xforms.reading import listed, settle
from serasi.xforms.safe_xml import child_elements, local_name
from serasi.xforms.xpath import (
    Broken,
    Call,
    DataType,
    Evaluator,
    MissingList,
    Node,
    Path,
    Scalar,
    TooMuchWork,
    Tree,
    Unparsed,
    parse,
    resolved,
)
from serasi.xforms.xpath.values import to_boolean, to_number, to_text, typed


class Working:
    """``broken`` are the expressions that failed, by node and what they were for."""

    def __init__(
        self,
        form: Form,
        instance: etree._Element,
        now: datetime,
        secondary: Mapping[str, Sequence[Mapping[str, str]]],
    ) -> None:
        self.form = form
        self.now = now
        self.zone = _zone(now)
        self.broken: list[tuple[Node, Broken]] = []
        self._lists = {name: each.document for name, each in form.secondary.items() if each.document is not None}
        self._lists |= {name: listed([]) for name, each in form.secondary.items() if each.is_last_saved}
        self._lists |= {name: listed(rows) for name, rows in secondary.items()}
        self._index: dict[str, list[Node]] = {}
        self._busy: list[tuple[Duty, Node]] = []
        self._common_choices: dict[str, frozenset[str]] = {}
        self.evaluator = Evaluator(self)
        if f"/{local_name(instance)}" != form.root:
            raise UnknownPath(f"/{local_name(instance)}")
        self.root = Node("")
        self.root.relevant, self.root.value = True, ""
        self.root.children = [self._node(form.fields[form.root], instance, self.root, 1)]

    def work(self) -> None:
        """Settle every relevance and every calculate."""
        for duty, path in self.form.order:
            for node in self.at(path):
                if self.is_relevant(node) and duty is Duty.CALCULATE:
                    self.worth(node)

    # --- the instance as nodes

    def _node(self, field: Field, element: etree._Element | None, parent: Node, place: int) -> Node:
        """A node with everything that the form has below it: what was not sent is blank."""
        node = Node(field.name, parent=parent, place=place)
        self._index.setdefault(field.path, []).append(node)
        sent: dict[str, list[etree._Element]] = {}
        if element is not None:
            node.attributes = {str(name): str(value) for name, value in element.attrib.items()}
            for child in child_elements(element):
                if JAVAROSA_TEMPLATE not in child.attrib:
                    sent.setdefault(local_name(child), []).append(child)
            node.text = "" if field.children else element.text or ""
        for path in field.children:
            inner = self.form.fields[path]
            found: list[etree._Element | None] = [*sent.pop(inner.name, [])]
            if not inner.is_repeat:
                if len(found) > 1:
                    raise NotOfThisForm(path, "Isian ini ada dua kali.")
                found = found or [None]
            node.children += [self._node(inner, each, node, at) for at, each in enumerate(found, start=1)]
        for name, elements in sent.items():
            path = f"{field.path}/{name}"
            if not is_meta(self.form, path):
                raise UnknownPath(path)
            for each in elements:
                settle(each, node)
        return node

    # --- what expressions ask

    @property
    def version(self) -> str:
        return self.form.version

    @property
    def language(self) -> str:
        return self.form.default_language

    def at(self, path: str) -> Sequence[Node]:
        return self._index.get(path, ())

    def is_relevant(self, node: Node) -> bool:
        if node.relevant is None:
            expression = self.form.fields[node.path].relevant
            above = node.parent is None or self.is_relevant(node.parent)
            node.relevant = above and (
                expression is None or self.holds(expression, node, duty=Duty.RELEVANT, when_broken=True)
            )
        return node.relevant

    def worth(self, node: Node) -> Scalar:
        if node.value is not None:
            return node.value
        field = self.form.fields[node.path]
        if node.children:
            node.value = ""
        elif field.calculate is None:
            node.value = typed(node.text, field.type, self.zone)
        elif self._busy and self._busy[-1] == (Duty.CALCULATE, node):
            return typed(node.text, field.type, self.zone)  # a calculate that looks at what stood there
        else:
            value = self._tried(field.calculate, node, Duty.CALCULATE)
            node.value = stored("" if value is None else value, field.type, self.zone)
            node.text = to_text(node.value)
        return node.value

    def secondary(self, name: str) -> Node:
        if name not in self._lists:
            raise MissingList(name)
        return self._lists[name]

    def words(self, name: str) -> str:
        return self._said(self.form.texts.get(name, Words()), self.root)

    def choice_name(self, path: str, value: str, at: Node) -> str:
        try:
            tree = _parsed(path)
        except Unparsed:
            raise Broken(f"“{path}” bukan pertanyaan pilihan.") from None
        control = self.form.controls.get(resolved(tree, at.path) or "") if isinstance(tree, Path) else None
        asked = self.evaluator.evaluate(tree, at)
        if control is None or not isinstance(asked, list):
            raise Broken(f"“{path}” bukan pertanyaan pilihan.")
        choices = self.choices(control, asked[0]) if asked else iter(())
        return next((self._said(choice.label, at) for choice in choices if choice.value == value), "")

    def _said(self, words: Words, at: Node) -> str:
        """Words with the values that stand between them."""
        pieces = words.in_language(self.language)
        return "".join(piece if isinstance(piece, str) else self._text(piece.tree, at) for piece in pieces).strip()

    # --- expressions at nodes

    def holds(self, expression: Expression, node: Node, *, when_broken: bool, duty: Duty = Duty.RELEVANT) -> bool:
        value = self._tried(expression, node, duty)
        return when_broken if value is None else to_boolean(value)

    def number(self, expression: Expression, node: Node) -> float | None:
        """The value of an expression as a number: nought where it is blank, None where it fails."""
        value = self._tried(expression, node, Duty.RELEVANT)
        number = None if value is None else to_number(value)
        return 0.0 if number is not None and number != number else number  # noqa: PLR0124 - NaN

    def _tried(self, expression: Expression, node: Node, duty: Duty) -> Scalar | None:
        """The value of an expression at a node, or None when it fails, which is noted."""
        task = (duty, node)
        if task in self._busy:
            raise Tangled(tuple(dict.fromkeys(each.path for _, each in self._busy)))
        self._busy.append(task)
        try:
            return self.evaluator.single(self.evaluator.evaluate(expression.tree, node))
        except TooMuchWork:
            raise
        except Broken as fault:
            self.broken.append((node, fault))
            return None
        finally:
            self._busy.pop()

    # --- choices

    def allowed(self, control: Control, node: Node) -> frozenset[str]:
        """The values that may be chosen at a node."""
        choices = control.choices
        if not isinstance(choices, Itemset):
            return frozenset(choice.value for choice in choices)
        if not _is_whole_list(choices.items.tree):
            return frozenset(choice.value for choice in self._items(choices, node))
        if choices.items.source not in self._common_choices:
            found = frozenset(choice.value for choice in self._items(choices, node))
            self._common_choices[choices.items.source] = found
        return self._common_choices[choices.items.source]

    def choices(self, control: Control, node: Node) -> Iterator[Choice]:
        if isinstance(control.choices, Itemset):
            yield from self._items(control.choices, node)
        else:
            yield from control.choices

    def _items(self, itemset: Itemset, node: Node) -> Iterator[Choice]:
        items = self.evaluator.evaluate(itemset.items.tree, node)
        for item in items if isinstance(items, list) else []:
            yield Choice(self._text(itemset.value.tree, item), self._label(itemset.label.tree, item))

    def _label(self, tree: Tree, item: Node) -> Words:
        if isinstance(tree, Call) and tree.name == "jr:itext" and len(tree.arguments) == 1:
            return self.form.texts.get(self._text(tree.arguments[0], item), Words())
        return Words({"": (self._text(tree, item),)})

    def _text(self, tree: Tree, item: Node) -> str:
        return to_text(self.evaluator.single(self.evaluator.evaluate(tree, item)))


def stored(value: Scalar, kind: DataType, zone: tzinfo) -> Scalar:
    """A calculated value as its node keeps it: what is no number is blank; whole numbers and days are cut to that."""
    if isinstance(value, bool):
        return float(value) if kind in {DataType.INT, DataType.DECIMAL} else value
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124 - NaN
            return ""
        return float(int(value)) if kind is DataType.INT and abs(value) != float("inf") else value
    if isinstance(value, datetime):
        return value.date() if kind is DataType.DATE else value
    if isinstance(value, date):
        return datetime.combine(value, time.min, zone) if kind is DataType.DATE_TIME else value
    return typed(value, kind, zone)


def _zone(now: datetime) -> tzinfo:
    if now.tzinfo is None:
        raise ValueError("the clock must know its zone")
    return now.tzinfo


def _is_whole_list(tree: Tree) -> bool:
    """A list without a filter, which is the same for every question."""
    return (
        isinstance(tree, Path)
        and isinstance(tree.start, Call)
        and tree.start.name == "instance"
        and not any(step.predicates for step in tree.steps)
    )


@lru_cache(maxsize=512)
def _parsed(path: str) -> Tree:
    return parse(path)
