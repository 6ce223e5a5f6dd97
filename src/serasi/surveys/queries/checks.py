"""What a supervisor should look at: computed from the interviews that stand, each with what speaks for it.

The usual is what the interviews of this survey say themselves: medians, and the median distance from them (MAD),
which a few wrong values do not move (Leys et al. 2013, Journal of Experimental Social Psychology 49, 764–766). With
few interviews nothing is unusual yet.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, cos, expm1, log1p, radians, sin, sqrt
from statistics import median
from typing import Any, Final
from uuid import UUID

from serasi.common.names import read_name, search_key
from serasi.surveys.answers import points_of
from serasi.surveys.enums import Check
from serasi.surveys.models import Interview, Survey, Verdict
from serasi.surveys.queries.reading import Told
from serasi.surveys.recognising import meanings_of
from serasi.xforms.form import Form
from serasi.xforms.parts import ControlKind
from serasi.xforms.xpath import DataType

ENOUGH: Final = 8
"""Values of a number, or interviews with a length, before one of them can be unusual."""
FAR: Final = 5.0
"""MADs (as standard deviations) from the median beyond which a number is unusual."""
MAD_TO_SD: Final = 1.4826
FAST: Final = 0.4
"""Of the usual time, for the whole and for each answer, below which an interview is too fast."""
APART_M: Final = 3_000.0
"""Metres from the middle of the others in a village that are never far."""
TIMES_APART: Final = 6.0
SAME_PLACE_M: Final = 15.0
"""Metres within which points of phones are the same place: what their GPS cannot tell apart."""
MANY_AT_ONE_PLACE: Final = 4
INDONESIA: Final = ((-11.5, 6.5), (94.5, 141.5))
"""Degrees of latitude and longitude."""
DONT_KNOW: Final = frozenset(
    {"tidak_tahu", "tt", "tidak_menjawab", "menolak", "tidak_ingat", "lupa", "88", "98", "99", "888", "998", "999"}
)
DONT_KNOW_SHARE: Final = 0.25
DONT_KNOW_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about an interview that a person should look at; ``facts`` is what speaks for it, by name.

    ``about`` tells findings of one kind apart: the other interview, or the question. ``others`` are interviews it is
    compared with.
    """

    interview: Interview
    kind: Check
    about: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    others: Sequence[Interview] = ()
    verdict: Verdict | None = None


def findings_of(survey: Survey, told: Sequence[Told]) -> list[Finding]:
    """Everything there is to look at, decided or not, the latest interview first (1 query)."""
    found = [finding for check in _CHECKS for finding in check(survey, told)]
    verdicts = {
        (one.interview_id, one.kind, one.about): one
        for one in Verdict.objects.filter(interview__in=[one.interview.pk for one in told]).select_related("decided_by")
    }
    decided = [
        Finding(
            one.interview,
            one.kind,
            one.about,
            one.facts,
            one.others,
            verdicts.get((one.interview.pk, one.kind, one.about)),
        )
        for one in found
    ]
    return sorted(decided, key=lambda one: (one.interview.started_at, one.interview.pk, one.kind), reverse=True)


# --- the same person twice


def _same_nik(_survey: Survey, told: Sequence[Told]) -> Iterator[Finding]:
    yield from _shared(told, Check.SAME_NIK, "nik", lambda text: _digits(text) if len(_digits(text)) == 16 else "")


def _same_phone(_survey: Survey, told: Sequence[Told]) -> Iterator[Finding]:
    def number(text: str) -> str:
        digits = _digits(text).removeprefix("62").removeprefix("0")
        return digits if len(digits) >= 7 else ""

    yield from _shared(told, Check.SAME_PHONE, "phone", number)


def _shared(told: Sequence[Told], kind: Check, meaning: str, key: Callable[[str], str]) -> Iterator[Finding]:
    """Interviews that hold what an earlier one holds: each names the first."""
    first: dict[str, Interview] = {}
    for one in told:
        paths = [path for path, each in meanings_of(one.form).items() if each == meaning]
        keys = {key(row[path]) for row in one.answers.everything for path in paths if path in row} - {""}
        shared: dict[UUID, list[str]] = defaultdict(list)
        for each in sorted(keys):
            if each in first:
                shared[first[each].pk].append(each)
            else:
                first[each] = one.interview
        for values in shared.values():
            other = first[values[0]]
            yield Finding(one.interview, kind, str(other.pk), {"values": values}, [other])


@dataclass(frozen=True, slots=True)
class _Someone:
    name: str
    key: str
    born: str
    age: float | None

    def is_like(self, other: "_Someone") -> bool:
        """The same day of birth, or ages at most a year apart, where both are known."""
        if self.born and other.born:
            return self.born == other.born
        return self.age is not None and other.age is not None and abs(self.age - other.age) <= 1


def _same_person(_survey: Survey, told: Sequence[Told]) -> Iterator[Finding]:
    """The same name however spelt, and age, in one village. A name of one word is that of many: then two must match."""
    seen: dict[tuple[str, str | None], list[tuple[_Someone, Interview]]] = defaultdict(list)
    for one in told:
        matches: dict[UUID, list[_Someone]] = defaultdict(list)
        others: dict[UUID, Interview] = {}
        people = list(_people_in(one))
        for someone in people:
            for earlier, interview in seen[someone.key, one.interview.village_id]:
                if earlier.is_like(someone):
                    matches[interview.pk].append(someone)
                    others[interview.pk] = interview
        for someone in people:
            seen[someone.key, one.interview.village_id].append((someone, one.interview))
        for key, alike in matches.items():
            if len(alike) > 1 or len(read_name(alike[0].name).words) > 1:
                facts = {"names": [each.name for each in alike]}
                yield Finding(one.interview, Check.SAME_PERSON, str(key), facts, [others[key]])


def _people_in(one: Told) -> Iterator[_Someone]:
    meanings = meanings_of(one.form)
    for row in one.answers.everything:
        by_meaning = {meanings[path]: value for path, value in row.items() if path in meanings}
        name = by_meaning.get("name", "") or by_meaning.get("head_name", "")
        if key := search_key(name):
            yield _Someone(name, key, by_meaning.get("birth_date", ""), _number(by_meaning.get("age", "")))


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


# --- numbers and time


def numeric(form: Form) -> list[str]:
    """The questions that are answered with a number by a person."""
    return [
        path
        for path, control in form.controls.items()
        if control.kind in {ControlKind.INPUT, ControlKind.RANGE}
        and form.fields[path].type in {DataType.INT, DataType.DECIMAL}
        and form.fields[path].calculate is None
    ]


def _outliers(_survey: Survey, told: Sequence[Told]) -> Iterator[Finding]:
    values: dict[str, list[tuple[float, Told]]] = defaultdict(list)
    for one in told:
        for path in numeric(one.form):
            for row in one.answers.everything:
                number = _number(row.get(path, ""))
                if number is not None:
                    values[path].append((number, one))
    for path, numbers in values.items():
        usual = usual_range([number for number, _one in numbers])
        if usual is None:
            continue
        strange: dict[UUID, tuple[Told, list[float]]] = {}
        for number, one in numbers:
            if not usual[0] <= number <= usual[1]:
                strange.setdefault(one.interview.pk, (one, []))[1].append(number)
        for one, outside in strange.values():
            facts = {"question": one.form.controls[path].label, "values": outside, "usual": usual}
            yield Finding(one.interview, Check.OUTLIER, path, facts)


def usual_range(numbers: Sequence[float]) -> tuple[float, float] | None:
    """Between which values a number is usual; None while there are too few, or nearly all are the same.

    What people earn and spend lies on a scale of times, not of pluses: large amounts are held against each other there.
    """
    if len(numbers) < ENOUGH:
        return None
    lowest, middle = min(numbers), median(numbers)
    is_money = lowest >= 0 and middle >= 1000
    scaled = [log1p(number) if is_money else number for number in numbers]
    centre = median(scaled)
    spread = MAD_TO_SD * median(abs(number - centre) for number in scaled)
    if not spread:
        return None
    low, high = centre - FAR * spread, centre + FAR * spread
    return (expm1(low), expm1(high)) if is_money else (max(low, 0.0) if lowest >= 0 else low, high)


def _too_fast(_survey: Survey, told: Sequence[Told]) -> Iterator[Finding]:
    """Shorter than most, and shorter for what was answered: who asked little because little applied was not fast."""
    timed = [
        (one, took.total_seconds(), took.total_seconds() / max(one.answers.count, 1))
        for one in told
        if (took := one.interview.took) is not None
    ]
    if len(timed) < ENOUGH:
        return
    usual, usual_each = median(seconds for _one, seconds, _each in timed), median(each for *_rest, each in timed)
    for one, seconds, each in timed:
        if seconds < FAST * usual and each < FAST * usual_each:
            facts = {"seconds": seconds, "count": one.answers.count, "usual": usual, "usual_each": usual_each}
            yield Finding(one.interview, Check.TOO_FAST, "", facts)


# --- places


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two places on the globe (haversine, radius 6,371 km)."""
    (lat1, lon1), (lat2, lon2) = ([radians(degrees) for degrees in place] for place in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6_371_000 * asin(min(1.0, sqrt(half)))


def _far_away(_survey: Survey, told: Sequence[Told]) -> Iterator[Finding]:
    """From the middle of the others that name the same village: borders of villages are not known to us."""
    by_village: dict[str, list[tuple[Told, tuple[float, float]]]] = defaultdict(list)
    for one in told:
        if one.interview.village_id and (point := one.interview.point):
            by_village[one.interview.village_id].append((one, point))
    for places in by_village.values():
        if len(places) < MANY_AT_ONE_PLACE:
            continue
        middle = (median(point[0] for _one, point in places), median(point[1] for _one, point in places))
        apart = [distance_m(middle, point) for _one, point in places]
        limit = max(APART_M, TIMES_APART * median(apart))
        for (one, _point), metres in zip(places, apart, strict=True):
            if metres > limit:
                yield Finding(one.interview, Check.FAR_AWAY, "", {"metres": metres, "usual": median(apart)})


def _outside_area(survey: Survey, told: Sequence[Told]) -> Iterator[Finding]:
    (south, north), (west, east) = INDONESIA
    for one in told:
        village, point = one.interview.village_id, one.interview.point
        if village and village != survey.region_id and not village.startswith(f"{survey.region_id}."):
            yield Finding(one.interview, Check.OUTSIDE_AREA, "village", {"village": one.interview.village})
        if point and not (south <= point[0] <= north and west <= point[1] <= east):
            yield Finding(one.interview, Check.OUTSIDE_AREA, "point", {"point": point})


def _same_place(_survey: Survey, told: Sequence[Told]) -> Iterator[Finding]:
    """Many interviews of one enumerator within what GPS cannot tell apart: the latest of them names the others."""
    heaps: dict[UUID, list[list[tuple[Interview, tuple[float, float]]]]] = defaultdict(list)
    for one in told:
        point = one.interview.point
        if point is None:
            continue
        mine = heaps[one.interview.enumerator_id]
        heap = next((each for each in mine if distance_m(each[0][1], point) <= SAME_PLACE_M), None)
        if heap is None:
            mine.append([(one.interview, point)])
        else:
            heap.append((one.interview, point))
    for heap in (heap for mine in heaps.values() for heap in mine):
        if len(heap) >= MANY_AT_ONE_PLACE:
            *others, latest = [interview for interview, _point in heap]
            facts = {"count": len(heap), "metres": SAME_PLACE_M}
            yield Finding(latest, Check.SAME_PLACE, str(others[0].pk), facts, others)


def _no_point(_survey: Survey, told: Sequence[Told]) -> Iterator[Finding]:
    for one in told:
        if one.interview.point is None and one.answers.asked.intersection(points_of(one.form)):
            yield Finding(one.interview, Check.NO_POINT)


# --- how it was answered


def _dont_know(_survey: Survey, told: Sequence[Told]) -> Iterator[Finding]:
    for one in told:
        chosen = Counter(
            is_dont_know(value)
            for row in one.answers.everything
            for path, value in row.items()
            if path in one.form.controls and one.form.controls[path].kind is ControlKind.SELECT_ONE
        )
        if chosen[True] >= DONT_KNOW_LEAST and chosen[True] >= DONT_KNOW_SHARE * chosen.total():
            yield Finding(one.interview, Check.DONT_KNOW, "", {"count": chosen[True], "of": chosen.total()})


def is_dont_know(code: str) -> bool:
    """Whether a choice says that nothing is known, by the codes that forms use for it."""
    return code.lower() in DONT_KNOW


def _incomplete(_survey: Survey, told: Sequence[Told]) -> Iterator[Finding]:
    for one in told:
        if one.interview.problems:
            yield Finding(one.interview, Check.INCOMPLETE, "", {"problems": one.interview.problems, "form": one.form})


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


_CHECKS: Final[Iterable[Callable[[Survey, Sequence[Told]], Iterator[Finding]]]] = (
    _same_nik,
    _same_person,
    _same_phone,
    _outliers,
    _too_fast,
    _far_away,
    _outside_area,
    _same_place,
    _no_point,
    _dont_know,
    _incomplete,
)
