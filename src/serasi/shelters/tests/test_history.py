"""Whatever happens in whatever order: who came is who is here and who went on, and closing asks for everyone."""

from collections.abc import Sequence

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serasi.access.operations import Refused
from serasi.cases.tests.factories import World, as_user, now
from serasi.shelters import operations as shelters
from serasi.shelters.models import Arrival, Gathering, Outcome
from serasi.shelters.operations import StillHere
from serasi.shelters.queries import account_of
from serasi.shelters.tests.factories import arrive, open_shelter, send_on

ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("come"), st.integers(0, 90), st.integers(1, 12)),
        st.tuples(st.just("go"), st.integers(1, 12), st.integers(1, 12)),
        st.tuples(st.just("back"), st.integers(0, 11), st.just(0)),
        st.tuples(st.just("close"), st.just(0), st.just(0)),
    ),
    max_size=25,
)


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_those_who_came_are_those_who_are_here_and_those_who_went(
    world: World, acts: Sequence[tuple[str, int, int]]
) -> None:
    with transaction.atomic():  # each history begins with nothing
        _live(world, acts)
        transaction.set_rollback(True)


def _live(world: World, acts: Sequence[tuple[str, int, int]]) -> None:
    gathering, came, gone, tag = open_shelter(world), set[int](), set[int](), 0
    for act, one, other in acts:
        gathering = Gathering.objects.select_related("unit").get(pk=gathering.pk)
        match act:
            case "come":
                tag += 1
                arrive(world, gathering, tag=tag, age=one, group_tag=other)
                came.add(tag)
            case "go":
                wanted = [t for t in range(min(one, other), max(one, other) + 1) if t in came]
                gone |= _go(world, gathering, wanted, gone)
            case "back":
                gone -= _back(world, gathering, one)
            case "close":
                _close(world, gathering, came - gone)
        with as_user(world.head):
            account = account_of(gathering)
            here = set(Arrival.objects.filter(gathering=gathering).here().values_list("tag", flat=True))
            went = set(Arrival.objects.filter(gathering=gathering).accounted().values_list("tag", flat=True))
        assert (account.came, account.here, account.gone) == (len(came), len(came - gone), len(gone))
        assert (here, went) == (came - gone, gone)


def _go(world: World, gathering: Gathering, wanted: Sequence[int], gone: set[int]) -> set[int]:
    with as_user(world.owner):
        people = list(Arrival.objects.filter(gathering=gathering, tag__in=wanted).select_related("gathering__unit"))
    try:
        send_on(world, gathering, people)
    except Refused:
        assert not people or gone & set(wanted) or not gathering.is_open
        return set()
    return set(wanted)


def _back(world: World, gathering: Gathering, place: int) -> set[int]:
    with as_user(world.owner):
        standing = list(
            Outcome.objects.standing()
            .filter(arrival__gathering=gathering)
            .select_related("arrival__gathering__unit")
            .order_by("arrival__tag")
        )
    if place >= len(standing) or not gathering.is_open:
        return set()
    shelters.withdraw_outcome(outcome=standing[place], reason="Keliru", by=world.owner, at=now())
    return {standing[place].arrival.tag}


def _close(world: World, gathering: Gathering, left: set[int]) -> None:
    if not gathering.is_open:
        return
    if not left:
        shelters.close_gathering(gathering=gathering, by=world.head, at=now())
        return
    with pytest.raises(StillHere) as refused:
        shelters.close_gathering(gathering=gathering, by=world.head, at=now())
    assert set(refused.value.tags) == left
