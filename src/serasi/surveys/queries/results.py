"""What a survey found, question by question. Small numbers are kept back from who may not see persons."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import quantiles
from typing import Final

from serasi.surveys.queries.reading import Told
from serasi.surveys.recognising import IDENTIFYING, meanings_of
from serasi.xforms.form import Form
from serasi.xforms.parts import Choice, Control, ControlKind, Field, Part, Words
from serasi.xforms.xpath import DataType

SMALL: Final = 5
"""Below this many a cell may tell who is in it (Satu Data practice and the usual threshold of official statistics)."""
MOST_TEXTS: Final = 200


class Answered(StrEnum):
    ONE = "one"
    MANY = "many"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Quartiles:
    least: float
    lower: float
    middle: float
    upper: float
    most: float


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form with what was answered. ``asked`` are the interviews, or rows of a repeat, it was put
    in."""

    path: str
    label: Words
    section: Words
    kind: Answered
    asked: int
    answered: int
    counts: Sequence[tuple[Choice, int | None]] = ()
    """How often each choice was chosen; None where the number is too small to be told."""
    numbers: Quartiles | None = None
    texts: Sequence[str] = ()


def questions_of(form: Form, told: Sequence[Told], *, shows_persons: bool) -> list[Question]:
    """Every question that people answered or might have, in the order it is asked.

    ``told`` are interviews of this form; of other editions the questions at the same place count. Texts, and the
    least and greatest number, are for those who may see persons; for others counts below `SMALL` are kept back, and
    the next smallest with a lone one, so that it does not follow from the sum.
    """
    meanings = meanings_of(form)
    return [
        _question(form, control, section, told, shows_persons=shows_persons, meaning=meanings.get(control.path, ""))
        for control, section in _asked(form.body, Words())
        if _kind_of(control, form.fields[control.path]) is not None
    ]


def _asked(body: Sequence[Part], section: Words) -> Iterator[tuple[Control, Words]]:
    for part in body:
        if isinstance(part, Control):
            yield part, section
        else:
            yield from _asked(part.body, part.label if part.label else section)


def _kind_of(control: Control, field: Field) -> Answered | None:
    """None for what is no answer in words or numbers: photos, places, notes, acknowledgements."""
    match control.kind:
        case ControlKind.SELECT_ONE:
            return Answered.ONE
        case ControlKind.SELECT | ControlKind.RANK:
            return Answered.MANY
        case ControlKind.INPUT | ControlKind.RANGE if field.readonly is None and field.calculate is None:
            if field.type in {DataType.INT, DataType.DECIMAL}:
                return Answered.NUMBER
            return Answered.TEXT if field.type is DataType.STRING and control.kind is ControlKind.INPUT else None
        case _:
            return None


def _question(
    form: Form, control: Control, section: Words, told: Sequence[Told], *, shows_persons: bool, meaning: str
) -> Question:
    field, path = form.fields[control.path], control.path
    kind = _kind_of(control, field)
    values, asked = _values(field, told)
    given = [value for value in values if value]
    counts: Sequence[tuple[Choice, int | None]] = ()
    numbers: Quartiles | None = None
    texts: Sequence[str] = ()
    if kind in {Answered.ONE, Answered.MANY}:
        counts = _counts(form.choices(path), given, is_many=kind is Answered.MANY)
        if not shows_persons:
            counts = kept_back(counts) if len(given) >= SMALL else ()
    elif kind is Answered.NUMBER and (shows_persons or len(given) >= SMALL):
        numbers = _quartiles([float(Decimal(value)) for value in given if _is_number(value)])
    elif kind is Answered.TEXT and shows_persons and meaning not in IDENTIFYING - {"note"}:
        texts = tuple(given[:MOST_TEXTS])
    if numbers is not None and not shows_persons:
        numbers = Quartiles(numbers.lower, numbers.lower, numbers.middle, numbers.upper, numbers.upper)
    answered = len(given) if shows_persons or len(given) >= SMALL else 0
    return Question(path, control.label, section, kind or Answered.TEXT, asked, answered, counts, numbers, texts)


def _values(field: Field, told: Sequence[Told]) -> tuple[list[str], int]:
    """What was answered, and how many times it was asked."""
    if field.outermost_repeat:
        rows = [row for one in told for row in one.answers.rows.get(field.outermost_repeat, ())]
        return [row.get(field.path, "") for row in rows], len(rows)
    asked = [one for one in told if field.path in one.answers.asked]
    return [one.answers.values.get(field.path, "") for one in asked], len(asked)


def _counts(choices: Sequence[Choice], given: Sequence[str], *, is_many: bool) -> list[tuple[Choice, int | None]]:
    """In the order of the form; what is no choice any more, or came from a list outside, follows by its code."""
    chosen = Counter(code for value in given for code in (value.split() if is_many else [value]))
    rows: list[tuple[Choice, int | None]] = [(choice, chosen.pop(choice.value, 0)) for choice in _once(choices)]
    return [*rows, *((Choice(code, Words({"": (code,)})), count) for code, count in sorted(chosen.items()))]


def _once(choices: Sequence[Choice]) -> list[Choice]:
    by_value: Mapping[str, Choice] = {choice.value: choice for choice in choices}
    return list(by_value.values())


def kept_back(counts: Sequence[tuple[Choice, int | None]]) -> list[tuple[Choice, int | None]]:
    """Counts from one to four are not told; a lone one takes the next smallest with it."""
    small = {index for index, (_choice, count) in enumerate(counts) if count is not None and 0 < count < SMALL}
    if len(small) == 1:
        others = [
            (count, index) for index, (_choice, count) in enumerate(counts) if count is not None and count >= SMALL
        ]
        small |= {min(others)[1]} if others else set()
    return [(choice, None if index in small else count) for index, (choice, count) in enumerate(counts)]


def _quartiles(numbers: Sequence[float]) -> Quartiles | None:
    if not numbers:
        return None
    several = numbers if len(numbers) > 1 else [*numbers, *numbers]
    lower, middle, upper = quantiles(several, n=4, method="inclusive")
    return Quartiles(min(numbers), lower, middle, upper, max(numbers))


def _is_number(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except ArithmeticError:
        return False
