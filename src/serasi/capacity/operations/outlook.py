"""Reckoning what is expected of a house, and keeping it."""

from collections.abc import Sequence
from datetime import date, datetime

from serasi.access.models import Unit, User
from serasi.access.operations import operation, require
from serasi.capacity.forecasting import Flow, outlooks
from serasi.capacity.models import Forecast
from serasi.capacity.permissions import RECKON
from serasi.capacity.queries import flows_of
from serasi.common.identifiers import uuid7
from serasi.residence.models import Ward
from serasi.residence.queries import day_at


@operation(RECKON)
def reckon(*, unit: Unit, by: User, at: datetime) -> list[Forecast]:
    """Reckon a house and each kind of which it has enough people, in place of what was reckoned the same day.

    A house without any stay is not reckoned.
    """
    require(by, RECKON, on=unit)
    on = day_at(unit, at)
    found = flows_of(unit, on=on)
    if not found.every:
        return []
    made = _forecasts(unit, None, found.every, found.announced, on)
    for kind, flows in found.by_kind.items():
        made += _forecasts(unit, kind, flows, (), on)
    Forecast.objects.filter(unit=unit, made_on=on).delete()
    return Forecast.objects.bulk_create(made)


def reckon_all(*, by: User, at: datetime) -> int:
    """Every house with a ward, one transaction each; how many. Asked by the clock, in the name of the system."""
    units = Unit.objects.filter(closed_on=None, pk__in=Ward.objects.order_by().values("unit"))
    houses = list(units)
    for unit in houses:
        reckon(unit=unit, by=by, at=at)
    return len(houses)


def _forecasts(
    unit: Unit, kind: str | None, flows: Sequence[Flow], announced: Sequence[int], on: date
) -> list[Forecast]:
    today = on.toordinal()
    present = sum(one.is_there(today) for one in flows)
    return [
        Forecast(
            id=uuid7(),
            unit=unit,
            kind_id=kind,
            made_on=on,
            horizon=one.horizon,
            present=present,
            expected=one.expected,
            low=one.low,
            high=one.high,
            leaving=one.leaving,
            coming=one.coming,
            error=one.error.mean if one.error else None,
            naive_error=one.error.naive if one.error else None,
            tries=one.error.tries if one.error else 0,
        )
        for one in outlooks(flows, today=today, announced=announced)
    ]
