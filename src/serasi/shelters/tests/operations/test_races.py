"""Many phones at once, each on a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, BoundedSemaphore
from typing import Any
from uuid import UUID

from django.db import connection

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.shelters import operations as shelters
from serasi.shelters.models import Arrival, Gathering, TagRange
from serasi.shelters.operations import StillHere
from serasi.shelters.queries import account_of
from serasi.shelters.tests.factories import arrive, open_shelter, send_on

CONNECTIONS = BoundedSemaphore(16)


def together(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait()
        with CONNECTIONS:
            try:
                return act()
            except Refused as refused:
                return refused
            finally:
                connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def at_the_gate(world: World, gathering_id: UUID, record: UUID, tag: int, who: UUID) -> Arrival:
    gathering = Gathering.objects.select_related("unit").get(pk=gathering_id)
    return arrive(world, gathering, id=record, tag=tag, by=User.objects.get(pk=who))


def test_three_who_register_at_once_lose_nobody_and_double_nobody(committed_world: World) -> None:
    world = committed_world
    gathering = open_shelter(world)
    workers = [world.carer.pk, world.owner.pk, world.colleague.pk]

    def reserved(who: UUID) -> TagRange:
        return shelters.reserve_tags(
            id=uuid7(),
            gathering=Gathering.objects.select_related("unit").get(pk=gathering.pk),
            by=User.objects.get(pk=who),
            at=now(),
        )

    ranges = together([partial(reserved, who) for who in workers])
    sent = [
        (who, uuid7(), given.first + number) for who, given in zip(workers, ranges, strict=True) for number in range(8)
    ]
    # Each is sent twice, as a phone does that heard no answer.
    together([partial(at_the_gate, world, gathering.pk, record, tag, who) for who, record, tag in sent * 2])

    with as_user(world.head):
        assert sorted(Arrival.objects.values_list("tag", flat=True)) == sorted(tag for _who, _record, tag in sent)
        assert account_of(gathering).came == 24


def test_one_arrival_sent_fifty_times_at_once_is_one(committed_world: World) -> None:
    world = committed_world
    gathering, record = open_shelter(world), uuid7()

    made = together([lambda: at_the_gate(world, gathering.pk, record, 5, world.carer.pk)] * 50)

    assert {one.pk for one in made} == {record}
    with as_user(world.head):
        assert account_of(gathering).came == 1


def test_whoever_comes_while_it_closes_is_either_counted_or_opens_it_again(committed_world: World) -> None:
    world = committed_world
    for _round in range(6):
        gathering = open_shelter(world)
        first = arrive(world, gathering, tag=1)
        send_on(world, gathering, [first])

        def close(gathering: Gathering = gathering) -> Gathering:
            fresh = Gathering.objects.select_related("unit").get(pk=gathering.pk)
            return shelters.close_gathering(gathering=fresh, by=User.objects.get(pk=world.head.pk), at=now())

        arriving = [partial(at_the_gate, world, gathering.pk, uuid7(), tag, world.carer.pk) for tag in (2, 3, 4)]
        outcomes = together([*arriving, close])

        assert [type(one) for one in outcomes[:3]] == [Arrival] * 3
        assert isinstance(outcomes[3], Gathering | StillHere)
        with as_user(world.head):
            assert Gathering.objects.get(pk=gathering.pk).is_open
            assert account_of(gathering).here == 3
