from dataclasses import replace
from datetime import timedelta

import pytest

from serasi.access.enums import Role, UnitKind
from serasi.access.operations import Conflict, NotAllowed, Refused
from serasi.access.operations.units import close_unit
from serasi.access.tests.factories import make_staff, make_unit
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.operations import link_to_unit
from serasi.residence import operations as residence
from serasi.residence.models import Bed, BedOutage, Building, Room, Ward
from serasi.residence.operations import (
    BedsAtOnce,
    BuildingClosed,
    HouseClosed,
    NotOutOfOrder,
    PlaceOnPlanTaken,
    StillLivedIn,
)
from serasi.residence.queries import day_at
from serasi.residence.tests.factories import House, admit, ago, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world: World) -> House:
    return build(world)


def test_beds_are_added_many_at_once_and_none_twice(world: World, house: House) -> None:
    made = residence.add_beds(
        room=house.room,
        labels=["2", "3", "4", "4", " "],
        since=now().date(),
        properties=["low"],
        by=world.head,
        at=now(),
    )
    assert [(bed.label, bed.properties) for bed in made] == [("3", ["low"]), ("4", ["low"])]
    for labels in ([], [str(number) for number in range(201)]):
        with pytest.raises(BedsAtOnce):
            residence.add_beds(room=house.room, labels=labels, since=now().date(), by=world.head, at=now())


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"age_from": 18, "age_to": 12}, "Umur paling tua"),
        ({"ceiling_days": 0}, "Batas tinggal"),
        ({"sex": "X"}, "laki-laki, perempuan"),
        ({"name": " "}, "Isi namanya"),
    ],
)
def test_a_ward_that_cannot_be_is_refused_in_words(
    world: World, house: House, facts: dict[str, object], words: str
) -> None:
    described = {"name": "Melati"} | facts
    with pytest.raises(Refused, match=words):
        residence.add_ward(id=uuid7(), building=house.building, by=world.head, at=now(), **described)  # type: ignore[arg-type]


def test_names_and_places_are_one_rooms_alone(world: World, house: House) -> None:
    def add(**facts: object) -> None:
        residence.add_room(id=uuid7(), ward=house.ward, by=world.head, at=now(), **facts)  # type: ignore[arg-type]

    add(name="Kamar 8", grid_row=1, grid_column=1)
    for facts, words in (
        ({"name": "Kamar 8"}, "nama ini sudah ada"),
        ({"name": "Kamar 9", "grid_row": 1, "grid_column": 1}, "denah itu sudah dipakai"),
        ({"name": "Kamar 9", "grid_row": 1}, "baris dan kolom"),
        ({"name": "Kamar 9", "properties": ["ruby"]}, "tidak dikenal"),
    ):
        with pytest.raises(Refused, match=words):
            add(**facts)


def test_of_two_who_change_a_ward_the_second_sees_both(world: World, house: House) -> None:
    facts = dict.fromkeys(("age_from", "age_to", "ceiling_days", "shown_capacity"))
    change = {"ward": house.ward, "sex": "", "grade": "", "revision": 1, "by": world.head, "at": now(), **facts}
    residence.change_ward(**change | {"name": "Melati"})  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        residence.change_ward(**change | {"name": "Anggrek"})  # type: ignore[arg-type]


def test_a_place_where_someone_is_cannot_be_closed_and_says_who(world: World, house: House) -> None:
    stay = admit(world, house, tag="77")
    residence.go_out(id=uuid7(), stay=stay, kind="hospital", happened_at=ago(days=1), by=world.carer, at=now())
    today = day_at(house.unit, now())
    for act in (
        lambda: residence.close_bed(bed=house.bed, last_day=today, by=world.administrator, at=now()),
        lambda: residence.close_room(room=house.room, last_day=today, by=world.administrator, at=now()),
        lambda: residence.close_ward(ward=house.ward, last_day=today, by=world.administrator, at=now()),
        lambda: residence.put_out_of_order(
            id=uuid7(), bed=house.bed, reason="broken", since=now(), by=world.carer, at=now()
        ),
    ):
        with pytest.raises(StillLivedIn, match="77") as refused:
            act()
        assert refused.value.tags == ("77",)
    residence.end_stay(id=uuid7(), stay=stay, ending="died", happened_at=ago(hours=1), by=world.owner, at=now())
    closed = residence.close_ward(ward=house.ward, last_day=today, by=world.administrator, at=now())
    assert closed.closed_on == today + timedelta(days=1)


def test_a_building_is_renamed_and_closes_with_its_wards(world: World, house: House) -> None:
    building, today = house.building, day_at(house.unit, now())
    residence.change_building(building=building, name="Gedung Baru", position=3, revision=1, by=world.head, at=now())
    with pytest.raises(Conflict):
        residence.change_building(building=building, name="Lama", position=0, revision=1, by=world.head, at=now())
    stay = admit(world, house, tag="77")
    with pytest.raises(StillLivedIn, match="77"):
        residence.close_building(building=building, last_day=today, by=world.head, at=now())
    residence.end_stay(id=uuid7(), stay=stay, ending="family", happened_at=ago(hours=1), by=world.owner, at=now())
    closed = residence.close_building(building=building, last_day=today, by=world.head, at=now())
    with as_user(world.head):
        ward = Ward.objects.get(pk=house.ward.pk)
        assert (closed.closed_on, ward.closed_on) == (today + timedelta(days=1), today + timedelta(days=1))
        assert Building.objects.get(pk=building.pk).name == "Gedung Baru"
    with pytest.raises(BuildingClosed):
        residence.add_ward(id=uuid7(), building=closed, name="Melati", by=world.head, at=now())


def test_rooms_change_places_on_the_plan_and_never_share_one(world: World, house: House) -> None:
    one, two = house.rooms

    def lay_out(revision: int, **places: tuple[int, int] | None) -> None:
        rooms = {"one": one.pk, "two": two.pk}
        residence.lay_out(
            ward=house.ward, places={rooms[name]: place for name, place in places.items()}, revision=revision,
            by=world.head, at=now(),
        )  # fmt: skip

    lay_out(1, one=(1, 1), two=(1, 2))
    lay_out(2, one=(1, 2), two=(1, 1))
    with pytest.raises(PlaceOnPlanTaken, match="Kamar 1 dan Kamar 2"):
        lay_out(3, one=(4, 4), two=(4, 4))
    with pytest.raises(PlaceOnPlanTaken):
        lay_out(3, two=(1, 2))
    with pytest.raises(Conflict):
        lay_out(2, one=None)
    lay_out(3, one=None)
    with as_user(world.head):
        assert [room.place_on_plan for room in Room.objects.of(house.unit).order_by("position")] == [None, (1, 1)]


def test_a_unit_does_not_close_on_people_who_live_there(world: World) -> None:
    shelter = make_unit(world.dinas, kind=UnitKind.SHELTER)
    boss = make_staff(Role.HEAD, world.dinas, "Kepala TPS")
    house = build(world, unit=shelter, by=boss)
    link = {"unit": shelter, "by": boss, "at": now()}
    siti = make_person(world, "Siti Lesmana")
    link_to_unit(id=uuid7(), person=siti, **link)  # type: ignore[arg-type]
    stay = admit(world, house, person=siti, by=boss, tag="9")
    closing = {"unit": shelter, "on": now().date(), "revision": shelter.revision}
    with pytest.raises(StillLivedIn, match="9"):
        close_unit(by=world.administrator, at=now(), **closing)  # type: ignore[arg-type]
    residence.end_stay(id=uuid7(), stay=stay, ending="family", happened_at=ago(days=2), by=boss, at=now())
    closed = close_unit(by=world.administrator, at=now(), **closing)  # type: ignore[arg-type]
    with pytest.raises(HouseClosed):
        admit(world, replace(house, unit=closed), person=siti, by=boss)


def test_a_closed_bed_leaves_the_house_the_day_after(world: World, house: House) -> None:
    today = now().date()
    residence.close_bed(bed=house.bed, last_day=today, by=world.head, at=now())
    assert Bed.objects.in_service_on(today).filter(pk=house.bed.pk).exists()
    assert not Bed.objects.in_service_on(today + timedelta(days=1)).filter(pk=house.bed.pk).exists()


def test_a_bed_is_out_of_order_once_and_comes_back(world: World, house: House) -> None:
    outage = residence.put_out_of_order(
        id=uuid7(), bed=house.bed, reason="broken", note="Kaki patah", since=ago(days=2), by=world.carer, at=now()
    )
    with pytest.raises(Refused, match="sudah tercatat"):
        residence.put_out_of_order(
            id=uuid7(), bed=house.bed, reason="lent", since=ago(days=1), by=world.carer, at=now()
        )
    at = now()
    residence.put_back(outage=outage, by=world.carer, at=at)
    with as_user(world.carer):
        stored = BedOutage.objects.get(pk=outage.pk)
    assert (stored.period.lower, stored.period.upper, stored.ended_by_id) == (ago(days=2), at, world.carer.pk)
    with pytest.raises(NotOutOfOrder):
        residence.put_back(outage=outage, by=world.carer, at=now())


def test_only_those_who_build_build(world: World, house: House) -> None:
    for nobody in (world.carer, world.owner, world.outsider, world.other_head, world.officer):
        with pytest.raises(NotAllowed):
            residence.add_building(id=uuid7(), unit=world.panti, name="Gedung B", by=nobody, at=now())
