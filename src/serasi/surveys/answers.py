"""What an interview says, read from its XML: answers, rows of repeats, what was asked, and the point."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.etree import _Element as Element

from serasi.xforms.form import Form
from serasi.xforms.safe_xml import child_elements, local_name, parse
from serasi.xforms.xpath import DataType


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, and how exact the phone believed to be, in metres."""

    latitude: float
    longitude: float
    accuracy: float | None


def point_of(text: str) -> Point | None:
    """What a phone writes for a place: latitude, longitude, altitude, accuracy."""
    try:
        parts = [float(part) for part in text.split()]
    except ValueError:
        return None
    if len(parts) < 2 or not abs(parts[0]) <= 90 or not abs(parts[1]) <= 180:
        return None
    return Point(parts[0], parts[1], parts[3] if len(parts) > 3 else None)


def first_point(form: Form, answers: Mapping[str, str]) -> Point | None:
    """The first place that was answered, outside repeats."""
    texts = (answers.get(path, "") for path in points_of(form))
    return next((found for text in texts if (found := point_of(text)) is not None), None)


def points_of(form: Form) -> list[str]:
    """The questions that ask for a place, outside repeats."""
    return [field.path for field in form.questions if field.type is DataType.GEOPOINT and not field.outermost_repeat]


@dataclass(frozen=True, slots=True)
class Answers:
    """``values`` by path outside repeats; ``rows`` of each repeat by its path, each row by path again. ``asked`` are
    the paths outside repeats that were relevant, answered or not."""

    values: Mapping[str, str]
    rows: Mapping[str, tuple[Mapping[str, str], ...]]
    asked: frozenset[str]

    @property
    def everything(self) -> Iterator[Mapping[str, str]]:
        """What was answered once, then row by row."""
        yield self.values
        for rows in self.rows.values():
            yield from rows

    @property
    def count(self) -> int:
        return sum(len(each) for each in self.everything)


def read_answers(form: Form, instance: str) -> Answers:
    """Every answer that was given, calculates among them; what is blank is left out.

    A repeat within a repeat is read as part of the outer row, its first answer alone.
    """
    values: dict[str, str] = {}
    rows: dict[str, list[Mapping[str, str]]] = {}
    asked: set[str] = set()
    for path, element in _walk(form, parse(instance.encode()), form.root):
        if path in form.repeats:
            row: dict[str, str] = {}
            for inner, leaf in _leaves(element, path):
                row.setdefault(inner, leaf)
            rows.setdefault(path, []).append(row)
            continue
        asked.add(path)
        if text := (element.text or "").strip():
            values[path] = text
    return Answers(values, {path: tuple(each) for path, each in rows.items()}, frozenset(asked))


def _walk(form: Form, element: Element, path: str) -> Iterator[tuple[str, Element]]:
    """Outermost repeats whole, and the leaves beside them; metadata left out."""
    children = child_elements(element)
    if path in form.repeats or not children:
        yield path, element
        return
    for child in children:
        inner = f"{path}/{local_name(child)}"
        if inner in form.fields and inner != f"{form.root}/meta":
            yield from _walk(form, child, inner)


def _leaves(element: Element, path: str) -> Iterator[tuple[str, str]]:
    for child in child_elements(element):
        inner = f"{path}/{local_name(child)}"
        if len(child):
            yield from _leaves(child, inner)
        elif text := (child.text or "").strip():
            yield inner, text
