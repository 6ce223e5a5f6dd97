from datetime import timedelta

import pytest

from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.residence import operations as residence
from serasi.residence.operations import Happening
from serasi.residence.queries import spans, stays_of, story_of
from serasi.residence.tests.factories import admit, ago, build, movements_of

pytestmark = pytest.mark.django_db


def test_a_story_tells_what_was_written_and_what_it_was_corrected_to(world: World) -> None:
    house = build(world)
    stay = admit(world, house)
    residence.go_out(
        id=uuid7(),
        stay=stay,
        kind="leave",
        destination="Bogor",
        happened_at=ago(days=3),
        by=world.carer,
        at=ago(days=3),
    )
    going = next(one for one in movements_of(stay, reader=world.owner) if one.kind == "leave")
    residence.correct_movement(
        id=uuid7(),
        movement=going,
        happened=Happening(kind="hospital", happened_at=ago(days=3), destination="RSUD"),
        reason="Bukan izin",
        by=world.owner,
        at=now(),
    )
    with as_user(world.carer):
        lines = story_of(stay=stay, reader=world.carer)
    assert [(one.kind, one.room, one.destination, one.is_in_force) for one in lines] == [
        ("arrived", "Kamar 1", "", True),
        ("leave", "", "Bogor", False),
        ("hospital", "", "RSUD", True),
    ]
    assert (lines[1].written_by, lines[1].corrected_by, lines[1].corrected_why) == (
        "Siti Pengasuh",
        "Rini Wulandari",
        "Bukan izin",
    )
    assert lines[2].replaces == lines[1].movement_id


def test_where_someone_lived_is_read_by_those_who_may(world: World) -> None:
    house = build(world)
    first = admit(world, house, happened_at=ago(days=9))
    residence.end_stay(id=uuid7(), stay=first, ending="family", happened_at=ago(days=8), by=world.owner, at=now())
    second = admit(world, house, person=first.person, happened_at=ago(days=2))
    for reader, seen in ((world.carer, [second, first]), (world.outsider, [])):
        with as_user(reader):
            assert stays_of(person=first.person, reader=reader) == seen


def test_a_month_is_told_in_spans(world: World) -> None:
    house = build(world)
    stay = admit(world, house, happened_at=ago(days=40))
    residence.move(
        id=uuid7(), stay=stay, room=None, bed=house.beds[1], happened_at=ago(days=20), by=world.carer, at=now()
    )
    with as_user(world.carer):
        found = spans(unit=house.unit, since=ago(days=30), until=now(), reader=world.carer)
        later = spans(unit=house.unit, since=ago(days=10), until=now(), reader=world.carer)
    assert [(one.bed_id, one.since, one.until) for one in found] == [
        (house.beds[0].pk, ago(days=40), ago(days=20)),
        (house.beds[1].pk, ago(days=20), None),
    ]
    assert [one.bed_id for one in later] == [house.beds[1].pk]
    assert found[0].name == str(stay.person)
    assert found[0].until is not None
    assert found[0].until - found[0].since == timedelta(days=20)
