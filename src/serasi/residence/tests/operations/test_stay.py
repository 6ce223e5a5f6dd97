from datetime import timedelta
from typing import Any

import pytest

from serasi.access.enums import Role
from serasi.access.operations import NotAllowed, Refused
from serasi.access.tests.factories import make_staff
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.operations import link_to_unit
from serasi.residence import operations as residence
from serasi.residence.enums import Ending
from serasi.residence.models import Bed, Movement, Reservation, Stay
from serasi.residence.operations import (
    BedTaken,
    LivesElsewhere,
    NotYet,
    NotYetExpected,
    Objected,
    OfAnother,
    OutOfCourse,
    PurposeNeeded,
    SameHouse,
    TagTaken,
    WrongHouse,
    WrongRoom,
)
from serasi.residence.queries import day_at
from serasi.residence.tests.factories import admit, ago, build, places_of

pytestmark = pytest.mark.django_db


def test_who_is_admitted_is_in_the_bed_from_that_moment(world: World) -> None:
    house = build(world)
    stay = admit(world, house, happened_at=ago(days=3))
    assert stay.is_open
    assert stay.began_at == ago(days=3)
    assert stay.tag == "1"
    assert places_of(stay, reader=world.owner) == [("present", "Kamar 1", "1")]


def test_tags_count_on_and_one_may_be_chosen(world: World) -> None:
    house = build(world)
    assert admit(world, house, bed=house.beds[0], tag="41").tag == "41"
    assert admit(world, house, bed=house.beds[1]).tag == "42"
    with pytest.raises(TagTaken) as refused:
        admit(world, house, bed=house.beds[2], tag="41")
    assert refused.value.field == "tag"


def test_a_bed_that_is_taken_is_refused_with_what_to_do(world: World) -> None:
    house = build(world)
    admit(world, house)
    with pytest.raises(BedTaken, match="pilih yang lain") as refused:
        admit(world, house)
    assert refused.value.field == "bed"


def test_nobody_lives_in_two_houses(world: World) -> None:
    here, there = build(world), build(world, unit=world.other)
    asep = make_person(world, "Asep Suryana")
    admit(world, here, person=asep)
    link_to_unit(id=uuid7(), person=asep, unit=world.other, by=world.owner, at=now())
    with pytest.raises(LivesElsewhere, match="Akhiri dahulu") as refused:
        admit(world, there, person=asep)
    assert refused.value.field == "person"


def test_a_stay_says_why_and_how_it_will_end_from_its_first_day(world: World) -> None:
    house = build(world)
    for missing in ("purpose", "exit_plan"):
        with pytest.raises(PurposeNeeded) as refused:
            admit(world, house, **{missing: " "})  # type: ignore[arg-type]
        assert refused.value.field == missing


def test_only_what_has_happened_is_written(world: World) -> None:
    with pytest.raises(NotYet):
        admit(world, build(world), happened_at=now() + timedelta(hours=1))


def test_a_place_is_in_the_house_and_a_bed_in_its_room(world: World) -> None:
    here, there = build(world), build(world, unit=world.other)
    with pytest.raises(WrongHouse):
        admit(world, here, bed=there.bed)
    with pytest.raises(WrongRoom):
        admit(world, here, room=here.rooms[1], bed=here.beds[0])
    with pytest.raises(Refused, match="Pilih kamar"):
        admit(world, here, bed=None)


def test_the_file_that_is_named_is_the_persons_own(world: World) -> None:
    house, case = build(world), make_case(world)
    assert admit(world, house, person=case.person, case=case).case_id == case.pk
    with pytest.raises(OfAnother):
        admit(world, house, case=case, bed=house.beds[1])


def test_a_place_on_the_floor_is_a_place_once_the_beds_are_full(world: World) -> None:
    house = build(world, rooms=1)
    with pytest.raises(Objected, match="Masih ada tempat tidur kosong"):
        admit(world, house, room=house.room)
    for bed in house.beds:
        admit(world, house, bed=bed)
    on_mats = [admit(world, house, room=house.room) for _ in range(3)]
    assert [places_of(stay, reader=world.owner) for stay in on_mats] == [[("present", "Kamar 1", "–")]] * 3


def test_who_speaks_against_a_ward_is_heard_and_may_be_overridden_with_a_reason(world: World) -> None:
    house = build(world, sex="P", age_from=60)
    joko = make_person(world, "Joko Prakoso", sex="L", birth_year_from=1990, birth_year_to=1990)
    with pytest.raises(Objected, match="perempuan") as objected:
        admit(world, house, person=joko)
    assert [one.code for one in objected.value.objections] == ["sex", "age"]
    with pytest.raises(Objected):
        admit(world, house, person=joko, overrides=["sex"], override_reason="Satu-satunya kamar malam ini")
    with pytest.raises(Refused, match="Tulis mengapa"):
        admit(world, house, person=joko, overrides=["sex", "age"], override_reason=" ")
    stay = admit(world, house, person=joko, overrides=["sex", "age"], override_reason="Satu-satunya kamar malam ini")
    with as_user(world.owner):
        arrival = Movement.objects.get(stay=stay)
    assert (arrival.overridden, arrival.override_reason) == (["age", "sex"], "Satu-satunya kamar malam ini")


def test_what_must_not_be_overridden_is_not(world: World) -> None:
    house = build(world)
    residence.put_out_of_order(id=uuid7(), bed=house.bed, reason="broken", since=ago(days=20), by=world.head, at=now())
    with pytest.raises(Objected, match="rusak"):
        admit(world, house, overrides=["out_of_order"], override_reason="Tetap saja")


def test_a_need_is_asked_of_bed_and_room(world: World) -> None:
    house = build(world)
    with pytest.raises(Objected, match="kursi roda"):
        admit(world, house, needs=["wheelchair", "low"])
    residence.change_room(
        room=house.room,
        name="Kamar 1",
        properties=["wheelchair"],
        grid_row=None,
        grid_column=None,
        revision=1,
        by=world.head,
        at=now(),
    )
    residence.change_bed(bed=house.bed, label="1", properties=["low"], revision=1, by=world.head, at=now())
    bed = Bed.objects.select_related("room__ward__unit").get(pk=house.bed.pk)
    assert admit(world, house, bed=bed, needs=["wheelchair", "low"]).needs == ["wheelchair", "low"]


def test_an_ended_stay_frees_the_bed_from_that_moment(world: World) -> None:
    house = build(world)
    stay = admit(world, house, happened_at=ago(days=10))
    end = residence.end_stay(
        id=uuid7(),
        stay=stay,
        ending=Ending.FAMILY,
        destination="Ibu, Bogor",
        happened_at=ago(days=2),
        by=world.owner,
        at=now(),
    )
    assert end.stay.ended_at == ago(days=2)
    assert not stay.is_open
    assert admit(world, house, happened_at=ago(days=2)).is_open
    with pytest.raises(OutOfCourse, match="sudah selesai"):
        residence.end_stay(id=uuid7(), stay=stay, ending=Ending.WORK, happened_at=ago(days=1), by=world.owner, at=now())


def test_who_comes_again_has_a_stay_that_knows_the_one_before(world: World) -> None:
    house = build(world)
    first = admit(world, house, happened_at=ago(days=10))
    residence.end_stay(id=uuid7(), stay=first, ending=Ending.FAMILY, happened_at=ago(days=5), by=world.owner, at=now())
    again = admit(world, house, person=first.person, came_from=first, happened_at=ago(days=1))
    assert again.came_from == first
    with pytest.raises(OfAnother):
        admit(world, house, came_from=first, bed=house.beds[1])


def test_a_transfer_ends_here_and_begins_there_at_the_same_moment(world: World) -> None:
    here, there = build(world), build(world, unit=world.other)
    stay = admit(world, here)
    moment = ago(days=1)
    facts: dict[str, Any] = {
        "purpose": "Jenjang ringan",
        "exit_plan": "Keterampilan",
        "happened_at": moment,
        "at": now(),
    }
    with pytest.raises(NotYetExpected, match="belum menyatakan menerima"):
        residence.transfer(id=uuid7(), stay=stay, unit=world.other, bed=there.bed, by=world.owner, **facts)
    with pytest.raises(SameHouse):
        residence.transfer(id=uuid7(), stay=stay, unit=world.panti, bed=here.beds[1], by=world.owner, **facts)

    link_to_unit(id=uuid7(), person=stay.person, unit=world.other, by=world.owner, at=now())
    today = day_at(world.other, now())
    reservation = residence.reserve(
        id=uuid7(),
        person=stay.person,
        unit=world.other,
        bed=there.bed,
        first_day=today - timedelta(days=3),
        last_day=today,
        by=world.outsider,
        at=now(),
    )
    with as_user(world.owner):
        stay = Stay.objects.select_related("unit", "person").get(pk=stay.pk)
    sent = uuid7()
    end = residence.transfer(id=sent, stay=stay, unit=world.other, by=world.owner, **facts)
    again = residence.transfer(id=sent, stay=stay, unit=world.other, by=world.owner, **facts)
    assert again == end
    assert (end.ending, stay.ended_at) == (Ending.TRANSFER, moment)
    with as_user(world.outsider):
        new = Stay.objects.get(came_from=stay.pk)
        assert (new.unit_id, new.began_at, new.is_open) == (world.other.pk, moment, True)
        assert Reservation.objects.get(pk=reservation.pk).stay_id == new.pk
    assert places_of(new, reader=world.outsider) == [("present", "Kamar 1", "1")]
    assert places_of(stay, reader=world.owner) == [("present", "Kamar 1", "1")]


def test_a_transfer_that_fails_there_did_not_end_here(world: World) -> None:
    here, there = build(world), build(world, unit=world.other)
    boss = make_staff(Role.HEAD, world.dinas, "Kepala Jenjang")
    stay = admit(world, here)
    admit(world, there)
    with pytest.raises(BedTaken):
        residence.transfer(
            id=uuid7(),
            stay=stay,
            unit=world.other,
            bed=there.bed,
            purpose="Jenjang ringan",
            exit_plan="Keterampilan",
            happened_at=ago(days=1),
            by=boss,
            at=now(),
        )
    with as_user(world.owner):
        assert Stay.objects.get(pk=stay.pk).is_open
        assert Movement.objects.filter(stay=stay).count() == 1


def test_who_works_elsewhere_admits_moves_and_ends_nobody_here(world: World) -> None:
    house = build(world)
    stay = admit(world, house)
    asep = make_person(world)
    for act in (
        lambda: admit(world, house, person=asep, by=world.outsider, bed=house.beds[1]),
        lambda: residence.end_stay(
            id=uuid7(), stay=stay, ending="work", happened_at=ago(days=1), by=world.outsider, at=now()
        ),
        lambda: residence.move(
            id=uuid7(), stay=stay, room=None, bed=house.beds[1], happened_at=ago(days=1), by=world.outsider, at=now()
        ),
        lambda: residence.add_building(id=uuid7(), unit=world.panti, name="B", by=world.outsider, at=now()),
    ):
        with pytest.raises(NotAllowed):
            act()
