"""What an instrument declares of itself beside its questions: what it is, its scales, bands, suggestions, examples."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

InLanguages: TypeAlias = Mapping[str, Mapping[str, str]]
"""What is called otherwise in another language: by the language as the form names it, ``title`` and ``meaning``."""


class Method(StrEnum):
    """How a scale comes to its value."""

    SUM = "jumlah"
    MEAN = "rerata"
    FORMULA = "rumus"
    """A calculate of the survey sheet by the same name, which provides for every blank."""


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "naik"
    LOWER = "turun"
    NEITHER = "netral"


class Tone(StrEnum):
    """How a band is shown, never by colour alone."""

    GOOD = "baik"
    WATCH = "perhatian"
    BAD = "bahaya"
    PLAIN = "biasa"


class SuggestionKind(StrEnum):
    """What a band may lead to; a person decides."""

    RISK = "risiko"
    REFERRAL = "rujukan"
    GOAL = "tujuan"
    COMPONENT = "komponen"
    SKILL_CLASS = "kelas"
    FOLLOW_UP = "tindak lanjut"
    SPM_NEED = "spm"


@dataclass(frozen=True, slots=True)
class Scale:
    """A value that is found from answers.

    ``items`` are names of questions; ``reversed_items`` count from the other end. ``may_be_blank`` items may be
    missing: the value is then the mean of the others times the number of items (prorated). A sum is rounded to whole
    points where all its answers are worth whole points, everything else to hundredths. ``error`` is the standard error
    of measurement in points of the scale, None where the instrument gives none.
    """

    name: str
    title: str
    method: Method
    items: tuple[str, ...]
    reversed_items: frozenset[str]
    may_be_blank: int
    lowest: Decimal
    highest: Decimal
    direction: Direction
    domain: str
    error: Decimal | None
    source: str
    words: InLanguages = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Band:
    """What values from ``lowest`` to ``highest``, both included, mean. ``source`` says of which people it was found.

    Bands meet without a gap: a value of a formula that lies between two of them belongs to the upper one.
    """

    scale: str
    lowest: Decimal
    highest: Decimal
    code: str
    title: str
    meaning: str
    tone: Tone
    source: str
    words: InLanguages = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a band of a scale leads to, and why. ``what`` is a code of the list that ``kind`` names, or words."""

    scale: str
    band: str
    kind: SuggestionKind
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Example:
    """Answers with the values that a person has worked out by hand: question to answer, scale to value ("" is none).

    The band of a scale stands under the name of its calculate, ``{scale}_pita``.
    """

    name: str
    answers: dict[str, str]
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: an outermost group. Without ``raters`` it is everyone's; ``tags`` say who may read it."""

    name: str
    title: str
    raters: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaration:
    """What an instrument says of itself.

    ``kind``, ``raters``, ``clusters``, ``tags`` and ``domain`` codes are checked by `serasi.assessments`, which knows
    the lists. Ages are in whole years, ``interval_days`` is how soon it is worth asking again. ``key`` is what scores
    are compared along: editions that share it may stand in one curve. ``raters`` are roles as they are called on the
    screen, in small letters. A form of another house says none of ``kind``, ``licence``, ``source`` and ``raters``;
    they are then empty and whoever publishes it is asked.
    """

    code: str
    title: str
    version: str
    kind: str
    licence: str
    source: str
    raters: tuple[str, ...]
    key: str
    youngest: int | None = None
    oldest: int | None = None
    interval_days: int | None = None
    clusters: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    description: str = ""
    words: InLanguages = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    scales: tuple[Scale, ...] = ()
    bands: tuple[Band, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    examples: tuple[Example, ...] = ()
