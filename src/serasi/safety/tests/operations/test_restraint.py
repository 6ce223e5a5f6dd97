"""Restraint and isolation: for danger alone, as short as can be, looked at, renewed by the head, reviewed."""

from datetime import date, timedelta
from typing import Any

import pytest

from serasi.access.operations import NotAllowed, Refused
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.residence.tests.factories import admit, ago, build
from serasi.safety import operations as safety
from serasi.safety.enums import Condition, RestraintKind, Standing
from serasi.safety.models import Restraint
from serasi.safety.reference import limit_for
from serasi.safety.tests.factories import restrain

pytestmark = pytest.mark.django_db


def stored(restraint: Restraint, world: World) -> Any:
    with as_user(world.head):
        return Restraint.objects.with_clock().get(pk=restraint.pk)


def test_its_limits_are_those_of_the_way_and_the_person(world: World) -> None:
    stay = admit(world, build(world))

    restraint = stored(restrain(world, stay), world)

    limit = limit_for("isolation", "adult")
    assert (restraint.limit_minutes, restraint.check_minutes) == (limit.longest_minutes, limit.check_minutes)
    assert restraint.limit_at == restraint.began_at + timedelta(minutes=limit.longest_minutes)
    assert restraint.check_due_at == restraint.began_at + timedelta(minutes=limit.check_minutes)


def test_a_child_has_the_limits_of_a_child_whatever_is_typed(world: World) -> None:
    born = date(now().year - 12, 1, 1)
    stay = admit(world, build(world), person=make_person(world, birth_date=born, kinds=["anak_jalanan"]))

    for kind in (RestraintKind.MECHANICAL, RestraintKind.ISOLATION):
        with pytest.raises(safety.Forbidden) as refused:
            restrain(world, stay, kind=kind, standing=Standing.ADULT)
        assert refused.value.field == "kind"

    assert restrain(world, stay, kind=RestraintKind.PHYSICAL).standing == "child"


def test_in_pregnancy_nobody_is_fastened(world: World) -> None:
    stay = admit(world, build(world))

    with pytest.raises(safety.Forbidden):
        restrain(world, stay, kind=RestraintKind.MECHANICAL, standing=Standing.PREGNANT)


def test_nobody_is_restrained_twice_at_once(world: World) -> None:
    stay = admit(world, build(world))
    restrain(world, stay)

    with pytest.raises(Refused) as refused:
        restrain(world, stay, kind=RestraintKind.PHYSICAL, began_at=ago(minutes=2))

    assert "sedang dikekang" in str(refused.value.message)


def test_a_look_moves_the_next_look(world: World) -> None:
    restraint = restrain(world, admit(world, build(world)))

    safety.check_restraint(
        id=uuid7(), restraint=restraint, condition=Condition.CALM, by=world.carer, at=now(), checked_at=ago(minutes=3)
    )

    assert stored(restraint, world).check_due_at == ago(minutes=3) + timedelta(minutes=15)


def test_a_look_is_neither_before_it_began_nor_to_come(world: World) -> None:
    restraint = restrain(world, admit(world, build(world)))

    for moment in (ago(hours=1), now() + timedelta(minutes=5)):
        with pytest.raises(Refused) as refused:
            safety.check_restraint(
                id=uuid7(), restraint=restraint, condition=Condition.CALM, by=world.carer, at=now(), checked_at=moment
            )
        assert refused.value.field == "checked_at"


def test_only_the_head_decides_that_it_goes_on_and_no_longer_than_once_more(world: World) -> None:
    restraint = restrain(world, admit(world, build(world)), began_at=ago(minutes=70))
    facts: dict[str, Any] = {"restraint": restraint, "reason": "Masih mengancam", "at": now()}
    with pytest.raises(NotAllowed):
        safety.renew_restraint(id=uuid7(), minutes=30, by=world.carer, **facts)
    with pytest.raises(Refused) as refused:
        safety.renew_restraint(id=uuid7(), minutes=61, by=world.head, **facts)

    safety.renew_restraint(id=uuid7(), minutes=30, by=world.head, **facts)

    assert refused.value.field == "minutes"
    assert stored(restraint, world).limit_at == facts["at"] + timedelta(minutes=30)


def test_it_ends_once_and_is_reviewed_after_its_end(world: World) -> None:
    restraint = restrain(world, admit(world, build(world)))
    with pytest.raises(Refused):
        safety.review_restraint(restraint=restraint, review="Perlu", by=world.head, at=now())

    ending: dict[str, Any] = {"ended_at": ago(minutes=1), "end_note": "Tenang, minum teh", "by": world.carer}
    safety.end_restraint(restraint=restraint, at=now(), **ending)
    safety.review_restraint(restraint=restraint, review="Lain kali ditemani lebih dulu.", by=world.head, at=now())

    with pytest.raises(safety.NoLongerRunning):
        safety.end_restraint(restraint=restraint, at=now(), **ending)
    with pytest.raises(safety.NoLongerRunning):
        safety.check_restraint(id=uuid7(), restraint=restraint, condition=Condition.CALM, by=world.carer, at=now())
    assert stored(restraint, world).reviewed_by_id == world.head.pk


def test_what_was_tried_before_is_written_or_it_does_not_begin(world: World) -> None:
    with pytest.raises(Refused) as refused:
        restrain(world, admit(world, build(world)), tried=" ")

    assert "dicoba lebih dahulu" in str(refused.value.message)
