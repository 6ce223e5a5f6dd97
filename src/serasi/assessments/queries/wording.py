"""A finished form as people read it: question and answer in words, part by part; what was not answered stays out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext
from lxml.etree import _Element as Element

from serasi.assessments.queries.places import named_places, takes_places
from serasi.xforms.form import Form
from serasi.xforms.parts import Control, ControlKind, Part, Repeat
from serasi.xforms.safe_xml import child_elements, local_name, parse


@dataclass(frozen=True, slots=True)
class Said:
    """A question and its answer; ``file`` is the name of a photo, drawing or sound, whose answer has no words."""

    question: str
    answer: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """An outermost part of the form, or one row of a repeat in it."""

    title: str
    said: tuple[Said, ...]


def chapters_of(form: Form, contents: Iterable[str], language: str) -> list[Chapter]:
    """``contents`` are the outermost elements of a finished instance that the reader may read.

    A place that was chosen is called by its full name (1 query where there are codes of places).
    """
    written = "".join(contents)
    words = _Words(form, language, named_places([written]) if takes_places(form) else {})
    root = parse(f"<data>{written}</data>".encode())
    found = [chapter for part in form.body for chapter in words.chapters(part, root)]
    return [chapter for chapter in found if chapter.said]


def said_of(form: Form, path: str, values: Sequence[str], language: str) -> tuple[str, list[str]]:
    """The question at a path, and answers to it in words (1 query where the form asks for places)."""
    words = _Words(form, language, named_places(values) if takes_places(form) else {})
    asked = form.controls.get(path) or form.repeats.get(path)
    question = asked.label.said(language) if asked else ""
    return question or path.rpartition("/")[2], [words.answer(path, value) for value in values]


class _Words:
    """The words of one form in one language."""

    def __init__(self, form: Form, language: str, places: Mapping[str, str]) -> None:
        self._form, self._language, self._places = form, language, places

    def chapters(self, part: Part, root: Element) -> Iterator[Chapter]:
        if isinstance(part, Control):
            yield Chapter("", tuple(self._said(part, root, self._form.root)))
            return
        title = part.label.said(self._language)
        if isinstance(part, Repeat):
            yield from self._rows(part, root, self._form.root, title)
            return
        yield Chapter(title, tuple(self._within(part.body, root, self._form.root)))
        for repeat in _repeats(part.body):
            yield from self._rows(repeat, root, self._form.root, repeat.label.said(self._language) or title)

    def _rows(self, repeat: Repeat, above: Element, path: str, title: str) -> Iterator[Chapter]:
        for number, row in enumerate(_elements(above, _below(path, repeat.path)), 1):
            yield Chapter(f"{title} {number}", tuple(self._within(repeat.body, row, repeat.path)))
            for inner in _repeats(repeat.body):
                yield from self._rows(inner, row, repeat.path, f"{title} {number}: {inner.label.said(self._language)}")

    def _within(self, body: tuple[Part, ...], above: Element, path: str) -> Iterator[Said]:
        for part in body:
            if isinstance(part, Control):
                yield from self._said(part, above, path)
            elif not isinstance(part, Repeat):
                yield from self._within(part.body, above, path)

    def _said(self, control: Control, above: Element, path: str) -> Iterator[Said]:
        for element in _elements(above, _below(path, control.path)):
            value = (element.text or "").strip()
            question = control.label.said(self._language)
            if not value or not question:
                continue
            if control.kind is ControlKind.UPLOAD:
                yield Said(question, "", file=value)
            else:
                yield Said(question, self._in_words(control, value))

    def answer(self, path: str, value: str) -> str:
        """One answer in words; of a repeat how many rows it has."""
        control = self._form.controls.get(path)
        if control is None or not value:
            rows = child_elements(parse(f"<rows>{value}</rows>".encode())) if value else []
            return ngettext("%d baris", "%d baris", len(rows)) % len(rows) if rows else ""
        return self._in_words(control, value)

    def _in_words(self, control: Control, value: str) -> str:
        if control.kind in {ControlKind.SELECT, ControlKind.SELECT_ONE, ControlKind.RANK}:
            chosen = value.split() if control.kind is not ControlKind.SELECT_ONE else [value]
            return ", ".join(self._choice(control, one) for one in chosen)
        return "✓" if control.kind is ControlKind.TRIGGER else value

    def _choice(self, control: Control, value: str) -> str:
        labels = {one.value: one.label for one in self._form.choices(control.path)}
        return (labels[value].said(self._language) if value in labels else self._places.get(value, "")) or value


def _repeats(body: tuple[Part, ...]) -> Iterator[Repeat]:
    for part in body:
        if isinstance(part, Repeat):
            yield part
        elif not isinstance(part, Control):
            yield from _repeats(part.body)


def _below(path: str, longer: str) -> list[str]:
    return longer.removeprefix(path).strip("/").split("/")


def _elements(above: Element, names: list[str]) -> list[Element]:
    found = [above]
    for name in names:
        found = [child for element in found for child in child_elements(element) if local_name(child) == name]
    return found
