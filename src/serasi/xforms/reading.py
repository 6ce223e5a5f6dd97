"""A form as pyxform writes it (XHTML around an XForms model), read into its parts.

What is not understood is collected as faults, so that whoever wrote the form is told everything at once.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from serasi.xforms.parts import (
    UNTRANSLATED,
    Choice,
    Control,
    ControlKind,
    EntityDeclaration,
    Expression,
    Field,
    Group,
    Itemset,
    Part,
    Repeat,
    Secondary,
    SetValue,
    Words,
)
from serasi.xforms.safe_xml import child_elements, local_name
from serasi.xforms.xpath import DataType, Node, Unparsed, parse, resolved
from serasi.xforms.xpath.tree import Path, Text

JAVAROSA = "{http://openrosa.org/javarosa}"
ENTITIES = "{http://www.opendatakit.org/xforms/entities}"
OPENROSA = "{http://openrosa.org/xforms}"
ITEXT = re.compile(r"\s*jr:itext\(\s*'([^']*)'\s*\)\s*")
TEMPLATE = JAVAROSA + "template"
TYPES = {each.value: each for each in DataType}
CONTROLS = {kind.value: kind for kind in ControlKind}
OWN_ATTRIBUTES = frozenset({"ref", "appearance", "nodeset", "bind"})


@dataclass(frozen=True, slots=True)
class Fault:
    """An expression that is none. ``what`` is the attribute it stands in, ``position`` counts its characters from 0."""

    path: str
    what: str
    expression: str
    message: str
    position: int


class NotAForm(Exception):
    """The XML is no form that can be used; ``message`` is Indonesian, ``faults`` are its wrong expressions."""

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message, *(fault.message for fault in faults))
        self.message = message
        self.faults = faults


class Reader:
    def __init__(self, html: etree._Element) -> None:
        self.faults: list[Fault] = []
        self.model = _only(html, "head", "model")
        self.instances = [element for element in child_elements(self.model) if local_name(element) == "instance"]
        primary = next((child_elements(element) for element in self.instances if child_elements(element)), [])
        if len(primary) != 1 or self.instances[0].get("id") is not None:
            raise NotAForm("Formulir ini tidak memuat isian (instance).")
        self.primary = primary[0]
        self.title = "".join(_only(html, "head", "title").itertext()).strip()
        self.translations = self._translations()
        self.secondary = tuple(self._secondary())
        self.body = self._parts(_only(html, "body"))
        self.fields = self._fields()
        self.setvalues = tuple(self._setvalues(html))

    # --- words

    def _translations(self) -> dict[str, dict[str, etree._Element]]:
        """By language its texts by id; the default language comes first."""
        itext = next((element for element in child_elements(self.model) if local_name(element) == "itext"), None)
        languages = [] if itext is None else child_elements(itext)
        languages.sort(key=lambda language: language.get("default") is None)
        return {
            language.get("lang", ""): {text.get("id", ""): text for text in child_elements(language)}
            for language in languages
        }

    def translated(self, name: str) -> Words:
        """The words that `jr:itext` names, in every language."""
        languages: dict[str, tuple[str | Expression, ...]] = {}
        media: dict[str, dict[str, str]] = {}
        for language, texts in self.translations.items():
            for value in child_elements(texts[name]) if name in texts else ():
                form = value.get("form")
                if form is None or (form == "long" and language not in languages):
                    pieces = tuple(self._pieces(value, name))
                    if pieces != (UNTRANSLATED,):
                        languages[language] = pieces
                else:
                    media.setdefault(language, {})[form] = "".join(value.itertext()).strip()
        return Words(languages, media)

    def _pieces(self, element: etree._Element, at: str) -> Iterator[str | Expression]:
        if element.text:
            yield element.text
        for child in element:
            if isinstance(child.tag, str) and local_name(child) == "output":
                expression = self._expression(child.get("value") or child.get("ref"), at, "output")
                if expression is not None:
                    yield expression
            elif isinstance(child.tag, str):
                yield "".join(child.itertext())
            if child.tail:
                yield child.tail

    def _words(self, owner: etree._Element, name: str) -> Words:
        """The `label` or `hint` of a control, group or choice."""
        for element in child_elements(owner):
            if local_name(element) == name:
                found = ITEXT.fullmatch(element.get("ref", ""))
                if found is not None:
                    return self.translated(found[1])
                pieces = tuple(self._pieces(element, owner.get("ref", "")))
                return Words({"": pieces} if pieces else {})
        return Words()

    def _message(self, said: str | None) -> Words:
        found = ITEXT.fullmatch(said or "")
        if found is not None:
            return self.translated(found[1])
        return Words({"": (said,)}) if said else Words()

    # --- expressions

    def _expression(self, source: str | None, path: str, what: str) -> Expression | None:
        if source is None or not source.strip():
            return None
        source = source.strip()
        try:
            return Expression(source, parse(source))
        except Unparsed as fault:
            self.faults.append(Fault(path, what, source, fault.message, fault.position))
            return None

    def _path(self, reference: str, within: str = "") -> str:
        """The generic path of `ref` or `nodeset`, which pyxform always writes from the root."""
        try:
            tree = parse(reference)
        except Unparsed as fault:
            raise NotAForm(f"Alamat “{reference}” tidak dapat dibaca.") from fault
        path = resolved(tree, within) if isinstance(tree, Path) else None
        if path is None:
            raise NotAForm(f"Alamat “{reference}” tidak dapat dibaca.")
        return path

    # --- model

    def _secondary(self) -> Iterator[Secondary]:
        for instance in self.instances[1:]:
            content = child_elements(instance)
            document = list_document(content[0]) if content else None
            yield Secondary(instance.get("id", ""), document, instance.get("src", ""))

    def _fields(self) -> dict[str, Field]:
        repeats = frozenset(part.path for part in _within(self.body) if isinstance(part, Repeat))
        binds: dict[str, etree._Element] = {}
        for bind in child_elements(self.model):
            nodeset = bind.get("nodeset", "")
            if local_name(bind) == "bind" and "/@" not in nodeset:
                binds[self._path(nodeset)] = bind
        fields: dict[str, Field] = {}
        waiting = [(f"/{local_name(self.primary)}", [self.primary], "")]
        while waiting:
            path, alike, outermost = waiting.pop()
            if len(alike) > 1 and path not in repeats:
                raise NotAForm(f"“{path}” ada dua kali dalam isian.")
            outermost = outermost or (path if path in repeats else "")
            within = {f"{path}/{name}": elements for name, elements in _children_of(alike).items()}
            fields[path] = replace(
                self._field(path, alike[0], binds.get(path)),
                children=tuple(within),
                default="" if within else alike[0].text or "",
                is_repeat=path in repeats,
                outermost_repeat=outermost,
                starts_with=sum(TEMPLATE not in element.attrib for element in alike),
            )
            waiting += [(inner, elements, outermost) for inner, elements in reversed(within.items())]
        asked = {part.path for part in _within(self.body) if part.path}
        astray = (binds.keys() | asked) - fields.keys()
        if astray:
            raise NotAForm(f"“{min(astray)}” diatur atau ditanyakan, tetapi tidak ada dalam isian.")
        return fields

    def _field(self, path: str, element: etree._Element, bind: etree._Element | None) -> Field:
        told = {} if bind is None else {str(name): str(value) for name, value in bind.attrib.items()}
        said = told.get("type", "")

        def expression(name: str) -> Expression | None:
            return self._expression(told.get(name), path, name)

        return Field(
            path=path,
            tag=str(element.tag),
            attributes={str(name): str(value) for name, value in element.attrib.items() if name != TEMPLATE},
            type=TYPES.get(said) or TYPES.get(said.rpartition(":")[2], DataType.STRING),
            relevant=expression("relevant"),
            required=expression("required"),
            readonly=expression("readonly"),
            constraint=expression("constraint"),
            calculate=expression("calculate"),
            required_message=self._message(told.get(JAVAROSA + "requiredMsg")),
            constraint_message=self._message(told.get(JAVAROSA + "constraintMsg")),
            preload=told.get(JAVAROSA + "preload", ""),
            preload_params=told.get(JAVAROSA + "preloadParams", ""),
            entity_property=told.get(ENTITIES + "saveto", ""),
        )

    def _setvalues(self, html: etree._Element) -> Iterator[SetValue]:
        for element in html.iter("{*}setvalue"):
            reference = element.get("ref") or element.get("bind") or ""
            if "/@" in reference:
                continue
            path = self._path(reference)
            value = self._expression(element.get("value"), path, "setvalue")
            if value is None and element.text and element.text.strip():
                value = Expression(repr(element.text), Text(element.text))
            yield SetValue(path, frozenset(element.get("event", "").split()), value)

    def entities(self) -> tuple[EntityDeclaration, ...]:
        """The lists that answers are kept in, each with the questions of its own scope and none of an inner one."""
        scopes = {
            path.removesuffix("/meta/entity"): path
            for path, field in self.fields.items()
            if field.name == "entity" and path.endswith("/meta/entity")
        }
        properties: dict[str, dict[str, str]] = {scope: {} for scope in scopes}
        for each in self.fields.values():
            around = [scope for scope in scopes if each.path.startswith(scope + "/")]
            if each.entity_property and around:
                properties[max(around, key=len)][each.entity_property] = each.path
        return tuple(
            EntityDeclaration(path, self.fields[path].attributes, properties[scope]) for scope, path in scopes.items()
        )

    # --- body

    def _parts(self, owner: etree._Element) -> tuple[Part, ...]:
        return tuple(part for element in child_elements(owner) for part in self._part(element))

    def _part(self, element: etree._Element) -> Iterator[Part]:
        name = local_name(element)
        if name == "group":
            yield self._group(element)
        elif name == "repeat":
            yield self._repeat(element, Words(), "")
        elif name in CONTROLS:
            yield self._control(element, CONTROLS[name])

    def _group(self, element: etree._Element) -> Group | Repeat:
        label, appearance = self._words(element, "label"), element.get("appearance", "")
        path = self._path(element.get("ref", "")) if element.get("ref") else ""
        inner = [child for child in child_elements(element) if local_name(child) in {"group", "repeat", *CONTROLS}]
        if len(inner) == 1 and local_name(inner[0]) == "repeat" and self._path(inner[0].get("nodeset", "")) == path:
            return self._repeat(inner[0], label, appearance)
        return Group(path, label, appearance, self._parts(element))

    def _repeat(self, element: etree._Element, label: Words, appearance: str) -> Repeat:
        path = self._path(element.get("nodeset", ""))
        return Repeat(
            path=path,
            label=label,
            appearance=element.get("appearance", "") or appearance,
            body=self._parts(element),
            count=self._expression(element.get(JAVAROSA + "count"), path, "repeat_count"),
            is_fixed=element.get(JAVAROSA + "noAddRemove") == "true()",
        )

    def _control(self, element: etree._Element, kind: ControlKind) -> Control:
        path = self._path(element.get("ref", ""))
        own = {str(name): str(value) for name, value in element.attrib.items() if name not in OWN_ATTRIBUTES}
        return Control(
            kind=kind,
            path=path,
            label=self._words(element, "label"),
            hint=self._words(element, "hint"),
            appearance=element.get("appearance", ""),
            choices=self._choices(element, path),
            attributes=own,
        )

    def _choices(self, control: etree._Element, path: str) -> tuple[Choice, ...] | Itemset:
        choices: list[Choice] = []
        for element in child_elements(control):
            if local_name(element) == "itemset":
                columns = {local_name(child): child.get("ref", "") for child in child_elements(element)}
                items = self._expression(element.get("nodeset"), path, "choice_filter")
                value = self._expression(columns.get("value", "name"), path, "itemset")
                label = self._expression(columns.get("label", "label"), path, "itemset")
                if items is not None and value is not None and label is not None:
                    return Itemset(items, value, label)
            if local_name(element) == "item":
                value_text = next(
                    ("".join(c.itertext()) for c in child_elements(element) if local_name(c) == "value"), ""
                )
                choices.append(Choice(value_text.strip(), self._words(element, "label")))
        return tuple(choices)


def _only(element: etree._Element, *names: str) -> etree._Element:
    for name in names:
        found = [child for child in child_elements(element) if local_name(child) == name]
        if len(found) != 1:
            raise NotAForm(f"Berkas ini bukan formulir: <{name}> tidak ada.")
        element = found[0]
    return element


def _children_of(alike: list[etree._Element]) -> dict[str, list[etree._Element]]:
    """The children by name of elements that stand for one field: the rows of a repeat, and last its template."""
    named: dict[str, list[etree._Element]] = {}
    for element in sorted(alike, key=lambda each: TEMPLATE in each.attrib):
        own: dict[str, list[etree._Element]] = {}
        for child in child_elements(element):
            own.setdefault(local_name(child), []).append(child)
        named |= {name: children for name, children in own.items() if name not in named}
    return named


def _text_of(element: etree._Element, name: str) -> str:
    return next(("".join(each.itertext()) for each in child_elements(element) if local_name(each) == name), "").strip()


def _within(body: tuple[Part, ...]) -> Iterator[Part]:
    for part in body:
        yield part
        if not isinstance(part, Control):
            yield from _within(part.body)


def list_document(element: etree._Element) -> Node:
    """A list as nodes, with the document around it, which paths of lists begin from: ``instance('list')/root/item``."""
    document = Node.settled("")
    settle(element, document)
    return document


def listed(rows: Sequence[Mapping[str, str]]) -> Node:
    """A list from outside, of the shape that lists within a form have."""
    document = Node.settled("")
    root = Node.settled("root", parent=document)
    for row in rows:
        item = Node.settled("item", parent=root)
        for column, cell in row.items():
            Node.settled(column, parent=item, text=cell)
    return document


def settle(element: etree._Element, parent: Node) -> None:
    """An element and all below it, as they stand, below a parent."""
    children = child_elements(element)
    node = Node.settled(local_name(element), parent=parent, text="" if children else element.text or "")
    node.attributes = {str(name): str(value) for name, value in element.attrib.items()}
    for child in children:
        settle(child, node)
