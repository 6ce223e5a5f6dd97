"""Who came and left, as days without names: what a forecast is reckoned from."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from serasi.access.models import Unit
from serasi.capacity.forecasting import Flow
from serasi.residence.models import Reservation

LEAST_SHOWN: Final = 5
"""A kind with fewer people in the house is not counted by itself: its number would tell of persons."""


@dataclass(frozen=True, slots=True)
class Flows:
    """All stays of a house, those of each kind that may be counted, and the days for which somebody is expected."""

    every: Sequence[Flow]
    by_kind: dict[str, list[Flow]]
    announced: Sequence[int]


def flows_of(unit: Unit, *, on: date) -> Flows:
    """What a house's records say of coming and leaving, until this day. Two statements.

    A house whose expected numbers the actor may not see has none.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, came, gone, planned FROM capacity_flows(%s)", [unit.pk])
        rows = cursor.fetchall()
    every: list[Flow] = []
    by_kind: dict[str, list[Flow]] = defaultdict(list)
    there: Counter[str] = Counter()
    today = on.toordinal()
    for kind, came, gone, planned in rows:
        flow = Flow(came.toordinal(), gone and gone.toordinal(), planned and planned.toordinal())
        every.append(flow)
        if kind is not None:
            by_kind[kind].append(flow)
            there[kind] += flow.is_there(today)
    expected = Reservation.objects.open().filter(unit=unit, period__endswith__gt=on).values_list("period", flat=True)
    return Flows(
        every,
        {kind: flows for kind, flows in by_kind.items() if there[kind] >= LEAST_SHOWN},
        [period.lower.toordinal() for period in expected],
    )
