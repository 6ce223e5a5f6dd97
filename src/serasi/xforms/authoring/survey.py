"""The survey and its choices as their author wrote them, understood as far as scores and checks need it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from serasi.xforms.authoring.workbook import Row, Table, Workbook

_SAME = {
    "list name": "list_name",
    "value": "name",
    "relevance": "relevant",
    "calculation": "calculation",
    "calculate": "calculation",
    "caption": "label",
    "command": "type",
    "tag": "name",
    "skippable": "required",
    "bind::relevant": "relevant",
    "bind::calculate": "calculation",
    "bind::constraint": "constraint",
    "bind::required": "required",
    "choice filter": "choice_filter",
    "repeat count": "repeat_count",
    "constraint message": "constraint_message",
    "required message": "required_message",
}
"""Headings that pyxform takes for the same column."""

_KINDS = {
    "select one": "select_one",
    "select_one": "select_one",
    "select1": "select_one",
    "select one from": "select_one",
    "add select one prompt using": "select_one",
    "select all that apply from": "select_multiple",
    "select all that apply": "select_multiple",
    "select multiple": "select_multiple",
    "select_multiple": "select_multiple",
    "select multiple from": "select_multiple",
    "select all": "select_multiple",
    "select_one_from_file": "select_one_from_file",
    "select one from file": "select_one_from_file",
    "select_multiple_from_file": "select_multiple_from_file",
    "select multiple from file": "select_multiple_from_file",
    "select_one_external": "select_one_external",
    "select one external": "select_one_external",
    "rank": "rank",
}
_LONGEST_FIRST = sorted(_KINDS, key=len, reverse=True)
_OPENS = re.compile(r"begin[ _](group|repeat|loop)\b")
_CLOSES = re.compile(r"end[ _](group|repeat|loop)\b")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that may be picked. ``value`` is its points in the column ``nilai``, "" where none is written.

    ``cells`` are under the headings as they were written too, which formulas speak of.
    """

    row: int
    name: str
    value: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A row of the survey: a question, a group, a repeat, a calculate.

    ``groups`` and ``repeats`` are the names it stands in, outermost first; ``conditions`` all that decides whether it
    is asked, its own last.
    """

    row: int
    kind: str
    list_name: str
    name: str
    groups: tuple[str, ...]
    repeats: tuple[str, ...]
    conditions: tuple[str, ...]
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")

    @property
    def is_container(self) -> bool:
        return self.kind in {"group", "repeat", "loop"}

    @property
    def is_answered(self) -> bool:
        """Whether a person gives its value."""
        return not self.is_container and self.kind not in UNANSWERED

    @property
    def depth(self) -> int:
        return len(self.groups) + len(self.repeats)


UNANSWERED = frozenset(
    {
        *("calculate", "calculate here", "note", "hidden", "start", "end", "today", "deviceid", "phonenumber"),
        *("username", "email", "simserial", "subscriberid", "audit", "start-geopoint", "background-audio"),
        *("xml-external", "csv-external", "background-geopoint"),
    }
)


@dataclass(frozen=True)
class Survey:
    """Questions in their order, and the lists that choices are picked from."""

    questions: tuple[Question, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    settings: Mapping[str, str]
    languages: frozenset[str]
    """Those that labels are written in."""

    @cached_property
    def by_name(self) -> dict[str, Question]:
        """The first of each name."""
        found: dict[str, Question] = {}
        for question in self.questions:
            if question.name:
                found.setdefault(question.name, question)
        return found


def heading_key(heading: str) -> str:
    """A heading as this house names it; languages after ``::`` stay as they are."""
    stem, colons, language = heading.partition("::")
    lowered = heading.strip().lower()
    if lowered in _SAME:
        return _SAME[lowered]
    stem = stem.strip().lower()
    return _SAME.get(stem, stem) + (f"::{language.strip()}" if colons else "")


def normal(row: Row) -> dict[str, str]:
    """The cells of a row by the names this house uses."""
    return {heading_key(heading): text for heading, text in row.cells.items()}


def survey_of(workbook: Workbook) -> Survey:
    """Of the settings the first filled row counts."""
    settings_rows = workbook["settings"].rows
    settings = normal(settings_rows[0]) if settings_rows else {}
    if "id_string" in settings:
        settings.setdefault("form_id", settings["id_string"])
    if "title" in settings:
        settings.setdefault("form_title", settings["title"])
    return Survey(_questions(workbook["survey"]), _choices(workbook["choices"]), settings, _languages(workbook))


def _questions(table: Table) -> tuple[Question, ...]:
    found: list[Question] = []
    opened: list[Question] = []
    for row in table.rows:
        cells = normal(row)
        written = " ".join(cells.get("type", "").split())
        if not written or written.startswith("#"):
            continue
        if _CLOSES.match(written.lower()):
            if opened:
                opened.pop()
            continue
        opens = _OPENS.match(written.lower())
        kind, list_name = (opens[1], "") if opens else _kind(written)
        inherited = opened[-1].conditions if opened else ()
        own = cells.get("relevant", "")
        question = Question(
            row=row.number,
            kind=kind,
            list_name=list_name,
            name=cells.get("name", ""),
            groups=tuple(outer.name for outer in opened if outer.kind != "repeat"),
            repeats=tuple(outer.name for outer in opened if outer.kind == "repeat"),
            conditions=(*inherited, own) if own else inherited,
            cells=cells,
        )
        found.append(question)
        if opens:
            opened.append(question)
    return tuple(found)


def _kind(written: str) -> tuple[str, str]:
    lowered = written.lower()
    for beginning in _LONGEST_FIRST:
        if lowered.startswith(f"{beginning} "):
            return _KINDS[beginning], written[len(beginning) :].split(maxsplit=1)[0]
    return lowered, ""


def _choices(table: Table) -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, list[Choice]] = {}
    for row in table.rows:
        cells = normal(row)
        name = cells.get("list_name", "")
        if name and "name" in cells:
            choice = Choice(row.number, cells["name"], cells.get("nilai", ""), {**row.cells, **cells})
            lists.setdefault(name, []).append(choice)
    return {name: tuple(choices) for name, choices in lists.items()}


def _languages(workbook: Workbook) -> frozenset[str]:
    return frozenset(
        heading.rpartition("::")[2].strip()
        for sheet in ("survey", "choices")
        for heading in workbook[sheet].headings
        if heading_key(heading).startswith("label::")
    )
