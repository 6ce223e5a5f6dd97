"""Many at once, each on a connection of their own."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier
from typing import Any, Self
from uuid import UUID

import pytest
from django.db import connection

from serasi.access.enums import Role
from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.access.operations.units import close_unit
from serasi.access.tests.factories import make_staff, make_unit
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.models import Person
from serasi.residence import operations as residence
from serasi.residence.models import Bed, MoneyLine, Occupancy, Stay
from serasi.residence.operations import BedTaken, LivesElsewhere, NotEnoughKept
from serasi.residence.tests.factories import House, admit, ago, build

AT_ONCE = 60

CONNECTIONS = 16
"""As many as two web processes hold; the others wait for one, as at their pools."""


def unlike(number: int) -> str:
    """A name that resembles no other: nobody is asked whether two are the same."""
    letters = sha256(f"{number} {uuid7()}".encode()).hexdigest()
    return " ".join(
        "".join("bagideluhkomanuprestow"[int(letter, 16)] for letter in letters[at : at + 9]) for at in (0, 9)
    )


@pytest.fixture
def crowd(committed_world: World) -> Iterator["Crowd"]:
    with Crowd() as together:
        yield together


class Crowd:
    """Workers at their screens, each on a connection that stays open, as those of a web process do."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(CONNECTIONS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        everyone = Barrier(CONNECTIONS)

        def leave(_place: int) -> None:
            everyone.wait()
            connection.close()

        list(self._pool.map(leave, range(CONNECTIONS)))
        self._pool.shutdown()

    def __call__(self, act: Any, turns: Sequence[Any]) -> list[Any]:
        """Every connection begins at the same instant; whoever has none takes the first that is free."""
        first = min(len(turns), CONNECTIONS)
        gate = Barrier(first)

        def run(place: int) -> Any:
            if place < first:
                gate.wait()
            try:
                return act(turns[place])
            except Refused as refused:
                return refused

        return list(self._pool.map(run, range(len(turns))))


def all_want_the_same_bed(world: World, together: Crowd, beds: Sequence[Bed], people: Sequence[Person]) -> None:
    """One bed, wanted by as many as there are people; each worker has the form filled in already."""
    moment = now()

    def act(turn: tuple[Person, Bed]) -> Stay:
        person, bed = turn
        return residence.admit(
            id=uuid7(),
            person=person,
            unit=bed.room.ward.unit,
            room=bed.room,
            bed=bed,
            purpose="Semalam",
            exit_plan="Pulang besok",
            happened_at=moment,
            by=world.owner,
            at=now(),
        )

    outcomes = together(act, list(zip(people, beds, strict=True)))
    stays = [one for one in outcomes if isinstance(one, Stay)]
    assert len(stays) == 1
    assert sum(isinstance(one, BedTaken) for one in outcomes) == len(people) - 1
    with as_user(world.owner):
        assert Occupancy.objects.filter(bed=beds[0], period__endswith__isnull=True).count() == 1
        stay = Stay.objects.select_related("unit", "person").get(pk=stays[0].pk)
    residence.end_stay(id=uuid7(), stay=stay, ending="family", happened_at=now(), by=world.owner, at=now())


@pytest.mark.parametrize("rounds", [1, pytest.param(100, marks=pytest.mark.slow)])
def test_of_sixty_who_are_put_into_one_bed_at_once_one_gets_it(
    committed_world: World, crowd: Crowd, rounds: int
) -> None:
    house = build(committed_world)
    people = [make_person(committed_world, unlike(number)) for number in range(AT_ONCE)]
    beds = list(Bed.objects.filter(pk=house.bed.pk).select_related("room__ward__unit")) * AT_ONCE
    for _round in range(rounds):
        all_want_the_same_bed(committed_world, crowd, beds, people)


def test_one_person_admitted_to_many_beds_at_once_lives_in_one(committed_world: World, crowd: Crowd) -> None:
    world = committed_world
    house = build(world, rooms=4)
    asep = make_person(world, "Asep Suryana").pk

    def act(bed_id: UUID) -> Stay:
        worker = User.objects.get(pk=world.owner.pk)
        with as_user(worker):
            person = Person.objects.get(pk=asep)
        bed = Bed.objects.select_related("room__ward__unit").get(pk=bed_id)
        return admit(world, house, person=person, by=worker, bed=bed)

    outcomes = crowd(act, [bed.pk for bed in house.beds])
    assert sum(isinstance(one, Stay) for one in outcomes) == 1
    assert sum(isinstance(one, LivesElsewhere) for one in outcomes) == len(house.beds) - 1


def test_two_who_change_beds_at_once_wait_for_each_other_and_neither_is_lost(
    committed_world: World, crowd: Crowd
) -> None:
    """The one who comes second is refused in words; there is no deadlock, and nobody is without a bed."""
    world = committed_world
    house = build(world)
    stays = [admit(world, house, bed=bed).pk for bed in house.beds[:2]]
    wanted = dict(zip(stays, reversed(house.beds[:2]), strict=True))

    def act(stay_id: UUID) -> Any:
        worker = User.objects.get(pk=world.owner.pk)
        with as_user(worker):
            stay = Stay.objects.select_related("unit", "person").get(pk=stay_id)
        bed = Bed.objects.select_related("room__ward__unit").get(pk=wanted[stay_id].pk)
        return residence.move(
            id=uuid7(), stay=stay, room=bed.room, bed=bed, happened_at=ago(seconds=1), by=worker, at=now()
        )

    outcomes = crowd(act, stays)
    assert all(isinstance(one, BedTaken) for one in outcomes)
    with as_user(world.owner):
        assert Occupancy.objects.filter(stay__in=stays, period__contains=now()).count() == 2


def test_a_form_sent_many_times_at_once_is_one_stay(committed_world: World, crowd: Crowd) -> None:
    world = committed_world
    house = build(world)
    asep, stay_id = make_person(world).pk, uuid7()

    def act(_turn: int) -> Stay:
        worker = User.objects.get(pk=world.owner.pk)
        with as_user(worker):
            person = Person.objects.get(pk=asep)
        bed = Bed.objects.select_related("room__ward__unit").get(pk=house.bed.pk)
        return admit(world, house, person=person, by=worker, bed=bed, id=stay_id, happened_at=ago(days=1))

    assert {one.pk for one in crowd(act, range(8))} == {stay_id}
    with as_user(world.owner):
        assert Stay.objects.filter(person=asep).count() == 1
        assert Stay.objects.get(pk=stay_id).movements.count() == 1


def test_of_many_who_spend_the_last_money_at_once_one_does(committed_world: World, crowd: Crowd) -> None:
    world = committed_world
    stay = admit(world, build(world))

    def line(kind: str) -> MoneyLine:
        return residence.write_money(
            id=uuid7(),
            stay=stay,
            kind=kind,
            amount=20_000,
            note="Ongkos",
            witness=world.carer,
            happened_at=ago(hours=1),
            by=world.owner,
            at=now(),
        )

    line("received")
    outcomes = crowd(line, ["spent"] * 12)
    assert sum(isinstance(one, MoneyLine) for one in outcomes) == 1
    assert sum(isinstance(one, NotEnoughKept) for one in outcomes) == 11


@pytest.mark.parametrize("rounds", [3, pytest.param(40, marks=pytest.mark.slow)])
def test_a_unit_that_closes_while_somebody_is_admitted_is_closed_or_lived_in_never_both(
    committed_world: World, crowd: Crowd, rounds: int
) -> None:
    world = committed_world
    head = make_staff(Role.HEAD, world.dinas, "Kepala Dinas")
    for turn in range(rounds):
        unit = make_unit(world.dinas, code=f"SINGGAH-{turn}")
        house = build(world, unit=unit, by=head)
        person = make_person(world, by=head, unit=unit)

        def act(what: str, house: House = house, person: Person = person) -> Any:
            if what == "admit":
                return admit(world, house, person=person, by=head, happened_at=now())
            system = User.objects.system()
            return close_unit(unit=house.unit, on=now().date(), revision=house.unit.revision, by=system, at=now())

        outcomes = crowd(act, ["close", "admit"])
        assert sorted(isinstance(one, Refused) for one in outcomes) == [False, True]
