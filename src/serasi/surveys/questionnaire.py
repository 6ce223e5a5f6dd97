"""A form as a survey reads it: which questions have results, what is found in an answered one, what a data set holds.

`Questionnaire.traits` and `.count` are taken of each interview once, when it is kept; nothing reads ten thousand
interviews again to show a page.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final
from uuid import UUID

from serasi.assessments.queries import form_of
from serasi.common.names import search_key
from serasi.surveys.answers import Answers, points_of
from serasi.surveys.kept import Count, Someone, Traits
from serasi.surveys.recognising import IDENTIFYING, PLACE_WORDS, VILLAGE, meanings_of
from serasi.xforms.form import Form
from serasi.xforms.lists import OUTSIDE
from serasi.xforms.parts import Control, ControlKind, Field, Part, Words
from serasi.xforms.xpath import DataType

DONT_KNOW: Final = frozenset(
    {"tidak_tahu", "tt", "tidak_menjawab", "menolak", "tidak_ingat", "lupa", "88", "98", "99", "888", "998", "999"}
)
QUASI: Final = frozenset(
    {"age", "sex", "birth_date", "education", "marital", "religion", "ppks_kind", "relation", VILLAGE}
)
"""What others may know of a person: together these may point at one."""
LONGEST_PLACE: Final = 300
_NAMES: Final = IDENTIFYING - {"note"}
"""Answers that name somebody are never shown among results."""


class Answered(StrEnum):
    ONE = "one"
    MANY = "many"
    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    """Of a name, a NIK, an address … it is known whether it was answered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that has results; ``section`` is the part of the form it stands in."""

    path: str
    repeat: str
    label: Words
    section: Words
    kind: Answered


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the data set: of the interviews, or of the rows of a repeat. ``known`` are the fields by which others
    may know somebody."""

    name: str
    repeat: str
    fields: Sequence[Field]
    known: Sequence[Field]

    def rows_in(self, answers: Answers) -> Sequence[Mapping[str, str]]:
        return answers.rows.get(self.repeat, ()) if self.repeat else (answers.values,)


class Questionnaire:
    """One edition of a form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.meanings = meanings_of(form)

    # --- results

    @cached_property
    def asked(self) -> list[Asked]:
        """In the order they are asked."""
        return list(self._asked(self.form.body, Words()))

    def _asked(self, body: Sequence[Part], section: Words) -> Iterator[Asked]:
        for part in body:
            if not isinstance(part, Control):
                yield from self._asked(part.body, part.label if part.label else section)
                continue
            field = self.form.fields[part.path]
            kind = self._kind_of(part, field)
            if kind is not None:
                yield Asked(part.path, field.outermost_repeat, part.label, section, kind)

    def _kind_of(self, control: Control, field: Field) -> Answered | None:
        """None for what is no answer in words or numbers: photos, places, notes, acknowledgements."""
        match control.kind:
            case ControlKind.SELECT_ONE:
                return Answered.ONE
            case ControlKind.SELECT | ControlKind.RANK:
                return Answered.MANY
            case ControlKind.INPUT | ControlKind.RANGE if field.readonly is None and field.calculate is None:
                names_somebody = self.meanings.get(control.path, "") in _NAMES
                if field.type in {DataType.INT, DataType.DECIMAL}:
                    return Answered.NAME if names_somebody else Answered.NUMBER
                if field.type is DataType.STRING and control.kind is ControlKind.INPUT:
                    return Answered.NAME if names_somebody else Answered.TEXT
        return None

    def count(self, answers: Answers) -> Count:
        """What one interview adds to the results of a survey with this form; it may have answered another edition."""
        found = Count(interviews=1)
        for one in self.asked:
            if one.repeat:
                each = answers.rows.get(one.repeat, ())
                given, asked = [row[one.path] for row in each if row.get(one.path)], len(each)
            else:
                asked = int(one.path in answers.asked)
                given = [answers.values[one.path]] if asked and answers.values.get(one.path) else []
            if asked:
                found.asked[one.path] = asked
            if given:
                found.answered[one.path] = len(given)
            if values := Counter(_values(given, one.kind)):
                found.values[one.path] = values
        for table in self.tables:
            if rows := table.rows_in(answers):
                found.known[table.repeat] = Counter(
                    "\x1f".join(exported(field, row.get(field.path, "")) for field in table.known) for row in rows
                )
        return found

    def place(self, answers: Answers) -> str:
        """Where it was held, as it was said in words; "" where the form asks no such thing."""
        said = {meaning: answers.values.get(path, "") for path, meaning in self.meanings.items()}
        village = said.get(VILLAGE, "")
        is_code = village == OUTSIDE or not any(letter.isalpha() for letter in village)
        return (said.get(PLACE_WORDS, "") or ("" if is_code else village))[:LONGEST_PLACE]

    def written(self, answers: Answers) -> list[str]:
        """The questions outside and inside repeats that were answered in words which results may show."""
        paths = [one.path for one in self.asked if one.kind is Answered.TEXT]
        return [path for path in paths if any(row.get(path) for row in answers.everything)]

    # --- the data set

    @cached_property
    def tables(self) -> list[Table]:
        """The interviews first, then each repeat that has a column."""
        kept = [field for field in self.form.questions if self.column_type(field)]
        repeats = ["", *dict.fromkeys(field.outermost_repeat for field in kept if field.outermost_repeat)]
        tables = []
        for repeat in repeats:
            fields = [field for field in kept if field.outermost_repeat == repeat]
            known = [field for field in fields if self.meanings.get(field.path) in QUASI]
            tables.append(Table(repeat.rpartition("/")[2] or "wawancara", repeat, fields, known))
        return tables

    @cached_property
    def left_out(self) -> list[Field]:
        """Questions that no column shows; the village is shown by the region."""
        return [
            field
            for field in self.form.questions
            if field.path in self.form.controls
            and not self.column_type(field)
            and self.meanings.get(field.path) != VILLAGE
        ]

    def column_type(self, field: Field) -> str:
        """What a column holds; "" for what is not taken out."""
        meaning = self.meanings.get(field.path, "")
        if meaning in IDENTIFYING or meaning == VILLAGE or field.preload or "/meta/" in field.path:
            return ""
        control = self.form.controls.get(field.path)
        if control is None:
            return "hitungan" if field.calculate is not None and field.type in {DataType.INT, DataType.DECIMAL} else ""
        match control.kind:
            case ControlKind.SELECT_ONE:
                return "pilihan" if self.form.choices(field.path) else ""
            case ControlKind.SELECT | ControlKind.RANK:
                return "pilihan ganda" if self.form.choices(field.path) else ""
            case ControlKind.INPUT | ControlKind.RANGE:
                kinds = {
                    DataType.INT: "bilangan bulat",
                    DataType.DECIMAL: "bilangan",
                    DataType.DATE: "tahun-bulan",
                    DataType.DATE_TIME: "tahun-bulan",
                }
                return kinds.get(field.type, "")
            case _:
                return ""

    def question(self, field: Field, language: str) -> str:
        control = self.form.controls.get(field.path)
        return (control.label.said(language) if control else "") or field.name

    # --- checks

    @cached_property
    def _numeric(self) -> list[str]:
        """The questions that are answered with a number by a person."""
        return [
            path
            for path, control in self.form.controls.items()
            if control.kind in {ControlKind.INPUT, ControlKind.RANGE}
            and self.form.fields[path].type in {DataType.INT, DataType.DECIMAL}
            and self.form.fields[path].calculate is None
        ]

    @cached_property
    def _chosen(self) -> frozenset[str]:
        return frozenset(path for path, control in self.form.controls.items() if control.kind is ControlKind.SELECT_ONE)

    @cached_property
    def _points(self) -> list[str]:
        return points_of(self.form)

    def traits(self, answers: Answers) -> Traits:
        """What checks need of an interview that answered this edition."""
        rows = list(answers.everything)
        choices = [is_dont_know(value) for row in rows for path, value in row.items() if path in self._chosen]
        numbers = {
            path: given
            for path in self._numeric
            if (given := tuple(number for row in rows if (number := number_in(row.get(path, ""))) is not None))
        }
        return Traits(
            niks=self._keys(rows, "nik", _nik),
            phones=self._keys(rows, "phone", _phone),
            people=tuple(self._people(rows)),
            numbers=numbers,
            answered=answers.count,
            chosen=len(choices),
            unknown=sum(choices),
            asks_point=bool(answers.asked.intersection(self._points)),
        )

    def _keys(self, rows: Sequence[Mapping[str, str]], meaning: str, key: Callable[[str], str]) -> tuple[str, ...]:
        paths = [path for path, each in self.meanings.items() if each == meaning]
        return tuple(sorted({key(row[path]) for row in rows for path in paths if path in row} - {""}))

    def _people(self, rows: Iterable[Mapping[str, str]]) -> Iterator[Someone]:
        for row in rows:
            said = {self.meanings[path]: value for path, value in row.items() if path in self.meanings}
            name = said.get("name", "") or said.get("head_name", "")
            if key := search_key(name):
                yield Someone(name, key, said.get("birth_date", ""), number_in(said.get("age", "")))


@lru_cache(maxsize=64)
def questionnaire_of(edition_id: UUID) -> Questionnaire:
    """Editions never change: read once in each process."""
    return Questionnaire(form_of(edition_id))


def exported(field: Field, text: str) -> str:
    """An answer as the data set has it: of days the month."""
    return text[:7] if field.type in {DataType.DATE, DataType.DATE_TIME} else text


def is_dont_know(code: str) -> bool:
    """Whether a choice says that nothing is known, by the codes that forms use for it."""
    return code.lower() in DONT_KNOW


def number_in(text: str) -> float | None:
    """A number that is one; «NaN» and infinity are none."""
    try:
        number = float(text) if text else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < float("inf") else None


def _values(given: Iterable[str], kind: Answered) -> Iterable[str]:
    match kind:
        case Answered.ONE:
            return given
        case Answered.MANY:
            return (code for value in given for code in value.split())
        case Answered.NUMBER:
            return (repr(number) for value in given if (number := number_in(value)) is not None)
        case _:
            return ()


def _nik(text: str) -> str:
    digits = _digits(text)
    return digits if len(digits) == 16 else ""


def _phone(text: str) -> str:
    digits = _digits(text).removeprefix("62").removeprefix("0")
    return digits if len(digits) >= 7 else ""


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())
