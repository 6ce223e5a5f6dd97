"""What a survey found, question by question, from its tallies. Small numbers are kept back from who may not see
persons."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.surveys.kept import Count
from serasi.surveys.models import Survey, Tally
from serasi.surveys.queries.reading import narrowed
from serasi.surveys.questionnaire import Answered, Asked, Questionnaire
from serasi.xforms.parts import Choice, Words

if TYPE_CHECKING:
    from django.db.models import QuerySet

SMALL: Final = 5
"""Below this many a cell may tell who is in it (Satu Data practice and the usual threshold of official statistics)."""


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
    in. ``is_read``: what was written may be read, one by one."""

    path: str
    label: Words
    section: Words
    kind: Answered
    asked: int
    answered: int
    counts: Sequence[tuple[Choice, int | None]] = ()
    """How often each choice was chosen; None where the number is too small to be told."""
    numbers: Quartiles | None = None
    is_read: bool = False


def counted_in(
    survey: Survey,
    reader: User,
    *,
    village: str = "",
    enumerator: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Count:
    """What was answered in the interviews a reader may see, narrowed as `interviews_of` does (1 query)."""
    counts = Tally.objects.visible_to(reader).filter(survey=survey, interviews__gt=0)
    return _sum(narrowed(counts, village=village, enumerator=enumerator, since=since, until=until))


def counted_for_all(survey: Survey) -> Count:
    """Of every interview that stands, for numbers alone: who asks may not read them, and is shown none."""
    with acting(User.objects.system(), "surveys.count"):
        return _sum(Tally.objects.filter(survey=survey, interviews__gt=0))


def _sum(tallies: "QuerySet[Tally]") -> Count:
    total = Count()
    for interviews, answers in tallies.order_by().values_list("interviews", "answers").iterator(500):
        total.add(Count.told(interviews, answers, {}))
    return total


def questions_of(questionnaire: Questionnaire, count: Count, *, shows_persons: bool) -> list[Question]:
    """Every question that people answered or might have, in the order it is asked.

    ``questionnaire`` is that of the survey; of other editions the questions at the same place count. Texts, and the
    least and greatest number, are for those who may see persons; for others counts below `SMALL` are kept back, and
    the next smallest with a lone one, so that it does not follow from the sum.
    """
    return [_question(questionnaire, one, count, shows_persons=shows_persons) for one in questionnaire.asked]


def _question(questionnaire: Questionnaire, one: Asked, count: Count, *, shows_persons: bool) -> Question:
    answered, values = count.answered[one.path], count.values.get(one.path, Counter())
    is_told = shows_persons or answered >= SMALL
    counts: Sequence[tuple[Choice, int | None]] = ()
    numbers: Quartiles | None = None
    if one.kind in {Answered.ONE, Answered.MANY} and is_told:
        counts = _counts(questionnaire.form.choices(one.path), values)
        counts = counts if shows_persons else kept_back(counts)
    elif one.kind is Answered.NUMBER and is_told:
        numbers = quartiles_of({float(number): times for number, times in values.items()})
        if numbers is not None and not shows_persons:
            numbers = Quartiles(numbers.lower, numbers.lower, numbers.middle, numbers.upper, numbers.upper)
    return Question(
        path=one.path,
        label=one.label,
        section=one.section,
        kind=one.kind,
        asked=count.asked[one.path],
        answered=answered if is_told else 0,
        counts=counts,
        numbers=numbers,
        is_read=one.kind is Answered.TEXT and shows_persons and answered > 0,
    )


def _counts(choices: Sequence[Choice], chosen: Mapping[str, int]) -> list[tuple[Choice, int | None]]:
    """In the order of the form; what is no choice any more, or came from a list outside, follows by its code."""
    by_value = {choice.value: choice for choice in choices}
    rows: list[tuple[Choice, int | None]] = [(choice, chosen.get(code, 0)) for code, choice in by_value.items()]
    others = sorted((code, count) for code, count in chosen.items() if code not in by_value)
    return [*rows, *((Choice(code, Words({"": (code,)})), count) for code, count in others)]


def kept_back(counts: Sequence[tuple[Choice, int | None]]) -> list[tuple[Choice, int | None]]:
    """Counts from one to four are not told; a lone one takes the next smallest with it."""
    small = {index for index, (_choice, count) in enumerate(counts) if count is not None and 0 < count < SMALL}
    if len(small) == 1:
        others = [
            (count, index) for index, (_choice, count) in enumerate(counts) if count is not None and count >= SMALL
        ]
        small |= {min(others)[1]} if others else set()
    return [(choice, None if index in small else count) for index, (choice, count) in enumerate(counts)]


def quartiles_of(numbers: Mapping[float, int]) -> Quartiles | None:
    """Of numbers with how often each was given: as `statistics.quantiles` has it with the inclusive method."""
    if not numbers:
        return None
    values = sorted(numbers)
    sums = list(accumulate(numbers[value] for value in values))

    def at(place: int) -> float:
        return values[bisect_right(sums, place)]

    def part(quarter: int) -> float:
        place, rest = divmod((sums[-1] - 1) * quarter, 4)
        below, above = at(place), at(min(place + 1, sums[-1] - 1))
        return (below * (4 - rest) + above * rest) / 4

    return Quartiles(values[0], part(1), part(2), part(3), values[-1])
