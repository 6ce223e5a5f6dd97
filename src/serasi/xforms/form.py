"""A form as it is answered: what is asked in which order, what binds the answers, how its calculates hang together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from serasi.xforms.files import NamedFile, named_file
from serasi.xforms.order import Task, order_of
from serasi.xforms.parts import (
    Choice,
    Control,
    EntityDeclaration,
    Field,
    Group,
    Itemset,
    Part,
    Repeat,
    Secondary,
    SetValue,
    Words,
)
from serasi.xforms.reading import OPENROSA, NotAForm, Reader, listed
from serasi.xforms.safe_xml import parse
from serasi.xforms.xpath import Node


@dataclass(frozen=True, eq=False)
class Form:
    """An XForm, read. ``fields`` are all nodes of the instance by generic path, in the order of the document."""

    id: str
    version: str
    title: str
    root: str
    """The path of the outermost element, ``/data``."""
    fields: Mapping[str, Field]
    body: tuple[Part, ...]
    languages: tuple[str, ...]
    """As the form names them, the default first; none in a form without translations."""
    secondary: Mapping[str, Secondary]
    setvalues: tuple[SetValue, ...]
    entities: tuple[EntityDeclaration, ...]
    texts: Mapping[str, Words]
    """The translated words by id, for choices that name theirs in a column."""
    order: tuple[Task, ...]
    """Every `relevant` and `calculate`, each after those it hangs on."""

    @classmethod
    def parse(cls, xml: bytes) -> "Form":
        """Raises UnsafeXml, NotAForm (with every wrong expression), Tangled."""
        reader = Reader(parse(xml))
        texts = {name: reader.translated(name) for texts in reader.translations.values() for name in texts}
        if reader.faults:
            raise NotAForm("Ada rumus yang tidak dapat dibaca.", tuple(reader.faults))
        attributes = reader.primary.attrib
        return cls(
            id=str(attributes.get("id", "")),
            version=str(attributes.get("version", attributes.get(OPENROSA + "version", ""))),
            title=reader.title,
            root=next(iter(reader.fields)),
            fields=reader.fields,
            body=reader.body,
            languages=tuple(reader.translations),
            secondary={each.name: each for each in reader.secondary},
            setvalues=reader.setvalues,
            entities=reader.entities(),
            texts=texts,
            order=order_of(reader.fields),
        )

    def with_lists(self, lists: Mapping[str, Sequence[Mapping[str, str]]]) -> "Form":
        """The same form with lists that come along with it, by the name it gives them, as if they stood in it."""
        held = {name: replace(self.secondary[name], document=listed(rows)) for name, rows in lists.items()}
        return replace(self, secondary={**self.secondary, **held})

    @property
    def default_language(self) -> str:
        return self.languages[0] if self.languages else ""

    @property
    def sections(self) -> tuple[Group, ...]:
        """The outermost groups, which professions fill by themselves."""
        return tuple(part for part in self.body if isinstance(part, Group))

    @cached_property
    def controls(self) -> Mapping[str, Control]:
        """Every question that is put, by its path."""
        return {part.path: part for part in self.parts() if isinstance(part, Control)}

    @cached_property
    def repeats(self) -> Mapping[str, Repeat]:
        return {part.path: part for part in self.parts() if isinstance(part, Repeat)}

    def parts(self) -> Iterator[Part]:
        """Everything of the body in the order it is asked."""
        waiting = list(reversed(self.body))
        while waiting:
            part = waiting.pop()
            yield part
            if not isinstance(part, Control):
                waiting += reversed(part.body)

    def choices(self, path: str) -> tuple[Choice, ...]:
        """All choices of a question, whatever a filter leaves; none where they come from outside or from a repeat."""
        choices = self.controls[path].choices if path in self.controls else ()
        if not isinstance(choices, Itemset):
            return choices
        documents = [self.secondary[name].document for name in choices.lists if name in self.secondary]
        items = [item for document in documents if document is not None for item in document.children[0].children]
        return tuple(self._choice(item, choices) for item in items)

    def _choice(self, item: Node, itemset: Itemset) -> Choice:
        cells = {cell.name: cell.text for cell in item.children}
        label = cells.get(itemset.label_column, "")
        words = self.texts.get(label, Words()) if itemset.label_is_translated else Words({"": (label,)})
        return Choice(cells.get(itemset.value_column, ""), words)

    @cached_property
    def files(self) -> tuple[NamedFile, ...]:
        """What its author brings along with it, each file once."""
        named = [named_file(each.source) for each in self.secondary.values()]
        for words in self.texts.values():
            named += [named_file(address) for media in words.media.values() for address in media.values()]
        return tuple(dict.fromkeys(file for file in named if file is not None))

    @cached_property
    def questions(self) -> tuple[Field, ...]:
        """The fields that hold a value, calculates and metadata among them."""
        return tuple(field for field in self.fields.values() if not field.children and not field.is_repeat)
