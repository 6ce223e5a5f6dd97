"""What was tapped wrongly: the earlier line stays readable, and whoever counts counts the later one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from serasi.access.operations import NotAllowed, Refused
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.daily import operations as daily
from serasi.daily.models import Dose, RollCallMark, Round, RoundEntry
from serasi.daily.operations import Answered, Exceptional, Found
from serasi.daily.queries import (
    doses_between,
    due_doses,
    left_by,
    prescriptions_of,
    recorded,
    residents,
    still_missing,
    told,
)
from serasi.daily.tests.factories import call_roll, found, hour_of, live_here, order
from serasi.residence import operations as residence
from serasi.residence.models import Movement, Stay
from serasi.residence.tests.factories import House, ago, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world: World) -> House:
    return build(world)


def given(world: World, stay: Stay, outcome: str = "given", reason: str = "", **facts: Any) -> Dose:
    """A dose of this hour was answered."""
    one = order(world, stay, hour_of(now()))
    due_at = now().replace(minute=0, second=0, microsecond=0)
    return daily.record_doses(
        id=uuid7(), answers=[Answered(one, due_at, outcome, reason)], by=world.carer, at=now(), **facts
    )


def waits(world: World, house: House, stay: Stay) -> bool:
    """The dose of this hour stands on the page of the round."""
    with as_user(world.carer):
        ordered = prescriptions_of(stays=[stay.pk], unit=house.unit, at=now(), reader=world.carer)
        due = due_doses(prescriptions=ordered, unit=house.unit, at=now())
        return any(now() - one.due_at < timedelta(hours=2) for one in due)


def left(world: World, house: House) -> Any:
    with as_user(world.carer):
        here = {one.stay_id: one for one in residents(ward=house.ward, at=now(), reader=world.carer)}
        return left_by(ward=house.ward, here=here, since=ago(hours=2), until=now(), reader=world.carer)


def test_a_dose_that_was_tapped_wrongly_is_put_right(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    wrong = given(world, asep)
    assert left(world, house).doses == []

    right = daily.correct_dose(
        id=uuid7(), dose=wrong, outcome="refused", reason="mual", happened_at=wrong.happened_at, why="Salah sentuh",
        by=world.carer, at=now(),
    )  # fmt: skip

    assert [one for _who, one in left(world, house).doses] == [right]
    assert not waits(world, house, asep)
    with as_user(world.carer):
        every = doses_between(stays=[asep.pk], since=ago(hours=3), until=now(), reader=world.carer)
    assert [(one.outcome, one.superseded_reason, one.superseded_by) for one in every] == [
        ("given", "Salah sentuh", world.carer),
        ("refused", "", None),
    ]
    with pytest.raises(daily.AlreadyCorrected):
        daily.withdraw_dose(dose=wrong, why="lagi", by=world.carer, at=now())
    with pytest.raises(daily.ReasonNeeded):
        daily.correct_dose(
            id=uuid7(), dose=right, outcome="held", reason="", happened_at=now(), why="x", by=world.carer, at=now()
        )


def test_a_dose_that_was_of_another_waits_for_its_answer_again(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    wrong = given(world, asep)
    assert not waits(world, house, asep)
    daily.withdraw_dose(dose=wrong, why="Obatnya milik Bejo", by=world.carer, at=now())
    assert waits(world, house, asep)


def test_what_is_given_when_needed_keeps_its_reason_when_put_right(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    one = order(world, asep, drug="Parasetamol")
    dose = daily.give_when_needed(
        id=uuid7(), prescription=one, reason="demam", happened_at=ago(hours=2), by=world.carer, at=now()
    )
    with pytest.raises(Refused, match="mengapa obat ini diperlukan"):
        daily.correct_dose(
            id=uuid7(), dose=dose, outcome="given", reason="", happened_at=ago(hours=1), why="x", by=world.carer,
            at=now(),
        )  # fmt: skip


def test_a_dose_that_a_phone_tells_late_happened_when_it_was_typed(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    typed_at = now().replace(minute=0, second=0, microsecond=0) + timedelta(seconds=5)
    dose = given(world, asep, happened_at=min(typed_at, now()))
    assert dose.happened_at <= dose.written_at
    with pytest.raises(Refused, match="belum tiba"):
        given(world, asep, happened_at=now() + timedelta(hours=1))


def test_only_who_gives_medicine_puts_it_right(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    dose = given(world, asep)
    for reader in (world.head, world.owner, world.outsider):
        with pytest.raises(NotAllowed):
            daily.withdraw_dose(dose=dose, why="x", by=reader, at=now())


def make_round(world: World, house: House, exceptions: dict[Any, Exceptional]) -> Round:
    return daily.make_round(
        id=uuid7(), ward=house.ward, kind="lunch", taken_at=ago(minutes=5), usual="all", exceptions=exceptions,
        by=world.carer, at=now(),
    )  # fmt: skip


def test_an_answer_of_a_round_is_put_right_or_taken_back(world: World, house: House) -> None:
    asep, bejo = live_here(world, house, "Asep", "Bejo")
    made = make_round(world, house, {asep.pk: Exceptional("nothing", "mual")})
    with as_user(world.carer):
        of = {one.stay_id: one for one in RoundEntry.objects.filter(round=made).select_related("round", "stay__unit")}

    daily.correct_entry(id=uuid7(), entry=of[asep.pk], answer="all", note="", why="Itu Bejo", by=world.carer, at=now())
    daily.withdraw_entry(entry=of[bejo.pk], why="Sedang di luar", by=world.carer, at=now())

    assert left(world, house).unusual == []
    with as_user(world.carer):
        assert set(RoundEntry.objects.in_force().values_list("stay__tag", "answer")) == {("1", "all")}
        assert RoundEntry.objects.count() == 3
    with pytest.raises(daily.AlreadyCorrected):
        daily.correct_entry(id=uuid7(), entry=of[asep.pk], answer="half", note="", why="x", by=world.carer, at=now())
    with pytest.raises(daily.NotAnAnswer):
        daily.correct_entry(id=uuid7(), entry=of[asep.pk], answer="calm", note="", why="x", by=world.carer, at=now())


def test_a_round_that_was_another_is_taken_back_whole(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    made = make_round(world, house, {asep.pk: Exceptional("nothing", "mual")})
    daily.withdraw_round(round=made, why="Yang benar makan malam", by=world.carer, at=now())
    assert left(world, house).unusual == []
    with as_user(world.carer):
        assert recorded(ward=house.ward, since=ago(hours=1), until=now(), reader=world.carer) == []
        entry = RoundEntry.objects.select_related("round", "stay__unit").get()
    with pytest.raises(daily.AlreadyCorrected):
        daily.withdraw_entry(entry=entry, why="x", by=world.carer, at=now())
    with pytest.raises(NotAllowed):
        daily.withdraw_round(round=made, why="x", by=world.head, at=now())


def mark_of(stay: Stay, world: World) -> RollCallMark:
    with as_user(world.carer):
        return RollCallMark.objects.in_force().select_related("roll_call__ward__unit").get(stay=stay)


def test_a_mark_that_was_tapped_wrongly_alarms_nobody_any_more(world: World, house: House) -> None:
    asep, bejo = live_here(world, house, "Asep", "Bejo")
    call = call_roll(world, house, found([asep, bejo], t1="missing"))

    for stay, mark in ((asep, "present"), (bejo, "missing")):
        daily.correct_mark(
            id=uuid7(), mark=mark_of(stay, world), found=Found(mark), why="Tertukar", by=world.carer, at=now()
        )

    with as_user(world.carer):
        assert [one.tag for one in still_missing(ward=house.ward, reader=world.carer)] == ["2"]
        read = told(roll_call=call, reader=world.carer)
    assert (read.expected, read.present, len(read.missing)) == (2, 1, 1)
    assert [(line.record.tag, line.mark) for line in read.corrected] == [("1", "missing"), ("2", "present")]


def test_a_mark_from_which_the_board_was_moved_waits_for_the_board(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    call_roll(world, house, found([asep], t1="hospital"))
    mark = mark_of(asep, world)
    daily.follow_up(mark=mark, by=world.carer, at=now())
    facts: dict[str, Any] = {"mark": mark, "found": Found("present"), "why": "Keliru", "by": world.carer}
    with pytest.raises(daily.BoardMoved):
        daily.correct_mark(id=uuid7(), at=now(), **facts)

    with as_user(world.owner):
        movement = Movement.objects.select_related("stay__unit", "stay__person").get(pk=mark.pk)
    residence.withdraw_movement(movement=movement, reason="Keliru", by=world.owner, at=now())
    daily.correct_mark(id=uuid7(), at=now(), **facts)

    with pytest.raises(daily.AlreadyCorrected):
        daily.follow_up(mark=mark_again(mark, world), by=world.carer, at=now())


def mark_again(mark: RollCallMark, world: World) -> RollCallMark:
    with as_user(world.carer):
        return RollCallMark.objects.select_related("roll_call__ward__unit").get(pk=mark.pk)


def test_the_database_keeps_what_was_tapped(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    dose = given(world, asep)
    make_round(world, house, {})
    call_roll(world, house, found([asep]))
    for model, changes in (
        (Dose, {"outcome": "missed"}),
        (Round, {"usual": "half"}),
        (RoundEntry, {"answer": "half"}),
        (RollCallMark, {"mark": "out"}),
    ):
        with pytest.raises(IntegrityError, match="never changed"), as_user(world.carer), transaction.atomic():
            model._default_manager.update(**changes)
        with pytest.raises(IntegrityError, match="correction_is_whole"), as_user(world.carer), transaction.atomic():
            model._default_manager.update(superseded_at=now())
    daily.withdraw_dose(dose=dose, why="Keliru", by=world.carer, at=now())
    with pytest.raises(IntegrityError, match="never changed"), as_user(world.carer), transaction.atomic():
        Dose.objects.filter(pk=dose.pk).update(superseded_at=None, superseded_by=None, superseded_reason="")
