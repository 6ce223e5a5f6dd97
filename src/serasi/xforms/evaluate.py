"""What an answered form is worth: its calculates, what of it is relevant, and what is wrong with it.

The server's word is the record (docs/adr/0016): nothing that a client calculated is believed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_noop as _
from lxml import etree

from serasi.xforms.datatypes import belongs
from serasi.xforms.form import Form
from serasi.xforms.instance import MOST_BYTES_OF_INSTANCE, is_meta, new_element, put
from serasi.xforms.parts import Control, ControlKind, Field, Words
from serasi.xforms.safe_xml import parse
from serasi.xforms.working import Working
from serasi.xforms.xpath import Broken, Node, TooMuchWork
from serasi.xforms.xpath.values import to_number

NOTHING: Mapping[str, Sequence[Mapping[str, str]]] = {}


class ProblemKind(StrEnum):
    REQUIRED = "required"
    CONSTRAINT = "constraint"
    TYPE = "type"
    CHOICE = "choice"
    ROWS = "rows"
    """A row of a repeat beyond the number that the form itself gives."""
    EXPRESSION = "expression"
    """An expression of the form failed: a fault of its author, not of who answers."""


DEFAULTS = {
    ProblemKind.REQUIRED: _("Isian ini wajib."),
    ProblemKind.CONSTRAINT: _("Jawaban ini tidak diperbolehkan."),
    ProblemKind.TYPE: _("Jawaban ini bukan jenis yang diminta."),
    ProblemKind.CHOICE: _("Pilihan ini tidak ada."),
    ProblemKind.ROWS: _("Baris ini lebih dari jumlah yang disebut. Hapus barisnya, atau betulkan jumlahnya."),
}
"""What is said where the form has no words of its own: Indonesian source text, which the catalogue knows."""


@dataclass(frozen=True, slots=True)
class Problem:
    """``path`` names the row within repeats: ``/data/anggota[2]/umur``. ``message`` has the form's own words if any."""

    path: str
    kind: ProblemKind
    message: Words


@dataclass(frozen=True, slots=True)
class Evaluated:
    """``values`` are all calculates, by path (rows within repeats: ``/data/anggota[2]/tahun``); "" is none.

    ``irrelevant`` are the paths that are not asked: their answers count for nothing, and `finished` leaves them out.
    """

    values: Mapping[str, str]
    irrelevant: frozenset[str]
    problems: tuple[Problem, ...]
    root: Node


def evaluate(
    form: Form,
    instance: bytes,
    *,
    now: datetime,
    secondary: Mapping[str, Sequence[Mapping[str, str]]] = NOTHING,
) -> Evaluated:
    """Work an instance out.

    ``now`` must know its zone, which is that of whoever answers; ``secondary`` are the lists that come from outside, by
    the name the form gives them, each row a mapping of columns.

    Raises UnsafeXml; NotOfThisForm for nodes that the form does not have; TooMuchWork for a form that does not come to
    an end; Tangled. An expression that fails by itself is a problem and its value is blank.
    """
    working = Working(form, parse(instance, most_bytes=MOST_BYTES_OF_INSTANCE), now, secondary)
    try:
        working.work()
        checking = Checking(form, working)
        checking.look(working.root.children[0], "")
    except RecursionError:
        raise TooMuchWork from None
    return Evaluated(
        values=checking.values,
        irrelevant=frozenset(checking.irrelevant),
        problems=tuple(checking.problems),
        root=working.root.children[0],
    )


def finished(form: Form, evaluated: Evaluated) -> bytes:
    """The instance as it is kept: calculates filled in, what is not relevant left out."""
    root = _element(form, evaluated.root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8")


def _element(form: Form, node: Node) -> etree._Element:
    field = form.fields.get(node.path) or Field(node.path, f"{_namespace(form)}{node.name}")
    element = new_element(field)
    for name, value in node.attributes.items():
        element.set(name, value)
    if node.children:
        element.extend(_element(form, child) for child in node.children if child.relevant is not False)
    else:
        put(element, node.text, node.path)
    return element


def _namespace(form: Form) -> str:
    namespace = etree.QName(form.fields[form.root].tag).namespace
    return f"{{{namespace}}}" if namespace else ""


class Checking:
    """A walk over the worked-out instance in the order it is asked."""

    def __init__(self, form: Form, working: Working) -> None:
        self.form = form
        self.working = working
        self.values: dict[str, str] = {}
        self.irrelevant: list[str] = []
        self.problems: list[Problem] = []
        self.broken: dict[Node, str] = {node: fault.message for node, fault in working.broken}

    def look(self, node: Node, above: str) -> None:
        field = self.form.fields.get(node.path)
        if field is None:
            return  # metadata of the device
        address = f"{above}/{node.name}[{node.place}]" if field.is_repeat else f"{above}/{node.name}"
        is_relevant = self.working.is_relevant(node)
        if not is_relevant:
            self.irrelevant.append(address)
        if field.calculate is not None:
            self.values[address] = node.text if is_relevant else ""
        if is_relevant and not is_meta(self.form, field.path):
            self.problems += [Problem(address, kind, words) for kind, words in self._wrong(field, node)]
        for child in node.children:
            self.look(child, address)

    def _wrong(self, field: Field, node: Node) -> Iterator[tuple[ProblemKind, Words]]:
        if field.is_repeat and self._is_beyond_count(field, node):
            yield ProblemKind.ROWS, _said(ProblemKind.ROWS)
        if node in self.broken:
            yield ProblemKind.EXPRESSION, Words({"": (self.broken[node],)})
        control = self.form.controls.get(field.path)
        if node.children or (control is None and field.calculate is None):
            return
        if not node.text.strip():
            if control is not None and field.required and self.working.holds(field.required, node, when_broken=True):
                yield ProblemKind.REQUIRED, field.required_message or _said(ProblemKind.REQUIRED)
        elif not belongs(node.text, field.type):
            yield ProblemKind.TYPE, _said(ProblemKind.TYPE)
        elif control is not None and (fault := self._choice_fault(control, node)) is not None:
            yield fault
        elif field.constraint and not self.working.holds(field.constraint, node, when_broken=False):
            yield ProblemKind.CONSTRAINT, field.constraint_message or _said(ProblemKind.CONSTRAINT)

    def _is_beyond_count(self, field: Field, node: Node) -> bool:
        """Whether the form counts its rows and this one is one too many; an unknown number is none."""
        repeat = self.form.repeats.get(field.path)
        if repeat is None or repeat.count is None:
            return False
        number = self.working.number(repeat.count, node)
        return number is not None and node.place > max(0, number)

    def _choice_fault(self, control: Control, node: Node) -> tuple[ProblemKind, Words] | None:
        try:
            is_choice = self._is_choice(control, node)
        except TooMuchWork:
            raise
        except Broken as fault:
            return ProblemKind.EXPRESSION, Words({"": (fault.message,)})
        return None if is_choice else (ProblemKind.CHOICE, _said(ProblemKind.CHOICE))

    def _is_choice(self, control: Control, node: Node) -> bool:
        match control.kind:
            case ControlKind.SELECT_ONE:
                return node.text in self.working.allowed(control, node)
            case ControlKind.SELECT | ControlKind.RANK:
                chosen = node.text.split()
                return len(set(chosen)) == len(chosen) and self.working.allowed(control, node).issuperset(chosen)
            case ControlKind.RANGE:
                least, most = (to_number(control.attributes.get(bound, "")) for bound in ("start", "end"))
                return not (to_number(node.text) < least or to_number(node.text) > most)
            case _:
                return True


def _said(kind: ProblemKind) -> Words:
    return Words({"": (DEFAULTS[kind],)})
