from datetime import timedelta

import pytest

from serasi.access.operations import NotAllowed, Refused
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.models import Person
from serasi.residence import operations as residence
from serasi.residence.models import Reservation
from serasi.residence.operations import NoLongerExpected, Objected, OfAnother, WrongHouse
from serasi.residence.queries import day_at
from serasi.residence.tests.factories import House, admit, ago, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world: World) -> House:
    return build(world)


def expect(world: World, house: House, person: Person | None = None, **facts: object) -> Reservation:
    today = day_at(house.unit, now())
    facts = {"first_day": today, "last_day": today + timedelta(days=1), "bed": house.bed, "by": world.owner} | facts
    return residence.reserve(
        id=uuid7(),
        person=person or make_person(world),
        unit=house.unit,
        at=now(),
        **facts,  # type: ignore[arg-type]
    )


def test_a_held_bed_is_given_to_someone_else_only_with_a_reason(world: World, house: House) -> None:
    expect(world, house)
    with pytest.raises(Objected, match="dipesan untuk orang lain"):
        admit(world, house, happened_at=now())
    assert admit(world, house, happened_at=now(), overrides=["held"], override_reason="Darurat").is_open


def test_who_was_expected_takes_the_bed_and_is_expected_no_longer(world: World, house: House) -> None:
    asep = make_person(world, "Asep Suryana")
    reservation = expect(world, house, asep)
    stay = admit(world, house, person=asep, happened_at=now())
    with as_user(world.owner):
        assert Reservation.objects.get(pk=reservation.pk).stay_id == stay.pk
        assert list(Reservation.objects.open()) == []
    with pytest.raises(NoLongerExpected):
        residence.cancel_reservation(reservation=reservation, reason="Batal", by=world.owner, at=now())


def test_a_bed_is_promised_once_and_a_person_expected_once(world: World, house: House) -> None:
    asep = make_person(world, "Asep Suryana")
    first = expect(world, house, asep)
    with pytest.raises(Refused, match="sudah dipesan untuk orang lain"):
        expect(world, house)
    with pytest.raises(Refused, match="sudah ditunggu"):
        expect(world, house, asep, bed=house.beds[1])
    residence.cancel_reservation(reservation=first, reason="Keluarga menjemput", by=world.owner, at=now())
    assert expect(world, house).is_open


def test_what_cannot_be_promised_is_refused(world: World, house: House) -> None:
    today = day_at(house.unit, now())
    there = build(world, unit=world.other)
    case = make_case(world)
    with pytest.raises(Refused, match="sudah lewat"):
        expect(world, house, first_day=today - timedelta(days=3), last_day=today - timedelta(days=2))
    with pytest.raises(Refused, match="tidak boleh sebelum"):
        expect(world, house, first_day=today, last_day=today - timedelta(days=1))
    with pytest.raises(WrongHouse):
        expect(world, house, bed=there.bed)
    with pytest.raises(OfAnother):
        expect(world, house, case=case)
    with pytest.raises(NotAllowed):
        expect(world, house, by=world.outsider)
    with pytest.raises(Refused, match="mengapa"):
        residence.cancel_reservation(reservation=expect(world, house), reason=" ", by=world.owner, at=now())


def test_yesterdays_promise_holds_no_bed_today(world: World, house: House) -> None:
    reservation = expect(world, house)
    past = day_at(house.unit, ago(days=3))
    assert reservation.period.lower > past
    assert admit(world, house, happened_at=ago(days=3)).is_open
