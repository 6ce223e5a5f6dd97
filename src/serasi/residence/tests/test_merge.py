"""Two records of one person, one or both of whom lived somewhere."""

import pytest

from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.models import Merge, Person
from serasi.people.operations import CannotMerge, merge_people, undo_merge
from serasi.residence import operations as residence
from serasi.residence.models import Stay
from serasi.residence.operations import LivesElsewhere
from serasi.residence.queries import day_at
from serasi.residence.tests.factories import admit, ago, build

pytestmark = pytest.mark.django_db


def merge(world: World, kept: Person, absorbed: Person) -> Merge:
    with as_user(world.owner):
        kept, absorbed = Person.objects.get(pk=kept.pk), Person.objects.get(pk=absorbed.pk)
    return merge_people(
        id=uuid7(),
        kept=kept,
        absorbed=absorbed,
        reason="Orang yang sama",
        kept_revision=kept.revision,
        absorbed_revision=absorbed.revision,
        by=world.owner,
        at=now(),
    )


def stays_of(world: World, person: Person) -> list[object]:
    with as_user(world.owner):
        return list(Stay.objects.filter(person=person).order_by("period").values_list("pk", flat=True))


def test_the_stays_of_both_become_the_stays_of_one_and_go_back_when_it_is_undone(world: World) -> None:
    house = build(world)
    asep, bejo = make_person(world, "Asep Suryana"), make_person(world, "Bejo Wibowo")
    first = admit(world, house, person=asep, happened_at=ago(days=20))
    residence.end_stay(id=uuid7(), stay=first, ending="family", happened_at=ago(days=9), by=world.owner, at=now())
    second = admit(world, house, person=bejo, happened_at=ago(days=5))
    done = merge(world, asep, bejo)
    assert stays_of(world, asep) == [first.pk, second.pk]
    with pytest.raises(LivesElsewhere):
        admit(world, house, person=asep, bed=house.beds[1])
    undo_merge(merge=done, reason="Dua orang", by=world.owner, at=now())
    assert (stays_of(world, asep), stays_of(world, bejo)) == ([first.pk], [second.pk])


def test_two_who_live_somewhere_at_once_are_refused_in_words_and_nothing_moves(world: World) -> None:
    house = build(world)
    asep, bejo = make_person(world, "Asep Suryana"), make_person(world, "Bejo Wibowo")
    here = admit(world, house, person=asep)
    there = admit(world, house, person=bejo, bed=house.beds[1])
    with pytest.raises(CannotMerge, match="pada masa yang sama"):
        merge(world, asep, bejo)
    assert (stays_of(world, asep), stays_of(world, bejo)) == ([here.pk], [there.pk])


def test_two_who_are_expected_in_one_house_are_refused_in_words(world: World) -> None:
    house, today = build(world), day_at(world.panti, now())
    both = make_person(world, "Asep Suryana"), make_person(world, "Bejo Wibowo")
    for person in both:
        residence.reserve(
            id=uuid7(), person=person, unit=house.unit, first_day=today, last_day=today, by=world.owner, at=now()
        )
    with pytest.raises(CannotMerge, match="sama-sama ditunggu"):
        merge(world, *both)


def test_who_was_merged_is_admitted_as_the_one_that_was_kept(world: World) -> None:
    house = build(world)
    asep, bejo = make_person(world, "Asep Suryana"), make_person(world, "Bejo Wibowo")
    merge(world, asep, bejo)
    with as_user(world.owner):
        bejo = Person.objects.get(pk=bejo.pk)
    assert admit(world, house, person=bejo).person == asep
