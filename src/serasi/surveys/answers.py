"""What an interview says, read from its XML: answers, rows of repeats, and the point."""

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
    if len(parts) < 2 or abs(parts[0]) > 90 or abs(parts[1]) > 180:
        return None
    return Point(parts[0], parts[1], parts[3] if len(parts) > 3 else None)


def first_point(form: Form, answers: Mapping[str, str]) -> Point | None:
    """The first place that was answered, outside repeats."""
    texts = (answers.get(field.path, "") for field in form.questions if field.type is DataType.GEOPOINT)
    return next((found for text in texts if (found := point_of(text)) is not None), None)


@dataclass(frozen=True, slots=True)
class Answers:
    """``values`` by path outside repeats; ``rows`` of each repeat by its path, each row by path again."""

    values: Mapping[str, str]
    rows: Mapping[str, tuple[Mapping[str, str], ...]]

    def of(self, path: str, repeat: str) -> list[str]:
        """What was answered at a path, once for each row of the repeat it stands in."""
        if not repeat:
            return [self.values[path]] if path in self.values else []
        return [row[path] for row in self.rows.get(repeat, ()) if path in row]


def read_answers(form: Form, instance: str) -> Answers:
    """Every answer that was given, calculates among them; what is blank is left out. A repeat within a repeat is read
    as part of the outer row, its first answer alone."""
    values: dict[str, str] = {}
    rows: dict[str, list[Mapping[str, str]]] = {}
    for path, element in _walk(form, parse(instance.encode()), form.root):
        if path in form.repeats:
            row: dict[str, str] = {}
            for inner, leaf in _leaves(element, path):
                row.setdefault(inner, leaf)
            rows.setdefault(path, []).append(row)
        elif text := (element.text or "").strip():
            values[path] = text
    return Answers(values, {path: tuple(each) for path, each in rows.items()})


def _walk(form: Form, element: Element, path: str) -> Iterator[tuple[str, Element]]:
    """Outermost repeats whole, and the leaves beside them."""
    children = child_elements(element)
    if path in form.repeats or not children:
        yield path, element
        return
    for child in children:
        yield from _walk(form, child, f"{path}/{local_name(child)}")


def _leaves(element: Element, path: str) -> Iterator[tuple[str, str]]:
    for child in child_elements(element):
        inner = f"{path}/{local_name(child)}"
        if len(child):
            yield from _leaves(child, inner)
        elif text := (child.text or "").strip():
            yield inner, text
