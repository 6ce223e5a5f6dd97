"""What a form is made of. All of it is frozen: a form is read once and shared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from serasi.xforms.files import NamedFile, named_file
from serasi.xforms.xpath import Call, DataType, Node, Tree, calls, references
from serasi.xforms.xpath.tree import Axis, Path, Text, parts

UNTRANSLATED = "-"
"""What pyxform writes where a language has no words."""


@dataclass(frozen=True, slots=True)
class Expression:
    source: str
    tree: Tree


@dataclass(frozen=True, slots=True)
class Words:
    """A label, hint or message in every language it has: pieces of text, and expressions whose values stand between.

    A form without translations has its words under "".
    """

    languages: Mapping[str, tuple[str | Expression, ...]] = field(default_factory=dict)
    media: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By language: `image`, `audio`, `video` and where it is, ``jr://images/a.png``."""

    def in_language(self, language: str) -> tuple[str | Expression, ...]:
        """In a language, or in the first that has words."""
        return self.languages.get(language) or next((said for said in self.languages.values() if said), ())

    def said(self, language: str = "") -> str:
        """In a language, or in the first that has words; a value between the words is shown as …"""
        return "".join(piece if isinstance(piece, str) else "…" for piece in self.in_language(language)).strip()

    def files(self, language: str = "") -> tuple[NamedFile, ...]:
        """What stands beside the words in a language, or in the first that has anything beside them."""
        media = self.media.get(language) or next((beside for beside in self.media.values() if beside), {})
        return tuple(file for address in media.values() if (file := named_file(address)) is not None)

    def __bool__(self) -> bool:
        return any(self.languages.values())


@dataclass(frozen=True, slots=True)
class Field:
    """A node of the instance and what binds it.

    ``path`` is the generic path (``/data/rumah/anggota/umur``); ``tag`` the name as XML has it, with its namespace. A
    group has ``children`` (paths), a question has none. ``outermost_repeat`` is the path of the repeat that holds it or
    that it is, and "" outside repeats.
    """

    path: str
    tag: str
    children: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    is_repeat: bool = False
    outermost_repeat: str = ""
    starts_with: int = 1
    """How many rows a repeat has in an untouched form."""
    type: DataType = DataType.STRING
    relevant: Expression | None = None
    required: Expression | None = None
    readonly: Expression | None = None
    constraint: Expression | None = None
    calculate: Expression | None = None
    required_message: Words = Words()
    constraint_message: Words = Words()
    preload: str = ""
    preload_params: str = ""
    entity_property: str = ""
    """The property of an entity that the answer is kept in (``entities:saveto``)."""

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Words


@dataclass(frozen=True, slots=True)
class Itemset:
    """Choices that are items of a list (`secondary` of the form) or rows of a repeat; predicates filter them."""

    items: Expression
    value: Expression
    label: Expression
    """A column, or ``jr:itext(column)``."""

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that the items come from."""
        names = (call.arguments[0] for call in calls(self.items.tree) if call.name == "instance" and call.arguments)
        return tuple(name.value for name in names if isinstance(name, Text))

    @property
    def value_column(self) -> str:
        return _last_name(self.value.tree)

    @property
    def label_column(self) -> str:
        return _last_name(self.label.tree)

    @property
    def columns(self) -> frozenset[str]:
        """The columns of its list that it reads: value, label, and what its filter asks of a row."""
        asked = (
            part.steps[0].name
            for part in parts(self.items.tree)
            if isinstance(part, Path) and not part.absolute and part.start is None and len(part.steps) == 1
            if part.steps[0].axis is Axis.CHILD
        )
        return frozenset({self.value_column, self.label_column, *asked})

    @property
    def label_is_translated(self) -> bool:
        return isinstance(self.label.tree, Call)


def _last_name(tree: Tree) -> str:
    paths = references(tree)
    return paths[0].steps[-1].name if paths and paths[0].steps else ""


class ControlKind(StrEnum):
    INPUT = "input"
    SELECT_ONE = "select1"
    SELECT = "select"
    UPLOAD = "upload"
    TRIGGER = "trigger"
    RANGE = "range"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Control:
    """A question as it is put. ``attributes`` has what its kind needs: start, end, step, mediatype …"""

    kind: ControlKind
    path: str
    label: Words
    hint: Words
    appearance: str = ""
    choices: tuple[Choice, ...] | Itemset = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """``path`` is empty where a group is only drawn."""

    path: str
    label: Words
    appearance: str
    body: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """``count`` says how many rows there are; without it people add them, unless ``is_fixed``."""

    path: str
    label: Words
    appearance: str
    body: tuple["Part", ...]
    count: Expression | None = None
    is_fixed: bool = False


Part: TypeAlias = Control | Group | Repeat


@dataclass(frozen=True, slots=True)
class SetValue:
    """A value that an event puts into a node: a default found when the form is opened, or what a choice brings."""

    path: str
    events: frozenset[str]
    value: Expression | None

    @property
    def is_default(self) -> bool:
        return "odk-instance-first-load" in self.events


@dataclass(frozen=True, slots=True)
class Secondary:
    """A list of the form. ``document`` is None where it comes from outside; ``source`` says whence (``jr://file-csv/kel.csv``)."""

    name: str
    document: Node | None
    source: str = ""

    @property
    def is_last_saved(self) -> bool:
        """What the same device sent last, which only the device knows."""
        return self.source == "jr://instance/last-saved"


@dataclass(frozen=True, slots=True)
class EntityDeclaration:
    """What an answered form does to a list of people or households (http://www.opendatakit.org/xforms/entities).

    ``attributes`` as they stand in the form: dataset, create, update, id, baseVersion, trunkVersion, branchId.
    ``properties`` are paths of questions by the property they are kept in.
    """

    path: str
    attributes: Mapping[str, str]
    properties: Mapping[str, str]

    @property
    def list_name(self) -> str:
        return self.attributes.get("dataset", "")
