"""How many people a house will have in some days: who is there, how long people stay, how many come. Pure arithmetic.

A component forecast as for hospital beds (S. J. Littig, M. W. Isken: Short term hospital occupancy prediction, Health
Care Management Science 10, 2007, 47–66): those present leave with the hazard of their length of stay, newcomers arrive
at the rate of the last months and may leave again. Days are ordinals (`date.toordinal`).

The range is that in which four of five outcomes fall: as wide as chance alone makes it, or as wide as this very
reckoning was wrong before, whichever is wider. How wrong it was is found by standing on days of the past, with what was
known then. Plans and announcements of those days are not known any more, so past errors are those without them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Final

HORIZONS: Final = (30, 60, 90)
"""Days ahead."""

_BANDS: Final = (0, 30, 90, 180, 365, 730)
"""Days after arrival from which people leave at another rate: those who hardly arrive, …, those who stay for ever."""
_MEMORY: Final = 365
"""Days of the past from which the rate of leaving is taken."""
_INFLOW_MEMORY: Final = 180
"""Days of the past from which the rate of arriving is taken."""
_WEIGHT: Final = 200
"""Person-days of the whole house that are added to those of a band, so that few days do not make a wild rate."""
_KEPT: Final = 0.5
"""How many planned ends are kept, until ten have been due."""
_GRACE: Final = 14
"""Days after its planned end within which a stay counts as ended by plan."""
_STEP: Final = 30
_ORIGINS: Final = 12
"""Days of the past on which the reckoning is tried: one in thirty days, at most twelve."""
_LEAST_HISTORY: Final = 90
"""Days of records before a day on which the reckoning can be tried."""
_FOUR_OF_FIVE: Final = 1.2816


@dataclass(frozen=True, slots=True)
class Flow:
    """One stay as two days: came, left (None while it lasts), and the planned end."""

    came: int
    left: int | None = None
    planned: int | None = None

    def is_there(self, day: int) -> bool:
        return self.came <= day and (self.left is None or self.left > day)


@dataclass(frozen=True, slots=True)
class Error:
    """How wrong the reckoning was: mean absolute error in people, and that of saying "as many as today"."""

    mean: float
    naive: float
    tries: int

    @property
    def ratio(self) -> float | None:
        """Below one: better than saying that nothing changes."""
        return self.mean / self.naive if self.naive else None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected ``horizon`` days ahead, with the range of four of five outcomes."""

    horizon: int
    expected: float
    low: float
    high: float
    leaving: float
    coming: float
    error: Error | None


def outlooks(
    flows: Sequence[Flow], *, today: int, announced: Sequence[int] = (), horizons: Iterable[int] = HORIZONS
) -> list[Outlook]:
    """The house ahead. ``announced`` are the days for which somebody is expected, those that are overdue included."""
    rates, kept = _Rates(flows, today), _kept_plans(flows, today)
    present = [one for one in flows if one.is_there(today)]
    found = []
    for horizon in horizons:
        last = today + horizon
        staying = [_stays(one, rates, kept, today, last) for one in present]
        known = sum(day <= last for day in announced)
        coming = max(rates.arrivals * horizon, float(known)) * rates.share_that_stays(horizon)
        expected = sum(staying) + coming
        error, widest = _past_error(flows, today, horizon)
        chance = sum(share * (1 - share) for share in staying) + coming
        reach = max(_FOUR_OF_FIVE * sqrt(chance), widest)
        leaving = len(present) - sum(staying)
        found.append(Outlook(horizon, expected, max(expected - reach, 0.0), expected + reach, leaving, coming, error))
    return found


def _stays(one: Flow, rates: "_Rates", kept: float, today: int, last: int) -> float:
    """How likely someone who is there today is there on the last day: by how long they stay, and by their plan, unless
    its day has passed already."""
    share = rates.stays(today - one.came, last - today)
    return min(share, 1 - kept) if one.planned is not None and today < one.planned <= last else share


def _past_error(flows: Sequence[Flow], today: int, horizon: int) -> tuple[Error | None, float]:
    """The error on days of the past, and the size that four of five errors did not pass."""
    first = min((one.came for one in flows), default=today)
    errors, naive = [], []
    for number in range(_ORIGINS):
        origin = today - horizon - number * _STEP
        if origin - first < _LEAST_HISTORY:
            break
        then = [
            Flow(one.came, one.left if one.left is not None and one.left <= origin else None)
            for one in flows
            if one.came <= origin
        ]
        rates = _Rates(then, origin)
        remaining = sum(rates.stays(origin - one.came, horizon) for one in then if one.is_there(origin))
        said = remaining + rates.arrivals * horizon * rates.share_that_stays(horizon)
        was = sum(one.is_there(origin + horizon) for one in flows)
        errors.append(abs(said - was))
        naive.append(abs(sum(one.is_there(origin) for one in then) - was))
    if not errors:
        return None, 0.0
    size = len(errors)
    ordered = sorted(errors)
    return Error(sum(errors) / size, sum(naive) / size, size), ordered[min(-(-size * 4 // 5), size) - 1]


def _kept_plans(flows: Sequence[Flow], today: int) -> float:
    due = [one for one in flows if one.planned is not None and today - _MEMORY <= one.planned <= today - _GRACE]
    if len(due) < 10:
        return _KEPT
    return sum(one.left is not None and one.left <= (one.planned or 0) + _GRACE for one in due) / len(due)


class _Rates:
    """How people leave and come, as the records of a house say on a day."""

    def __init__(self, flows: Sequence[Flow], today: int) -> None:
        first = min((one.came for one in flows), default=today)
        since = max(today - _MEMORY, first)
        days, gone = [0] * len(_BANDS), [0] * len(_BANDS)
        for one in flows:
            end = min(one.left if one.left is not None else today, today)
            if end < since or one.came > today:
                continue
            self._spread(days, max(since, one.came) - one.came, end - one.came)
            if one.left is not None and since <= one.left <= today:
                gone[_band(one.left - one.came)] += 1
        overall = sum(gone) / sum(days) if sum(days) else 0.0
        self._hazards = [
            min((left + _WEIGHT * overall) / (spent + _WEIGHT), 1.0) for left, spent in zip(gone, days, strict=True)
        ]
        window = max(min(_INFLOW_MEMORY, today - first), 1)
        self.arrivals = sum(today - window < one.came <= today for one in flows) / window
        """People a day."""

    @staticmethod
    def _spread(days: list[int], from_age: int, to_age: int) -> None:
        for band, (begin, end) in enumerate(pairwise((*_BANDS, 10**7))):
            days[band] += max(min(to_age, end) - max(from_age, begin), 0)

    def stays(self, age: int, days: int) -> float:
        """The share of those who came ``age`` days ago that is still there ``days`` later."""
        share = 1.0
        for hazard, (begin, end) in zip(self._hazards, pairwise((*_BANDS, 10**7)), strict=True):
            share *= (1 - hazard) ** max(min(age + days, end) - max(age, begin), 0)
        return share

    def share_that_stays(self, days: int) -> float:
        """Of those who come evenly over the days ahead, the share that is there on the last of them."""
        return sum(self.stays(0, day) for day in range(days)) / days if days else 1.0


def _band(age: int) -> int:
    return bisect_right(_BANDS, max(age, 0)) - 1
