from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from serasi.access.models import TrailEntry
from serasi.access.operations import NotAllowed, Refused
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.residence import operations as residence
from serasi.residence.models import Movement, Occupancy, Stay
from serasi.residence.operations import (
    AlreadyCorrected,
    BedTaken,
    BedTakenThen,
    Happening,
    OutOfCourse,
    SameMoment,
)
from serasi.residence.tests.factories import House, admit, ago, build, movements_of, places_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world: World) -> House:
    return build(world)


def out(world: World, stay: Stay, kind: str = "hospital", **facts: object) -> Movement:
    facts = {"happened_at": ago(days=5), "at": now(), "by": world.carer} | facts
    return residence.go_out(id=uuid7(), stay=stay, kind=kind, **facts)  # type: ignore[arg-type]


def back(world: World, stay: Stay, **facts: object) -> Movement:
    facts = {"happened_at": ago(days=1), "at": now(), "by": world.carer} | facts
    return residence.come_back(id=uuid7(), stay=stay, **facts)  # type: ignore[arg-type]


def test_a_move_leaves_the_old_bed_and_takes_the_new_at_one_moment(world: World, house: House) -> None:
    stay = admit(world, house)
    residence.move(
        id=uuid7(), stay=stay, room=None, bed=house.beds[3], happened_at=ago(days=4), by=world.carer, at=now()
    )
    assert places_of(stay, reader=world.owner) == [("present", "Kamar 1", "1"), ("present", "Kamar 2", "2")]
    assert admit(world, house, happened_at=ago(days=4)).is_open


def test_the_bed_of_who_is_in_hospital_waits(world: World, house: House) -> None:
    stay = admit(world, house)
    out(world, stay, expected_at=now() + timedelta(days=3), destination="RSUD Pasar Rebo")
    with pytest.raises(BedTaken):
        admit(world, house, happened_at=ago(days=4))
    back(world, stay)
    assert places_of(stay, reader=world.owner) == [
        ("present", "Kamar 1", "1"),
        ("hospital", "Kamar 1", "1"),
        ("present", "Kamar 1", "1"),
    ]


def test_a_bed_that_is_given_up_is_free_and_coming_back_takes_a_place(world: World, house: House) -> None:
    stay = admit(world, house)
    out(world, stay, "leave")
    residence.release_bed(id=uuid7(), stay=stay, reason="Penuh", happened_at=ago(days=3), by=world.carer, at=now())
    admit(world, house, happened_at=ago(days=2))
    with pytest.raises(OutOfCourse, match="Pilih kamar"):
        back(world, stay)
    with pytest.raises(BedTaken):
        back(world, stay, bed=house.bed)
    back(world, stay, bed=house.beds[1])
    assert places_of(stay, reader=world.owner) == [
        ("present", "Kamar 1", "1"),
        ("leave", "Kamar 1", "1"),
        ("leave", "–", "–"),
        ("present", "Kamar 1", "2"),
    ]


def test_who_goes_away_for_good_may_give_up_the_bed_at_once(world: World, house: House) -> None:
    stay = admit(world, house)
    out(world, stay, "absconded", keeps_bed=False)
    assert places_of(stay, reader=world.owner) == [("present", "Kamar 1", "1"), ("absconded", "–", "–")]


def test_two_things_do_not_happen_at_one_moment(world: World, house: House) -> None:
    stay, moment = admit(world, house), ago(days=3).replace(second=17)
    out(world, stay, "leave", happened_at=moment)
    with pytest.raises(SameMoment) as refused:
        out(world, stay, "hospital", happened_at=moment)
    assert refused.value.field == "happened_at"


def test_what_is_told_of_one_past_minute_happened_in_the_order_of_telling(world: World, house: House) -> None:
    stay, minute = admit(world, house), ago(days=3).replace(second=0, microsecond=0)
    left = out(world, stay, "leave", happened_at=minute)
    came = back(world, stay, happened_at=minute)
    residence.move(id=uuid7(), stay=stay, room=None, bed=house.beds[3], happened_at=minute, by=world.carer, at=now())

    assert [state for state, _room, _bed in places_of(stay, reader=world.owner)] == ["present", "leave"] + [
        "present"
    ] * 2
    assert (left.happened_at, came.happened_at) == (minute, minute + timedelta(microseconds=1))


def test_putting_right_the_first_of_a_minute_leaves_it_the_first(world: World, house: House) -> None:
    stay, minute = admit(world, house), ago(days=3).replace(second=0, microsecond=0)
    left = out(world, stay, "leave", happened_at=minute)
    back(world, stay, happened_at=minute)

    corrected = residence.correct_movement(
        id=uuid7(), movement=left, happened=Happening("hospital", minute), reason="Ke rumah sakit", by=world.owner,
        at=now(),
    )  # fmt: skip

    assert corrected.happened_at == minute
    assert [state for state, _room, _bed in places_of(stay, reader=world.owner)] == ["present", "hospital", "present"]


def test_what_is_told_late_finds_its_place_in_the_story(world: World, house: House) -> None:
    stay = admit(world, house)
    back_at = ago(days=1)
    out(world, stay, happened_at=ago(days=5))
    back(world, stay, happened_at=back_at)
    residence.move(
        id=uuid7(), stay=stay, room=None, bed=house.beds[1], happened_at=ago(days=8), by=world.carer, at=now()
    )
    assert places_of(stay, reader=world.owner) == [
        ("present", "Kamar 1", "1"),
        ("present", "Kamar 1", "2"),
        ("hospital", "Kamar 1", "2"),
        ("present", "Kamar 1", "2"),
    ]
    with pytest.raises(OutOfCourse):
        out(world, stay, happened_at=ago(days=3))


def test_a_correction_keeps_what_was_believed_before(world: World, house: House) -> None:
    stay = admit(world, house, happened_at=ago(days=10))
    (arrival,) = movements_of(stay, reader=world.owner)
    correction = residence.correct_movement(
        id=uuid7(),
        movement=arrival,
        happened=Happening(kind="arrived", happened_at=ago(days=12), bed=house.beds[1]),
        reason="Datang malam sebelumnya, di tempat tidur 2",
        by=world.owner,
        at=now(),
    )
    assert stay.pk == correction.stay_id
    assert places_of(stay, reader=world.owner) == [("present", "Kamar 1", "2")]
    before, after = movements_of(stay, reader=world.owner)
    assert (before.happened_at, before.bed_id) == (ago(days=10), house.bed.pk)
    assert (before.superseded_by_id, before.superseded_reason) == (
        world.owner.pk,
        "Datang malam sebelumnya, di tempat tidur 2",
    )
    assert after.replaces_id == before.pk
    with as_user(world.owner):
        assert Stay.objects.get(pk=stay.pk).began_at == ago(days=12)
    with pytest.raises(AlreadyCorrected):
        residence.withdraw_movement(movement=before, reason="Salah", by=world.owner, at=now())


def test_a_correction_that_would_put_two_into_one_bed_then_is_refused(world: World, house: House) -> None:
    earlier = admit(world, house, happened_at=ago(days=10))
    leaving = residence.end_stay(
        id=uuid7(), stay=earlier, ending="family", happened_at=ago(days=5), by=world.owner, at=now()
    )
    admit(world, house, happened_at=ago(days=4))
    with pytest.raises(BedTaken):
        residence.correct_movement(
            id=uuid7(),
            movement=leaving,
            happened=Happening(kind="ended", happened_at=ago(days=3), ending="family"),
            reason="Pulang dua hari kemudian",
            by=world.owner,
            at=now(),
        )
    later = admit(world, house, bed=house.beds[1], happened_at=ago(days=9))
    out(world, later, "leave", happened_at=ago(days=8))
    arrival = movements_of(later, reader=world.owner)[0]
    with pytest.raises(BedTakenThen, match="Pada waktu itu"):
        residence.correct_movement(
            id=uuid7(),
            movement=arrival,
            happened=Happening(kind="arrived", happened_at=ago(days=9), bed=house.bed),
            reason="Tempat tidur 1",
            by=world.owner,
            at=now(),
        )
    assert places_of(later, reader=world.owner) == [("present", "Kamar 1", "2"), ("leave", "Kamar 1", "2")]


def test_what_did_not_happen_is_withdrawn_unless_something_rests_on_it(world: World, house: House) -> None:
    stay = admit(world, house)
    going = out(world, stay, happened_at=ago(days=5))
    coming = back(world, stay, happened_at=ago(days=4))
    with pytest.raises(OutOfCourse):
        residence.withdraw_movement(movement=going, reason="Bukan dia", by=world.owner, at=now())
    residence.withdraw_movement(movement=coming, reason="Bukan dia", by=world.owner, at=now())
    residence.withdraw_movement(movement=going, reason="Bukan dia", by=world.owner, at=now())
    assert places_of(stay, reader=world.owner) == [("present", "Kamar 1", "1")]


def test_a_stay_whose_arrival_is_withdrawn_never_was(world: World, house: House) -> None:
    stay = admit(world, house)
    (arrival,) = movements_of(stay, reader=world.owner)
    residence.withdraw_movement(movement=arrival, reason="Salah orang", by=world.owner, at=now())
    with as_user(world.owner):
        assert Stay.objects.get(pk=stay.pk).is_void
    assert places_of(stay, reader=world.owner) == []
    assert admit(world, house, person=stay.person).is_open


def test_a_correction_says_why(world: World, house: House) -> None:
    stay = admit(world, house)
    (arrival,) = movements_of(stay, reader=world.owner)
    with pytest.raises(Refused, match="mengapa"):
        residence.withdraw_movement(movement=arrival, reason=" ", by=world.owner, at=now())
    with pytest.raises(NotAllowed):
        residence.withdraw_movement(movement=arrival, reason="Salah", by=world.carer, at=now())


def test_neither_a_movement_nor_what_is_drawn_from_it_can_be_changed_behind_the_operations(
    world: World, house: House
) -> None:
    stay = admit(world, house)
    out(world, stay)
    for statement in (
        "UPDATE residence_movement SET happened_at = now()",
        "DELETE FROM residence_movement",
        "UPDATE residence_occupancy SET state = 'present'",
        "DELETE FROM residence_occupancy",
        "INSERT INTO residence_occupancy SELECT * FROM residence_occupancy",
    ):
        with as_user(world.owner), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_trail_names_who_moved_whom(world: World, house: House) -> None:
    stay = admit(world, house)
    going = out(world, stay)
    with as_user(world.owner):
        entry = TrailEntry.objects.get(record_id=going.pk)
        assert (entry.actor_id, entry.operation) == (world.carer.pk, "residence.movement.go_out")
        assert not TrailEntry.objects.filter(table_name=Occupancy._meta.db_table).exists()
