"""Many are admitted at once: each by the checks of one, and one refusal stops nobody else."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from serasi.access.operations import NotAllowed, Refused
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.residence import operations as residence
from serasi.residence.models import Movement, Stay
from serasi.residence.operations import Arrival, BedTaken, LivesElsewhere, NotYet, Objected, PurposeNeeded
from serasi.residence.queries import census, day_at
from serasi.residence.tests.factories import House, admit, ago, build, places_of

pytestmark = pytest.mark.django_db


def someone(world: World, **facts: Any) -> Arrival:
    return Arrival(
        **{
            "id": uuid7(),
            "person": facts.pop("person", None) or make_person(world),
            "purpose": "Pemulihan",
            "exit_plan": "Kembali ke keluarga",
            "happened_at": ago(days=10),
            **facts,
        }
    )


def admit_many(world: World, house: House, *arrivals: Arrival) -> list[Stay | Refused]:
    """What became of each, in order."""
    outcomes = residence.admit_many(unit=house.unit, arrivals=arrivals, by=world.owner, at=now())
    return [outcomes[one.id] for one in arrivals]


def living(world: World, house: House, *, at: datetime | None = None) -> int:
    with as_user(world.owner):
        return census(unit=house.unit, at=at or now()).total


def test_they_are_in_their_beds_from_the_moment_each_came_with_tags_that_count_on(world: World) -> None:
    house = build(world)
    admit(world, house, tag="6")
    came = [
        someone(world, bed=house.beds[1]),
        someone(world, bed=house.beds[2], tag="20"),
        someone(
            world,
            room=house.rooms[1],
            happened_at=ago(days=3),
            overrides=["floor"],
            override_reason="Sudah tidur di sini sebelum ada Serasi",
        ),
    ]

    stays = admit_many(world, house, *came)

    assert [stay.tag for stay in stays if isinstance(stay, Stay)] == ["21", "20", "22"]
    assert [places_of(stay, reader=world.owner) for stay in stays if isinstance(stay, Stay)] == [
        [("present", "Kamar 1", "2")],
        [("present", "Kamar 2", "1")],
        [("present", "Kamar 2", "–")],
    ]
    assert living(world, house) == 4
    assert living(world, house, at=ago(days=5)) == 3
    with as_user(world.owner):
        on_floor = Movement.objects.get(stay=came[2].id)
    assert (on_floor.overridden, on_floor.override_reason) == (["floor"], "Sudah tidur di sini sebelum ada Serasi")


def test_whoever_is_refused_stops_nobody_else_and_is_told_why(world: World) -> None:
    house = build(world, sex="P")
    woman, elsewhere = make_person(world, sex="P"), make_person(world, sex="P")
    admit(world, house, person=elsewhere, bed=house.beds[3])

    outcomes = admit_many(
        world,
        house,
        someone(world, person=woman, bed=house.beds[0]),
        someone(world, person=make_person(world, sex="P"), bed=house.beds[0]),
        someone(world, person=elsewhere, bed=house.beds[1]),
        someone(world, person=make_person(world, sex="L"), bed=house.beds[1]),
        someone(world, person=make_person(world, sex="P"), bed=house.beds[1], exit_plan=" "),
        someone(
            world, person=make_person(world, sex="P"), bed=house.beds[1], happened_at=now() + (now() - ago(days=1))
        ),
        someone(world),
        someone(world, person=make_person(world, sex="P"), bed=house.beds[2]),
    )

    assert [type(one) for one in outcomes] == [
        Stay, BedTaken, LivesElsewhere, Objected, PurposeNeeded, NotYet, Refused, Stay,
    ]  # fmt: skip
    assert living(world, house) == 3


def test_the_same_list_sent_twice_makes_the_same_stays(world: World) -> None:
    house = build(world)
    came = [someone(world, bed=bed) for bed in house.beds[:2]]

    assert admit_many(world, house, *came) == admit_many(world, house, *came)
    assert living(world, house) == 2


def test_whom_the_house_expected_has_come(world: World) -> None:
    house = build(world)
    expected = make_person(world)
    reservation = residence.reserve(
        id=uuid7(),
        person=expected,
        unit=house.unit,
        bed=house.bed,
        first_day=ago(days=1).date(),
        last_day=day_at(house.unit, now()),
        by=world.owner,
        at=now(),
    )

    [other, stay] = admit_many(
        world,
        house,
        someone(world, bed=house.bed, happened_at=ago(hours=1)),
        someone(world, person=expected, bed=house.bed, happened_at=ago(hours=1)),
    )

    assert isinstance(other, Objected)
    assert isinstance(stay, Stay)
    with as_user(world.owner):
        reservation.refresh_from_db()
    assert reservation.stay_id == stay.pk


def test_nobody_admits_to_another_house(world: World) -> None:
    house = build(world)
    with pytest.raises(NotAllowed):
        residence.admit_many(unit=house.unit, arrivals=[], by=world.outsider, at=now())


def test_ten_cost_the_statements_of_two(world: World) -> None:
    house = build(world, rooms=6)
    asked = []
    for beds in (house.beds[:2], house.beds[2:]):
        came = [someone(world, bed=bed) for bed in beds]
        with CaptureQueriesContext(connection) as told:
            admit_many(world, house, *came)
        asked.append(len(told))
    assert asked[0] == asked[1]
