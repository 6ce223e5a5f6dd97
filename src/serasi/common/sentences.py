"""Sentences that remember how they were made: what is written down in one language is read in another.

Import `sentence` as ``_`` where a message may be kept: it is a text like any other, with its source and its values.
"""

from collections.abc import Mapping
from typing import Any, Self, TypeAlias

from django.utils.translation import gettext

Kept: TypeAlias = str | list[Any]
"""A sentence as JSON: its source alone, or source and values. Among values a list is a sentence, all else a fact."""


class Sentence(str):
    """A text in the reader's language, made from an Indonesian source and perhaps values."""

    __slots__ = ("source", "values")

    source: str
    values: Mapping[str, Any] | None

    def __new__(cls, source: str, values: Mapping[str, Any] | None = None) -> Self:
        text = gettext(source) if source else ""
        made = super().__new__(cls, text if values is None else text % values)
        made.source, made.values = source, values
        return made

    def __mod__(self, values: Any, /) -> "Sentence":
        return Sentence(self.source, values)

    @property
    def kept(self) -> list[Any]:
        if self.values is None:
            return [self.source, None]
        values = {name: value.kept if isinstance(value, Sentence) else value for name, value in self.values.items()}
        return [self.source, values]


def sentence(source: str) -> Sentence:
    """A sentence of the catalogue; with ``%`` it takes values by name: texts, whole numbers, other sentences."""
    return Sentence(source)


def kept(text: str) -> Kept:
    """A text as it is written down: a sentence so that `retold` tells it in any language, any other as it stands."""
    if not isinstance(text, Sentence):
        return str(text)
    return text.source if text.values is None else text.kept


def retold(written: Kept) -> Sentence:
    """What `kept` wrote down, in the reader's language."""
    if isinstance(written, str):
        return Sentence(written)
    source, values = written
    if values is None:
        return Sentence(source)
    return Sentence(
        source, {name: retold(value) if isinstance(value, list) else value for name, value in values.items()}
    )
