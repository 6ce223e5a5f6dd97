from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from serasi.access.models import User
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.residence import operations as residence
from serasi.residence.queries import Board, board, day_at, end_of
from serasi.residence.tests.factories import House, admit, ago, build

pytestmark = pytest.mark.django_db


def seen(house: House, reader: User, at: Any = None) -> Board:
    with as_user(reader):
        return board(unit=house.unit, at=at or now(), reader=reader)


def cells(found: Board) -> list[tuple[str, str, str, str]]:
    """Room, bed, whose tag, in which state or why out of order."""
    return [
        (
            room.name,
            bed.label,
            bed.occupant.tag if bed.occupant else "",
            str(bed.occupant.state if bed.occupant else bed.out_of_order or ""),
        )
        for ward in found.wards
        for room in ward.rooms
        for bed in room.beds
    ]


def test_the_board_shows_every_bed_with_who_is_in_it_and_how(world: World) -> None:
    house = build(world)
    admit(world, house, bed=house.beds[0])
    away = admit(world, house, bed=house.beds[1])
    due = now() + timedelta(days=2)
    residence.go_out(
        id=uuid7(), stay=away, kind="hospital", happened_at=ago(days=1), expected_at=due, by=world.carer, at=now()
    )
    residence.put_out_of_order(
        id=uuid7(), bed=house.beds[2], reason="broken", since=ago(days=1), by=world.carer, at=now()
    )
    found = seen(house, world.carer)
    assert cells(found) == [
        ("Kamar 1", "1", "1", "present"),
        ("Kamar 1", "2", "2", "hospital"),
        ("Kamar 2", "1", "", "broken"),
        ("Kamar 2", "2", "", ""),
    ]
    (ward,) = found.wards
    assert (ward.name, ward.usable, ward.free) == ("Mawar", 3, 1)
    assert ward.beds[1].occupant is not None
    assert ward.beds[1].occupant.due_back == due


def test_people_on_the_floor_are_shown_beside_the_beds_never_hidden(world: World) -> None:
    house = build(world, rooms=1)
    for bed in house.beds:
        admit(world, house, bed=bed)
    admit(world, house, room=house.room)
    (ward,) = seen(house, world.carer).wards
    assert [one.tag for one in ward.floor] == ["3"]


def test_who_is_out_without_a_bed_is_not_lost(world: World) -> None:
    house = build(world)
    stay = admit(world, house)
    residence.go_out(
        id=uuid7(), stay=stay, kind="absconded", keeps_bed=False, happened_at=ago(days=1), by=world.carer, at=now()
    )
    assert [(one.tag, one.state) for one in seen(house, world.carer).without_place] == [("1", "absconded")]


def test_the_board_of_a_past_day_is_as_it_was(world: World) -> None:
    house = build(world)
    stay = admit(world, house, happened_at=ago(days=10))
    residence.move(
        id=uuid7(), stay=stay, room=None, bed=house.beds[3], happened_at=ago(days=4), by=world.carer, at=now()
    )
    past = end_of(house.unit, day_at(house.unit, ago(days=6)))
    assert [cell[2] for cell in cells(seen(house, world.carer, past))] == ["1", "", "", ""]
    assert [cell[2] for cell in cells(seen(house, world.carer))] == ["", "", "", "1"]
    assert [cell[2] for cell in cells(seen(house, world.carer, ago(days=20)))] == ["", "", "", ""]


def test_what_is_closed_stands_on_boards_of_its_time(world: World) -> None:
    house = build(world)
    residence.close_room(room=house.rooms[1], last_day=day_at(house.unit, now()), by=world.head, at=now())
    assert len(cells(seen(house, world.carer))) == 4
    assert len(cells(seen(house, world.carer, now() + timedelta(days=1)))) == 2


def test_who_is_expected_stands_there_with_a_bed_or_without(world: World) -> None:
    house, today = build(world), day_at(world.panti, now())
    for name, bed in (("Asep Suryana", house.bed), ("Bejo Wibowo", None)):
        residence.reserve(
            id=uuid7(), person=make_person(world, name), unit=house.unit, bed=bed, first_day=today,
            last_day=today + timedelta(days=1), by=world.owner, at=now(),
        )  # fmt: skip
    for at in (now(), now() + timedelta(days=1)):
        found = seen(house, world.owner, at)
        expected = found.wards[0].beds[0].expected
        assert expected is not None
        assert (expected.name, [one.name for one in found.expected]) == ("Asep Suryana", ["Bejo Wibowo"])
        assert not found.wards[0].beds[0].is_free
    assert seen(house, world.owner, now() + timedelta(days=2)).expected == ()


def test_a_house_of_any_size_costs_the_same_statements(world: World) -> None:
    def statements() -> int:
        with (
            as_user(world.carer),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            board(unit=house.unit, at=now(), reader=world.carer)
        return len(asked)

    house = build(world)
    admit(world, house)
    few = statements()
    build(world, name="Melati", rooms=5)
    for bed in house.beds[1:]:
        admit(world, house, bed=bed)
    admit(world, house, room=house.room, overrides=["floor"], override_reason="Penuh")
    assert statements() == few <= 10
