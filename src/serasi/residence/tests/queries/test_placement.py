from datetime import timedelta
from typing import Any

import pytest

from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.models import Person
from serasi.residence import operations as residence
from serasi.residence.queries import SuggestedBed, day_at, suggested_beds
from serasi.residence.tests.factories import House, admit, ago, build

pytestmark = pytest.mark.django_db


def suggested(world: World, house: House, person: Person, **facts: Any) -> list[SuggestedBed]:
    with as_user(world.owner):
        return suggested_beds(person=person, unit=house.unit, at=now(), reader=world.owner, **facts)


def test_only_free_beds_that_suit_are_suggested(world: World) -> None:
    women, men = build(world, name="Melati", sex="P"), build(world, name="Mawar", sex="L", rooms=3)
    siti = make_person(world, "Siti Lesmana", sex="P")
    joko = make_person(world, "Joko Prakoso", sex="L")
    admit(world, men, person=make_person(world, sex="L"), bed=men.beds[0])
    residence.put_out_of_order(
        id=uuid7(), bed=men.beds[1], reason="broken", since=ago(days=1), by=world.carer, at=now()
    )
    today = day_at(men.unit, now())
    residence.reserve(
        id=uuid7(), person=make_person(world), unit=men.unit, bed=men.beds[2], first_day=today,
        last_day=today + timedelta(days=1), by=world.owner, at=now(),
    )  # fmt: skip
    assert {one.bed_id for one in suggested(world, men, joko)} == {bed.pk for bed in men.beds[3:]}
    assert {one.bed_id for one in suggested(world, men, siti)} == {bed.pk for bed in women.beds}
    assert len(suggested(world, men, joko, most=1)) == 1


def test_each_suggestion_says_why(world: World) -> None:
    house = build(world, sex="L", age_from=60, rooms=1)
    residence.change_bed(
        bed=house.bed, label="1", properties=["low", "wheelchair"], revision=1, by=world.head, at=now()
    )
    kakek = make_person(world, "Kusno Wibowo", sex="L", birth_year_from=1950, birth_year_to=1950)
    first, second = suggested(world, house, kakek)
    assert (first.bed_id, second.bed_id) == (house.beds[1].pk, house.beds[0].pk)
    assert first.reasons == (
        "wisma laki-laki",
        "sesuai umur",
        "tidak memakai tempat berkebutuhan khusus",
        "2 kosong di kamar ini",
    )
    (only,) = suggested(world, house, kakek, needs=["wheelchair"])
    assert (only.bed_id, only.reasons[0]) == (house.bed.pk, "terjangkau kursi roda")


def test_who_is_too_young_is_suggested_nothing(world: World) -> None:
    house = build(world, age_from=60)
    boy = make_person(world, "Gilang Nugraha", birth_year_from=2010, birth_year_to=2010)
    assert suggested(world, house, boy) == []
