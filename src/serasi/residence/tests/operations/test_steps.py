"""Screening, orientation, the search and what follows a death."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from serasi.access.operations import NotAllowed, Refused
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.residence import operations as residence
from serasi.residence.enums import Checklist
from serasi.residence.models import Screening, Stay, Step
from serasi.residence.operations import NothingToDo
from serasi.residence.queries import worklists_of
from serasi.residence.reference import orientation, screening, search
from serasi.residence.tests.factories import House, admit, ago, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world: World) -> House:
    return build(world)


def test_what_was_not_asked_is_unknown_and_a_yes_waits_for_somebody_who_knows(world: World, house: House) -> None:
    stay = admit(world, house)
    found = residence.screen(id=uuid7(), stay=stay, answers={"batuk": "yes", "demam": "no"}, by=world.carer, at=now())
    assert found.answers == {question.code: "unknown" for question in screening()} | {"batuk": "yes", "demam": "no"}
    assert (found.found, found.waits) == (["batuk"], True)
    residence.follow_up(screening=found, finding="TCM negatif", by=world.psychologist, at=now())
    assert not found.waits
    with pytest.raises(residence.AlreadyFollowedUp):
        residence.follow_up(screening=found, finding="Lagi", by=world.carer, at=now())


def test_an_answer_or_a_question_that_does_not_exist_is_refused(world: World, house: House) -> None:
    stay = admit(world, house)
    for answers in ({"batuk": "maybe"}, {"pusing": "yes"}):
        with pytest.raises(Refused) as refused:
            residence.screen(id=uuid7(), stay=stay, answers=answers, by=world.carer, at=now())
        assert refused.value.field == "answers"


def test_a_screening_is_health_and_closed_to_who_does_not_screen(world: World, house: House) -> None:
    stay = admit(world, house)
    residence.screen(id=uuid7(), stay=stay, answers={"batuk": "yes"}, by=world.carer, at=now())
    for reader, sees in ((world.carer, 1), (world.psychologist, 1), (world.officer, 0), (world.outsider, 0)):
        with as_user(reader):
            assert (Screening.objects.count(), Screening.objects.visible_to(reader).count()) == (sees, sees), reader
    with pytest.raises(NotAllowed):
        residence.screen(id=uuid7(), stay=stay, answers={}, by=world.outsider, at=now())


def test_orientation_is_ticked_off_over_days_and_nothing_twice(world: World, house: House) -> None:
    stay = admit(world, house)
    first, second, *_rest = [step.code for step in orientation()]
    for codes in ([first], [first, second]):
        residence.take_steps(
            stay=stay, checklist=Checklist.ORIENTATION, codes=codes, happened_at=ago(days=1), by=world.carer, at=now()
        )
    with as_user(world.carer):
        assert [step.code for step in Step.objects.filter(stay=stay)] == [first, second]
        (worklist,) = worklists_of(stay=stay, at=now())
    assert (worklist.done, len(worklist.left)) == (2, len(orientation()) - 2)


def test_a_search_belongs_to_one_going_away_and_ends_with_being_found(world: World, house: House) -> None:
    stay = admit(world, house)

    def look(code: str) -> None:
        residence.take_steps(
            stay=stay, checklist=Checklist.SEARCH, codes=[code], happened_at=ago(days=1), by=world.carer, at=now()
        )

    with pytest.raises(NothingToDo):
        look("sekitar")
    residence.go_out(id=uuid7(), stay=stay, kind="absconded", happened_at=ago(days=3), by=world.carer, at=now())
    look("sekitar")
    look("polisi")
    residence.come_back(id=uuid7(), stay=stay, happened_at=ago(hours=20), by=world.carer, at=now())
    with pytest.raises(NothingToDo):
        look("dinas")
    residence.go_out(id=uuid7(), stay=stay, kind="absconded", happened_at=ago(hours=2), by=world.carer, at=now())
    with as_user(world.carer):
        _orientation, first, second = worklists_of(stay=stay, at=now())
    assert (first.done, second.done) == (2, 0)
    assert [step.due_at - first.since.happened_at for step in first.steps] == [
        timedelta(hours=step.after_hours) for step in search()
    ]


def test_who_died_is_on_record_as_died_and_a_mistake_takes_it_back(world: World, house: House) -> None:
    stay = admit(world, house)
    ended = residence.end_stay(
        id=uuid7(),
        stay=stay,
        ending="died",
        destination="RSUD Budhi Asih",
        reason="Sakit jantung, menurut dokter jaga",
        happened_at=ago(days=1),
        by=world.owner,
        at=now(),
    )
    with as_user(world.owner):
        fresh = Stay.objects.select_related("person", "unit").get(pk=stay.pk)
        assert fresh.person.died_on == fresh.day_of(ago(days=1))
    residence.take_steps(
        stay=stay, checklist=Checklist.DEATH, codes=["keluarga"], happened_at=ago(hours=20), by=world.carer, at=now()
    )
    ended.stay = fresh
    corrected = residence.correct_movement(
        id=uuid7(),
        movement=ended,
        happened=residence.Happening(kind="ended", ending="died", happened_at=ago(days=3)),
        reason="Harinya keliru",
        by=world.owner,
        at=now(),
    )
    with as_user(world.owner):
        assert Stay.objects.select_related("person").get(pk=stay.pk).person.died_on == fresh.day_of(ago(days=3))
    residence.withdraw_movement(movement=corrected, reason="Orang lain", by=world.owner, at=now())
    with as_user(world.owner):
        assert Stay.objects.select_related("person").get(pk=stay.pk).person.died_on is None


def test_the_database_itself_refuses_a_step_twice_a_search_of_nothing_and_half_a_finding(
    world: World, house: House
) -> None:
    stay = admit(world, house)
    residence.take_steps(
        stay=stay, checklist=Checklist.ORIENTATION, codes=["rumah"], happened_at=ago(days=1), by=world.carer, at=now()
    )
    screened = residence.screen(id=uuid7(), stay=stay, answers={}, by=world.carer, at=now())
    facts = {
        "stay": stay,
        "checklist": "orientation",
        "code": "rumah",
        "happened_at": now(),
        "written_by": world.carer,
        "written_at": now(),
    }
    for broken in ({}, {"checklist": "search"}, {"checklist": "party"}):
        with pytest.raises(IntegrityError), as_user(world.owner), transaction.atomic():
            Step.objects.create(id=uuid7(), **(facts | broken))
    with pytest.raises(IntegrityError), as_user(world.owner), transaction.atomic():
        Screening.objects.filter(pk=screened.pk).update(finding="TCM negatif")
