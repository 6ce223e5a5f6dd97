"""Who sees what: the database and `visible_to` give the same answer, and a sealed person is a tag on a bed."""

from typing import Any

import pytest

from serasi.access.models import User
from serasi.access.operations import NotAllowed
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.models import Person
from serasi.people.operations import keep_team, set_confidentiality
from serasi.residence import operations as residence
from serasi.residence.models import (
    Bed,
    BedOutage,
    Belonging,
    Handover,
    MoneyLine,
    Movement,
    Occupancy,
    Reservation,
    Screening,
    Stay,
    Step,
)
from serasi.residence.queries import board, census, day_at
from serasi.residence.queries.board import Occupant, known_people
from serasi.residence.tests.factories import House, admit, ago, build

pytestmark = pytest.mark.django_db


def make_guarded(world: World, person: Person, confidentiality: str, *team: User) -> None:
    """The team first: a sealed person without one would be seen by nobody."""
    with as_user(world.owner):
        person = Person.objects.get(pk=person.pk)
    keep_team(person=person, members=list(team), by=world.owner, at=now())
    set_confidentiality(person=person, confidentiality=confidentiality, by=world.owner, at=now())


@pytest.fixture
def house(world: World) -> House:
    """Ordinary, in court, sealed; one in each bed, and one is expected in the last."""
    house = build(world)
    asep, bejo, cahyo, dedi = (make_person(world, name) for name in ("Asep A", "Bejo B", "Cahyo C", "Dedi D"))
    for bed, person in zip(house.beds, (asep, bejo, cahyo), strict=False):
        admit(world, house, person=person, bed=bed)
    today = day_at(house.unit, now())
    residence.reserve(
        id=uuid7(), person=dedi, unit=house.unit, bed=house.beds[3], first_day=today, last_day=today, by=world.owner,
        at=now(),
    )  # fmt: skip
    make_guarded(world, bejo, "sppa", world.owner)
    make_guarded(world, cahyo, "sealed", world.owner)
    make_guarded(world, dedi, "sealed", world.owner)
    return house


def occupants(house: House, reader: User) -> list[Occupant | None]:
    with as_user(reader):
        found = board(unit=house.unit, at=now(), reader=reader)
    return [bed.occupant for ward in found.wards for bed in ward.beds]


def names(house: House, reader: User) -> list[str | None]:
    return [one.name if one else None for one in occupants(house, reader)]


def test_the_database_and_the_code_agree_on_who_sees_what(world: World, house: House) -> None:
    outage = build(world, name="Melati")
    residence.put_out_of_order(id=uuid7(), bed=outage.bed, reason="broken", since=ago(days=1), by=world.carer, at=now())
    there = build(world, unit=world.other)
    elsewhere = admit(world, there)
    with as_user(world.owner):
        known = list(Stay.objects.select_related("unit", "person"))
    for stay in known:
        keep_for(world, stay, by=world.owner, witness=world.carer)
    keep_for(world, elsewhere, by=world.outsider, witness=world.other_head)
    for reader in world.everyone():
        with as_user(reader):
            for model in (Stay, Movement, Occupancy, Reservation, BedOutage, *HANGING):
                plain = set(model.objects.values_list("pk", flat=True))
                asked = set(model.objects.visible_to(reader).values_list("pk", flat=True))
                assert plain == asked, (reader, model)


def test_whom_a_board_may_name_is_whom_the_reader_may_open(world: World, house: House) -> None:
    with as_user(User.objects.system()):
        everyone = list(Person.objects.values_list("pk", flat=True))
    for reader in (*world.everyone(), User.objects.system()):
        with as_user(reader):
            may_open = Person.objects.visible_to(reader).values_list("pk", flat=True)
            assert set(known_people(reader, everyone)) == set(may_open), reader


HANGING = (Screening, Step, Handover, Belonging, MoneyLine)


def keep_for(world: World, stay: Stay, *, by: User, witness: User) -> None:
    """One of everything that hangs on a stay."""
    seen: Any = {"witness": witness, "happened_at": ago(hours=1), "by": by, "at": now()}
    residence.screen(id=uuid7(), stay=stay, answers={"batuk": "yes"}, by=by, at=now())
    residence.take_steps(stay=stay, checklist="orientation", codes=["rumah"], happened_at=ago(hours=1), by=by, at=now())
    residence.receive_belongings(
        id=uuid7(), stay=stay, items=[residence.Item("KTP")], signed_by="Yang mengantar", **seen
    )
    residence.write_money(id=uuid7(), stay=stay, kind="received", amount=1000, note="Keluarga", **seen)


def test_what_each_sees(world: World, house: House) -> None:
    def seen(reader: User) -> tuple[int, int, int]:
        with as_user(reader):
            return Stay.objects.count(), Movement.objects.count(), Occupancy.objects.count()

    assert seen(world.owner) == (3, 3, 3)
    assert seen(world.colleague) == seen(world.carer) == seen(world.head) == (2, 2, 3)
    assert seen(world.outsider) == seen(world.administrator) == (0, 0, 0)


def test_names_stand_on_the_board_for_those_who_may_read_them(world: World, house: House) -> None:
    assert names(house, world.owner) == ["Asep A", "Bejo B", "Cahyo C", None]
    assert names(house, world.carer) == ["Asep A", "B. B.", "", None]


def test_a_wall_shows_tags_of_children_in_court_and_of_whom_nobody_may_know(world: World, house: House) -> None:
    assert [one.on_wall for one in occupants(house, world.owner) if one] == ["Asep A", "#2", "#3"]
    assert [one.on_wall for one in occupants(house, world.carer) if one] == ["Asep A", "#2", "#3"]


def test_of_a_sealed_person_nothing_leads_on(world: World, house: House) -> None:
    sealed = occupants(house, world.colleague)[2]
    assert sealed is not None
    assert (sealed.tag, sealed.stay_id, sealed.person_id, sealed.name) == ("3", None, None, "")


def test_a_bed_held_for_a_sealed_person_is_held_and_no_more(world: World, house: House) -> None:
    def last_bed(reader: User) -> object:
        with as_user(reader):
            found = board(unit=house.unit, at=now(), reader=reader)
        return [bed.expected for ward in found.wards for bed in ward.beds][-1]

    assert last_bed(world.owner).name == "Dedi D"  # type: ignore[attr-defined]
    held = last_bed(world.colleague)
    assert held is not None
    assert (held.name, held.person_id, held.reservation_id) == ("", None, None)  # type: ignore[attr-defined]


def test_whom_a_colleague_may_not_know_still_keeps_the_bed(world: World, house: House) -> None:
    with pytest.raises(residence.BedTaken):
        admit(world, house, by=world.colleague, bed=house.beds[2])
    with pytest.raises(residence.Objected, match="dipesan"):
        admit(world, house, by=world.colleague, bed=house.beds[3], happened_at=now())
    with pytest.raises(residence.StillLivedIn):
        residence.close_ward(ward=house.ward, last_day=now().date(), by=world.administrator, at=now())


def test_a_colleague_moves_nobody_whom_they_may_not_know(world: World, house: House) -> None:
    with as_user(world.owner):
        stay = Stay.objects.select_related("unit", "person").get(tag="3")
        bed = Bed.objects.select_related("room__ward__unit").get(pk=house.beds[3].pk)
    with pytest.raises(NotAllowed):
        residence.move(id=uuid7(), stay=stay, room=None, bed=bed, happened_at=ago(days=1), by=world.colleague, at=now())


def test_who_may_count_counts_everybody_and_others_nobody(world: World, house: House) -> None:
    def total(reader: User) -> int:
        with as_user(reader):
            return census(unit=house.unit, at=now()).total

    assert [total(reader) for reader in (world.owner, world.carer, world.officer, world.administrator)] == [3] * 4
    assert [total(reader) for reader in (world.outsider, world.other_head)] == [0, 0]


def test_a_board_of_another_house_is_empty(world: World, house: House) -> None:
    with as_user(world.outsider):
        assert board(unit=house.unit, at=now(), reader=world.outsider).wards == ()
