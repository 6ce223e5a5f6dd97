from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.residence import operations as residence
from serasi.residence.operations import Happening
from serasi.residence.queries import (
    beginning_of,
    ceilings_near,
    census,
    census_of_units,
    day_at,
    end_of,
    occupancy_by_ward,
)
from serasi.residence.tests.factories import admit, ago, build, movements_of

pytestmark = pytest.mark.django_db


def test_a_census_tells_how_people_are_there(world: World) -> None:
    house = build(world, rooms=1)
    for bed in house.beds:
        admit(world, house, bed=bed)
    admit(world, house, room=house.room)
    gone = admit(world, house, room=house.room)
    residence.go_out(
        id=uuid7(), stay=gone, kind="absconded", keeps_bed=False, happened_at=ago(days=1), by=world.carer, at=now()
    )
    with as_user(world.officer):
        found = census(unit=house.unit, at=now())
        (ward,) = occupancy_by_ward(unit=house.unit, at=now())
        assert census_of_units(units=[world.panti, world.other], at=now())[world.panti.pk] == found
    assert (found.total, found.present, found.absconded) == (4, 3, 1)
    assert (found.on_floor, found.without_place) == (1, 1)
    assert (ward.beds, ward.usable, ward.taken, ward.free, ward.over) == (2, 2, 2, 0, 1)


def test_what_was_believed_then_can_still_be_asked(world: World) -> None:
    house = build(world)
    stay = admit(world, house, happened_at=ago(days=10), at=ago(days=10))
    (arrival,) = movements_of(stay, reader=world.owner)
    residence.correct_movement(
        id=uuid7(),
        movement=arrival,
        happened=Happening(kind="arrived", happened_at=ago(days=20), bed=house.bed),
        reason="Sudah lama di sini",
        by=world.owner,
        at=ago(days=2),
    )
    with as_user(world.head):
        then = {
            known: census(unit=house.unit, at=ago(days=15), known_at=ago(days=known) if known else None).total
            for known in (12, 5, 1, 0)
        }
    assert then == {12: 0, 5: 0, 1: 1, 0: 1}


def test_the_day_of_a_house_is_its_own(world: World) -> None:
    world.panti.time_zone = "Asia/Jayapura"
    moment = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)  # half past midnight in Jayapura
    assert day_at(world.panti, moment) == date(2026, 3, 2)
    assert beginning_of(world.panti, date(2026, 3, 2)) == datetime(2026, 3, 1, 15, 0, tzinfo=UTC)
    assert day_at(world.panti, end_of(world.panti, date(2026, 3, 2))) == date(2026, 3, 2)
    assert day_at(world.other, moment) == date(2026, 3, 1)


def test_a_ceiling_warns_before_it_passes_and_after(world: World) -> None:
    transit = build(world, ceiling_days=21)
    house = build(world, name="Melati")
    for bed, days in zip(transit.beds, (30, 15, 3), strict=False):
        admit(world, transit, bed=bed, happened_at=ago(days=days))
    admit(world, house, happened_at=ago(days=300))
    with as_user(world.carer):
        found = ceilings_near(unit=world.panti, at=now(), reader=world.carer)
    assert [(one.tag, one.days, one.days_left) for one in found] == [("1", 30, -9), ("2", 15, 6)]
    assert found[1].last_day == day_at(world.panti, ago(days=15)) + timedelta(days=21)
    assert found[0].name


def test_days_are_counted_from_the_night_before_midnight_of_the_house(world: World) -> None:
    transit = build(world, ceiling_days=2)
    zone = ZoneInfo(world.panti.time_zone)
    late = datetime.combine(day_at(world.panti, ago(days=5)), datetime.min.time(), zone) - timedelta(minutes=10)
    admit(world, transit, happened_at=late)
    with as_user(world.carer):
        (found,) = ceilings_near(unit=world.panti, at=late + timedelta(minutes=20), reader=world.carer)
    assert (found.days, found.days_left) == (1, 1)
