"""A month of a house: told day by day as the board tells each day."""

from calendar import monthrange
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from serasi.access.models import User
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.residence import operations as residence
from serasi.residence.queries import Board, Month, beginning_of, board, day_at, end_of, month
from serasi.residence.tests.factories import House, admit, build

pytestmark = pytest.mark.django_db


def last_month(house: House) -> date:
    return (day_at(house.unit, now()).replace(day=1) - timedelta(days=1)).replace(day=1)


def seen(house: House, first: date, reader: User) -> Month:
    with as_user(reader):
        return month(unit=house.unit, first=first, at=now(), reader=reader)


def on(house: House, day: date, hour: int = 12) -> datetime:
    return beginning_of(house.unit, day) + timedelta(hours=hour)


def eventful(world: World) -> House:
    """Two people, one of whom moves and is away; one on the floor; a bed that is broken for a while; a room closed."""
    house, first = build(world, rooms=3), None
    first = last_month(house)
    one = admit(world, house, bed=house.beds[0], happened_at=on(house, first - timedelta(days=3)))
    two = admit(world, house, bed=house.beds[1], happened_at=on(house, first + timedelta(days=4)))
    admit(
        world, house, room=house.room, happened_at=on(house, first + timedelta(days=6)), overrides=["floor"],
        override_reason="Penuh",
    )  # fmt: skip
    residence.move(
        id=uuid7(), stay=one, room=None, bed=house.beds[2], happened_at=on(house, first + timedelta(days=8)),
        by=world.carer, at=now(),
    )  # fmt: skip
    residence.go_out(
        id=uuid7(), stay=one, kind="hospital", happened_at=on(house, first + timedelta(days=9)), by=world.carer,
        at=now(),
    )  # fmt: skip
    residence.end_stay(
        id=uuid7(), stay=two, ending="family", happened_at=on(house, first + timedelta(days=12)), by=world.owner,
        at=now(),
    )  # fmt: skip
    residence.put_out_of_order(
        id=uuid7(), bed=house.beds[3], reason="broken", since=on(house, first + timedelta(days=2)),
        until=on(house, first + timedelta(days=5)), by=world.carer, at=now(),
    )  # fmt: skip
    residence.close_room(room=house.rooms[2], last_day=first + timedelta(days=9), by=world.head, at=now())
    return house


def beds_of(found: Board) -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (room.name, bed.label): (
            (str(bed.occupant.state), bed.occupant.tag)
            if bed.occupant
            else ("out_of_order" if bed.out_of_order else "free", "")
        )
        for ward in found.wards
        for room in ward.rooms
        for bed in room.beds
    }


def test_every_day_of_a_month_is_what_the_board_says_of_it(world: World) -> None:
    house = eventful(world)
    first = last_month(house)
    (told,) = seen(house, first, world.carer).wards
    for place in range(monthrange(first.year, first.month)[1]):
        with as_user(world.carer):
            found = board(unit=house.unit, at=end_of(house.unit, first + timedelta(days=place)), reader=world.carer)
        shown = {(bed.room, bed.label): bed.days[place] for bed in told.beds if bed.days[place][0] != "not_in_service"}
        assert shown == beds_of(found)
        (ward,) = found.wards
        count = told.counts[place]
        assert (count.taken, count.floor, count.usable) == (
            sum(bed.occupant is not None for bed in ward.beds), len(ward.floor), ward.usable
        )  # fmt: skip


def test_days_that_are_alike_are_one_run_and_days_ahead_are_empty(world: World) -> None:
    house = build(world, rooms=1)
    today = day_at(house.unit, now())
    admit(world, house, happened_at=on(house, today.replace(day=1) - timedelta(days=2)))
    found = seen(house, today.replace(day=1), world.carer)
    days = monthrange(today.year, today.month)[1]
    runs = [(run.kind, run.tag, run.days) for run in found.wards[0].beds[0].runs]
    assert runs == [("present", "1", today.day), *([("ahead", "", days - today.day)] if days > today.day else [])]
    assert found.lived == today.day


def test_more_people_than_beds_are_shown_in_ward_and_house(world: World) -> None:
    house = build(world, rooms=1)
    build(world, name="Melati", rooms=1)
    first = last_month(house)
    for bed in (*house.beds, None):
        admit(world, house, bed=bed, room=None if bed else house.room, happened_at=on(house, first))
    found = seen(house, first, world.carer)
    assert [(one.ward.name, one.counts[0].people, one.counts[0].over) for one in found.wards] == [
        ("Mawar", 3, 1), ("Melati", 0, 0)
    ]  # fmt: skip
    assert (found.totals[0].people, found.totals[0].usable, found.totals[0].over) == (3, 4, 1)


def test_who_does_not_see_the_board_sees_no_month(world: World) -> None:
    house = eventful(world)
    assert seen(house, last_month(house), world.outsider).wards == ()


def test_a_month_costs_the_same_for_one_ward_and_three(world: World) -> None:
    def statements() -> int:
        with as_user(world.carer), CaptureQueriesContext(connection) as asked:
            month(unit=house.unit, first=last_month(house), at=now(), reader=world.carer)
        return len(asked)

    house = build(world)
    once = statements()
    for name in ("Melati", "Kenanga"):
        admit(world, build(world, name=name))
    assert statements() == once <= 5
