"""What a supervisor should look at, worked out from what is kept of the interviews that stand.

The usual is what the interviews of this survey say themselves: medians, and the median distance from them (MAD),
which a few wrong values do not move (Leys et al. 2013, Journal of Experimental Social Psychology 49, 764–766). With
few interviews nothing is unusual yet.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import asin, ceil, cos, expm1, log1p, radians, sin, sqrt
from statistics import median
from typing import Any, Final
from uuid import UUID

from serasi.common.names import read_name
from serasi.surveys.enums import Check
from serasi.surveys.kept import Someone, Traits
from serasi.surveys.models import Reading, Survey

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
MOST_OTHERS: Final = 12
"""Interviews that a finding names beside its own; the count is told whole."""
INDONESIA: Final = ((-11.5, 6.5), (94.5, 141.5))
"""Degrees of latitude and longitude."""
DONT_KNOW_SHARE: Final = 0.25
DONT_KNOW_LEAST: Final = 3
METRES_A_DEGREE: Final = 111_000.0
"""Of latitude, a little less than there are: squares are never too small."""


@dataclass(frozen=True, slots=True)
class Held:
    """One interview that stands, as far as checks ask: ``seconds`` is how long it lasted."""

    id: UUID
    enumerator_id: UUID
    village_id: str | None
    started_at: datetime
    seconds: float | None
    point: tuple[float, float] | None
    problems: Sequence[Mapping[str, str]]
    traits: Traits


@dataclass(frozen=True, slots=True)
class Found:
    """A finding (`models.Finding`) as it was worked out."""

    held: Held
    kind: Check
    about: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    others: Sequence[UUID] = ()


def held_in(survey: Survey) -> list[Held]:
    """Every interview of the survey that stands, the earliest first (1 query); all of them, whoever asks."""
    rows = Reading.objects.filter(survey=survey, interview__voided_at=None).exclude(
        interview__replaced_by__isnull=False, interview__replaced_by__voided_at=None
    )
    names = ("id", "enumerator", "village", "started_at", "ended_at", "latitude", "longitude", "problems")
    values = rows.order_by("interview__started_at", "interview").values_list(
        "traits", *(f"interview__{name}" for name in names)
    )
    return [
        Held(
            id=pk,
            enumerator_id=enumerator,
            village_id=village,
            started_at=began,
            seconds=(ended - began).total_seconds() if ended is not None else None,
            point=(latitude, longitude) if latitude is not None and longitude is not None else None,
            problems=problems,
            traits=Traits.told(traits),
        )
        for traits, pk, enumerator, village, began, ended, latitude, longitude, problems in values.iterator(2000)
    ]


def findings_of(survey: Survey, held: Sequence[Held]) -> list[Found]:
    """Everything there is to look at; ``held`` in the order of their beginning."""
    return [finding for check in _CHECKS for finding in check(survey, held)]


# --- the same person twice


def _same_nik(_survey: Survey, held: Sequence[Held]) -> Iterator[Found]:
    yield from _shared(held, Check.SAME_NIK, lambda one: one.niks)


def _same_phone(_survey: Survey, held: Sequence[Held]) -> Iterator[Found]:
    yield from _shared(held, Check.SAME_PHONE, lambda one: one.phones)


def _shared(held: Sequence[Held], kind: Check, keys: Callable[[Traits], Sequence[str]]) -> Iterator[Found]:
    """Interviews that hold what an earlier one holds: each names the first."""
    first: dict[str, UUID] = {}
    for one in held:
        shared: dict[UUID, list[str]] = defaultdict(list)
        for each in keys(one.traits):
            if each in first:
                shared[first[each]].append(each)
            else:
                first[each] = one.id
        for other, values in shared.items():
            yield Found(one, kind, str(other), {"values": values}, [other])


def _same_person(_survey: Survey, held: Sequence[Held]) -> Iterator[Found]:
    """The same name however spelt, and age, in one village. A name of one word is that of many: then two must match."""
    seen: dict[tuple[str, str | None], list[tuple[Someone, UUID]]] = defaultdict(list)
    for one in held:
        matches: dict[UUID, list[Someone]] = defaultdict(list)
        for someone in one.traits.people:
            for earlier, other in seen[someone.key, one.village_id]:
                if earlier.is_like(someone):
                    matches[other].append(someone)
        for someone in one.traits.people:
            seen[someone.key, one.village_id].append((someone, one.id))
        for other, alike in matches.items():
            if len(alike) > 1 or len(read_name(alike[0].name).words) > 1:
                yield Found(one, Check.SAME_PERSON, str(other), {"names": [each.name for each in alike]}, [other])


# --- numbers and time


def _outliers(_survey: Survey, held: Sequence[Held]) -> Iterator[Found]:
    values: dict[str, list[float]] = defaultdict(list)
    for one in held:
        for path, numbers in one.traits.numbers.items():
            values[path].extend(numbers)
    usual = {path: found for path, numbers in values.items() if (found := usual_range(numbers)) is not None}
    for one in held:
        for path, numbers in one.traits.numbers.items():
            if path not in usual:
                continue
            low, high = usual[path]
            if outside := [number for number in numbers if not low <= number <= high]:
                yield Found(one, Check.OUTLIER, path[:200], {"path": path, "values": outside, "usual": [low, high]})


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


def _too_fast(_survey: Survey, held: Sequence[Held]) -> Iterator[Found]:
    """Shorter than most, and shorter for what was answered: who asked little because little applied was not fast."""
    timed = [(one, one.seconds, one.seconds / max(one.traits.answered, 1)) for one in held if one.seconds is not None]
    if len(timed) < ENOUGH:
        return
    usual, usual_each = median(seconds for _one, seconds, _each in timed), median(each for *_rest, each in timed)
    for one, seconds, each in timed:
        if seconds < FAST * usual and each < FAST * usual_each:
            facts = {"seconds": seconds, "count": one.traits.answered, "usual": usual, "usual_each": usual_each}
            yield Found(one, Check.TOO_FAST, "", facts)


# --- places


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two places on the globe (haversine, radius 6,371 km)."""
    (lat1, lon1), (lat2, lon2) = ([radians(degrees) for degrees in place] for place in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6_371_000 * asin(min(1.0, sqrt(half)))


def _far_away(_survey: Survey, held: Sequence[Held]) -> Iterator[Found]:
    """From the middle of the others that name the same village: borders of villages are not known to us."""
    by_village: dict[str, list[tuple[Held, tuple[float, float]]]] = defaultdict(list)
    for one in held:
        if one.village_id and one.point:
            by_village[one.village_id].append((one, one.point))
    for places in by_village.values():
        if len(places) < MANY_AT_ONE_PLACE:
            continue
        middle = (median(point[0] for _one, point in places), median(point[1] for _one, point in places))
        apart = [distance_m(middle, point) for _one, point in places]
        usual = median(apart)
        limit = max(APART_M, TIMES_APART * usual)
        for (one, _point), metres in zip(places, apart, strict=True):
            if metres > limit:
                yield Found(one, Check.FAR_AWAY, "", {"metres": metres, "usual": usual})


def _outside_area(survey: Survey, held: Sequence[Held]) -> Iterator[Found]:
    (south, north), (west, east) = INDONESIA
    for one in held:
        village, point = one.village_id, one.point
        if village and village != survey.region_id and not village.startswith(f"{survey.region_id}."):
            yield Found(one, Check.OUTSIDE_AREA, "village")
        if point and not (south <= point[0] <= north and west <= point[1] <= east):
            yield Found(one, Check.OUTSIDE_AREA, "point")


def _same_place(_survey: Survey, held: Sequence[Held]) -> Iterator[Found]:
    """Many interviews of one enumerator within what GPS cannot tell apart: the latest of them names the others."""
    heaps: dict[UUID, _Heaps] = defaultdict(_Heaps)
    for one in held:
        if one.point is not None:
            heaps[one.enumerator_id].take(one, one.point)
    for heap in (heap for mine in heaps.values() for heap in mine.all):
        if len(heap) >= MANY_AT_ONE_PLACE:
            *others, latest = heap
            facts = {"count": len(heap), "metres": SAME_PLACE_M}
            yield Found(latest, Check.SAME_PLACE, str(others[0].id), facts, [one.id for one in others[:MOST_OTHERS]])


class _Heaps:
    """Interviews at one place each: where the first of a heap was held. A new one joins the earliest heap it is near.

    Heaps are looked for in the squares around, of `SAME_PLACE_M` and more on each side, not among all there are.
    """

    def __init__(self) -> None:
        self.all: list[list[Held]] = []
        self._firsts: list[tuple[float, float]] = []
        self._squares: dict[tuple[int, int], list[int]] = defaultdict(list)

    def take(self, one: Held, point: tuple[float, float]) -> None:
        north, east = self._square(point)
        near = sorted(
            number
            for row in (north - 1, north, north + 1)
            for column in self._columns(point[0], east)
            for number in self._squares.get((row, column), ())
        )
        for number in near:
            if distance_m(self._firsts[number], point) <= SAME_PLACE_M:
                self.all[number].append(one)
                return
        self._squares[north, east].append(len(self.all))
        self._firsts.append(point)
        self.all.append([one])

    @staticmethod
    def _square(point: tuple[float, float]) -> tuple[int, int]:
        side = SAME_PLACE_M / METRES_A_DEGREE
        return int(point[0] // side), int(point[1] // side)

    @staticmethod
    def _columns(latitude: float, east: int) -> range:
        """A degree of longitude is shorter away from the equator, so more columns are near."""
        reach = min(ceil(1 / max(cos(radians(latitude)), 0.01)), 100)
        return range(east - reach - 1, east + reach + 2)


def _no_point(_survey: Survey, held: Sequence[Held]) -> Iterator[Found]:
    return (Found(one, Check.NO_POINT) for one in held if one.point is None and one.traits.asks_point)


# --- how it was answered


def _dont_know(_survey: Survey, held: Sequence[Held]) -> Iterator[Found]:
    for one in held:
        unknown, chosen = one.traits.unknown, one.traits.chosen
        if unknown >= DONT_KNOW_LEAST and unknown >= DONT_KNOW_SHARE * chosen:
            yield Found(one, Check.DONT_KNOW, "", {"count": unknown, "of": chosen})


def _incomplete(_survey: Survey, held: Sequence[Held]) -> Iterator[Found]:
    return (Found(one, Check.INCOMPLETE, "", {"problems": one.problems}) for one in held if one.problems)


_CHECKS: Final[Iterable[Callable[[Survey, Sequence[Held]], Iterator[Found]]]] = (
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
