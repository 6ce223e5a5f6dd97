"""Whom a unit takes in: dated, asked of whoever comes, put right on the day it was said."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from serasi.access.operations import NotAllowed, Refused
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.models import Person
from serasi.residence import operations as residence
from serasi.residence.models import AdmissionCriteria
from serasi.residence.operations import CriteriaOutOfOrder, Objected
from serasi.residence.queries import Objection, day_at, objections_to_place
from serasi.residence.tests.factories import House, admit, build

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def say(world: World, **facts: Any) -> AdmissionCriteria:
    since = facts.pop("since", None) or day_at(world.panti, now())
    return residence.set_criteria(
        id=uuid7(), unit=world.panti, since=since, by=facts.pop("by", world.head), at=now(), **facts
    )


def objections(world: World, house: House, person: Person) -> tuple[Objection, ...]:
    with as_user(world.owner):
        return objections_to_place(person=person, room=house.room, bed=house.bed, needs=[], at=now())


def test_new_criteria_end_the_former_and_the_same_day_is_put_right_in_place(world: World) -> None:
    today = day_at(world.panti, now())
    first = say(world, since=today - 10 * DAY, sex="P")
    second = say(world, sex="L", to_bring=" KTP ")
    third = say(world, sex="L", age_from=18)
    with as_user(world.head):
        periods = list(AdmissionCriteria.objects.order_by("period").values_list("period", flat=True))
    assert third.pk == second.pk
    assert (second.to_bring, third.age_from, third.to_bring) == ("KTP", 18, "")
    assert [(one.lower, one.upper) for one in periods] == [(today - 10 * DAY, today), (today, None)]
    with pytest.raises(CriteriaOutOfOrder):
        say(world, since=today - 5 * DAY)
    assert first.sex == "P"


def test_who_may_not_build_the_house_says_nothing_and_kinds_are_known(world: World) -> None:
    with pytest.raises(NotAllowed):
        say(world, by=world.carer)
    with pytest.raises(NotAllowed):
        say(world, by=world.other_head)
    with pytest.raises(Refused, match="Jenis PPKS"):
        say(world, kinds=["bangsawan"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"age_from": 60, "age_to": 18},
        {"sex": "X"},
        {"period": DateRange(None, None)},
        {"period": DateRange(now().date(), now().date())},
    ],
)
def test_the_database_refuses_criteria_that_make_no_sense(world: World, wrong: dict[str, Any]) -> None:
    facts = {"period": DateRange(now().date(), None), "unit": world.panti, "written_by": world.head} | wrong
    with as_user(world.head), transaction.atomic(), pytest.raises(IntegrityError):
        AdmissionCriteria.objects.create(id=uuid7(), **facts)


def test_the_database_holds_one_set_of_criteria_at_a_time(world: World) -> None:
    one = say(world)
    with as_user(world.head), transaction.atomic(), pytest.raises(IntegrityError):
        AdmissionCriteria.objects.create(id=uuid7(), unit=world.panti, period=one.period, written_by=world.head)


def test_each_criterion_is_an_objection_to_whoever_comes(world: World) -> None:
    house = build(world)
    say(world, sex="P", age_from=60, kinds=["lanjut_usia_telantar"])
    asep = make_person(world, "Asep Suryana", sex="L", birth_year_from=1990, birth_year_to=1990, kinds=["gelandangan"])
    found = objections(world, house, asep)
    assert [one.code for one in found] == ["sex", "age", "kind"]
    assert found[0].words == "Unit ini menerima perempuan."
    assert found[2].words == "Unit ini menerima: Lanjut usia telantar."
    assert all(one.may_override for one in found)


def test_what_is_not_known_of_someone_is_no_objection(world: World) -> None:
    house = build(world)
    say(world, sex="P", age_from=60, kinds=["lanjut_usia_telantar"])
    unknown = make_person(world, sex="X", kinds=[])
    assert objections(world, house, unknown) == ()


def test_criteria_are_asked_at_the_door_and_not_of_who_lives_there(world: World) -> None:
    house = build(world)
    stay = admit(world, house, person=make_person(world, sex="L"))
    say(world, sex="P")
    with pytest.raises(Objected):
        admit(world, house, person=make_person(world, sex="L"), bed=house.beds[1], happened_at=now())
    residence.move(
        id=uuid7(), stay=stay, room=None, bed=house.beds[1], happened_at=now(), by=world.carer, at=now()
    )  # fmt: skip
