"""Over random histories: cycles of a case never share a day, and are counted in their order."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serasi.access.operations import Refused
from serasi.cases.models import Case
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.cycles import operations as cycles
from serasi.cycles.models import Cycle
from serasi.cycles.queries import turns_of
from serasi.cycles.tests.factories import hold, old_case, review_of

STEPS = 14


def tell(world: World, case: Case, dice: random.Random) -> None:
    """One thing after another, as it comes; what is refused did not happen."""
    today, by = case.unit.day_at(now()), world.owner
    for _step in range(STEPS):
        with as_user(by):
            known = list(Cycle.objects.filter(case=case).select_related("case__unit"))
        one = dice.choice(known) if known else None
        try:
            match dice.choice(["start", "start", "end", "void", "resume", "hold"]), one:
                case "start", _:
                    first = today - timedelta(days=dice.randrange(0, 380))
                    cycles.start_cycle(
                        id=uuid7(), case=case, starts_on=first, months=dice.choice([1, 2, 4]), by=by, at=now()
                    )
                case "end", Cycle() as cycle:
                    last = cycle.starts_on + timedelta(days=dice.randrange(0, 60))
                    cycles.end_cycle(cycle=cycle, ended_on=last, reason="Pindah", by=by, at=now())
                case "void", Cycle() as cycle:
                    cycles.void_cycle(cycle=cycle, reason="Keliru", by=by, at=now())
                case "resume", Cycle() as cycle:
                    cycles.resume_cycle(cycle=cycle, by=by, at=now())
                case "hold", Cycle() as cycle:
                    hold(review_of(cycle, dice.choice(["entry", "midpoint", "closing"]), reader=by), by)
        except Refused:
            continue


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1_000_000))
def test_whatever_happens_cycles_share_no_day_and_are_counted_in_order(world: World, seed: int) -> None:
    case = old_case(world)
    tell(world, case, random.Random(seed))

    with as_user(world.owner):
        found = turns_of(case, today=case.unit.day_at(now()))
    standing = sorted((one for one in found if not one.cycle.is_void), key=lambda one: one.cycle.starts_on)
    days = [(one.cycle.starts_on, one.cycle.last_day) for one in standing]
    assert all(earlier[1] < later[0] for earlier, later in pairwise(days))
    assert [one.number for one in standing] == list(range(1, len(standing) + 1))
    assert [one.number for one in found if one.cycle.is_void] == [0] * (len(found) - len(standing))
    assert all(one.next is None for one in found if one.is_closed or one.cycle.is_ended)
