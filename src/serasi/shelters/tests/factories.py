"""A shelter and those who come; everything through the operations."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from serasi.access.models import Unit, User
from serasi.cases.tests.factories import World, now
from serasi.common.identifiers import uuid7
from serasi.shelters import operations as shelters
from serasi.shelters.models import Arrival, Gathering
from serasi.shelters.operations import Onward

_tag = count(1)


def open_shelter(world: World, *, by: User | None = None, unit: Unit | None = None, **facts: Any) -> Gathering:
    return shelters.open_gathering(
        id=uuid7(),
        unit=unit or world.panti,
        kind=facts.pop("kind", "shelter"),
        place=facts.pop("place", "GOR Ciracas"),
        by=by or world.head,
        at=facts.pop("at", None) or now() - timedelta(hours=2),
        **facts,
    )


def arrive(world: World, gathering: Gathering, *, by: User | None = None, **facts: Any) -> Arrival:
    at = facts.pop("at", None) or now()
    return shelters.register_arrival(
        id=facts.pop("id", None) or uuid7(),
        gathering=gathering,
        tag=facts.pop("tag", None) or next(_tag),
        sex=facts.pop("sex", "L"),
        age=facts.pop("age", 35),
        arrived_at=facts.pop("arrived_at", None) or at,
        by=by or world.carer,
        at=at,
        **facts,
    )


def send_on(
    world: World, gathering: Gathering, arrivals: Sequence[Arrival], kind: str = "family", **facts: Any
) -> Onward:
    at = facts.pop("at", None) or now()
    return shelters.account_for(
        batch=facts.pop("batch", None) or uuid7(),
        gathering=gathering,
        arrivals=arrivals,
        kind=kind,
        happened_at=facts.pop("happened_at", None) or at,
        by=facts.pop("by", None) or world.owner,
        at=at,
        **facts,
    )
