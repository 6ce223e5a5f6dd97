"""Cycles begin, end early, are found never to have been; several people turn together."""

from datetime import date, timedelta

import pytest

from serasi.access.operations import NotAllowed, Refused
from serasi.cases.models import Case
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.common.periods import add_months
from serasi.cycles import operations as cycles
from serasi.cycles.models import Cohort, Cycle, Review
from serasi.cycles.operations import (
    AlreadyEnded,
    AlreadyReviewed,
    AlreadyTurning,
    BeforeTheCase,
    CohortOver,
    Nobody,
    NotEnded,
    OfAnotherUnit,
)
from serasi.cycles.queries import turns_of
from serasi.cycles.tests.factories import hold, months_ago, old_case, review_of, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> Case:
    return old_case(world)


def today(case: Case) -> date:
    return case.unit.day_at(now())


def test_a_cycle_of_four_months_has_three_reviews_by_their_share(world: World, case: Case) -> None:
    cycle = start(case, world.owner, starts_on=months_ago(case, 1))

    with as_user(world.owner):
        due = list(Review.objects.filter(cycle=cycle).order_by("due_on").values_list("kind", "due_on"))
    assert cycle.ends_on == add_months(cycle.starts_on, 4) - timedelta(days=1)
    length = (cycle.ends_on - cycle.starts_on).days
    assert due == [
        ("entry", cycle.starts_on + timedelta(days=length // 10)),
        ("midpoint", cycle.starts_on + timedelta(days=length // 2)),
        ("closing", cycle.ends_on),
    ]


def test_a_unit_sets_its_own_length_and_shares_for_cycles_to_come(world: World, case: Case) -> None:
    running = start(case, world.owner, starts_on=months_ago(case, 1))
    cycles.set_cycle_practice(
        id=uuid7(), unit=world.panti, months=6, entry_share=0, midpoint_share=40, closing_share=90, by=world.head,
        at=now(),
    )  # fmt: skip
    later = start(case, world.owner, starts_on=running.ends_on + timedelta(days=1))

    with as_user(world.owner):
        assert Review.objects.get(cycle=running, kind="closing").due_on == running.ends_on
        assert Review.objects.get(cycle=later, kind="entry").due_on == later.starts_on
    assert later.ends_on == add_months(later.starts_on, 6) - timedelta(days=1)


@pytest.mark.parametrize(
    ("months", "shares"), [(0, (10, 50, 100)), (25, (10, 50, 100)), (4, (50, 50, 100)), (4, (10, 50, 120))]
)
def test_a_length_or_shares_that_cannot_be_are_refused(world: World, months: int, shares: tuple[int, int, int]) -> None:
    with pytest.raises(Refused):
        cycles.set_cycle_practice(
            id=uuid7(), unit=world.panti, months=months, entry_share=shares[0], midpoint_share=shares[1],
            closing_share=shares[2], by=world.head, at=now(),
        )  # fmt: skip


def test_cycles_of_a_case_never_overlap(world: World, case: Case) -> None:
    cycle = start(case, world.owner)

    with pytest.raises(Refused, match="sudah ada siklus lain"):
        start(case, world.owner, starts_on=cycle.ends_on)
    start(case, world.owner, starts_on=cycle.ends_on + timedelta(days=1))


def test_a_cycle_does_not_begin_before_its_case(world: World) -> None:
    young = old_case(world, days=10)

    with pytest.raises(BeforeTheCase):
        start(young, world.owner, starts_on=today(young) - timedelta(days=11))


def test_who_ends_early_makes_room_for_the_next(world: World, case: Case) -> None:
    cycle = start(case, world.owner)
    cycles.end_cycle(cycle=cycle, ended_on=today(case), reason="Pindah ke rumah lain", by=world.owner, at=now())
    following = start(case, world.owner, starts_on=today(case) + timedelta(days=1))

    with as_user(world.owner):
        found = [(one.number, one.cycle.pk) for one in turns_of(case, today=today(case))]
    assert found == [(2, following.pk), (1, cycle.pk)]
    with pytest.raises(AlreadyEnded):
        cycles.end_cycle(cycle=cycle, ended_on=today(case), reason="Lagi", by=world.owner, at=now())
    with pytest.raises(Refused, match="sudah ada siklus lain"):
        cycles.resume_cycle(cycle=cycle, by=world.owner, at=now())


def test_an_ending_is_taken_back(world: World, case: Case) -> None:
    cycle = start(case, world.owner)
    with pytest.raises(NotEnded):
        cycles.resume_cycle(cycle=cycle, by=world.owner, at=now())
    cycles.end_cycle(cycle=cycle, ended_on=today(case), reason="Keliru", by=world.owner, at=now())
    cycles.resume_cycle(cycle=cycle, by=world.owner, at=now())

    with as_user(world.owner):
        assert Cycle.objects.get(pk=cycle.pk).is_ended is False


@pytest.mark.parametrize("days", [-1, 200])
def test_a_cycle_is_ended_on_one_of_its_days(world: World, case: Case, days: int) -> None:
    cycle = start(case, world.owner)

    with pytest.raises(Refused, match="salah satu harinya"):
        cycles.end_cycle(
            cycle=cycle, ended_on=cycle.starts_on + timedelta(days=days), reason="Pindah", by=world.owner, at=now()
        )


def test_a_cycle_begun_by_mistake_counts_for_nothing(world: World, case: Case) -> None:
    wrong = start(case, world.owner)
    cycles.void_cycle(cycle=wrong, reason="Kasus orang lain", by=world.owner, at=now())
    right = start(case, world.owner)

    with as_user(world.owner):
        found = {one.cycle.pk: one.number for one in turns_of(case, today=today(case))}
        assert list(Review.objects.to_hold().values_list("cycle", flat=True).distinct().order_by()) == [right.pk]
    assert found == {right.pk: 1, wrong.pk: 0}


def test_what_was_reviewed_was(world: World, case: Case) -> None:
    cycle = start(case, world.owner)
    hold(review_of(cycle, "entry", reader=world.owner), world.owner)

    with pytest.raises(AlreadyReviewed):
        cycles.void_cycle(cycle=cycle, reason="Keliru", by=world.owner, at=now())


def test_a_cohort_begins_for_all_and_a_latecomer_ends_with_them(world: World) -> None:
    three = [old_case(world, name) for name in ("Asep A", "Bejo B", "Cahyo C")]
    begins = months_ago(three[0], 1)
    cohort = cycles.start_cohort(
        id=uuid7(), unit=world.panti, name="Angkatan Maret", starts_on=begins, cases=three, by=world.owner, at=now()
    )
    late = cycles.join_cohort(
        id=uuid7(), cohort=cohort, case=old_case(world), starts_on=today(three[0]), by=world.owner, at=now()
    )

    with as_user(world.owner):
        assert Cycle.objects.filter(cohort=cohort).count() == 4
        assert set(Cycle.objects.values_list("ends_on", flat=True)) == {cohort.ends_on}
    assert late.starts_on == today(three[0])


def test_a_cohort_begins_for_all_or_for_nobody(world: World) -> None:
    free, busy = old_case(world), old_case(world)
    start(busy, world.owner)

    with pytest.raises(AlreadyTurning, match=busy.number):
        cycles.start_cohort(
            id=uuid7(), unit=world.panti, name="Angkatan", starts_on=today(free), cases=[free, busy], by=world.owner,
            at=now(),
        )  # fmt: skip
    with as_user(world.owner):
        assert (Cohort.objects.count(), Cycle.objects.count()) == (0, 1)


def test_a_cohort_is_of_one_unit_and_has_somebody_in_it(world: World) -> None:
    facts = {"unit": world.panti, "name": "Angkatan", "starts_on": now().date(), "by": world.owner, "at": now()}
    foreign = old_case(world, by=world.outsider, unit=world.other)

    with pytest.raises(Nobody):
        cycles.start_cohort(id=uuid7(), cases=[], **facts)  # type: ignore[arg-type]
    with pytest.raises(OfAnotherUnit):
        cycles.start_cohort(id=uuid7(), cases=[foreign], **facts)  # type: ignore[arg-type]


def test_nobody_joins_a_cohort_that_is_over(world: World, case: Case) -> None:
    cohort = cycles.start_cohort(
        id=uuid7(), unit=world.panti, name="Angkatan", starts_on=months_ago(case, 8), cases=[old_case(world)],
        by=world.owner, at=now(),
    )  # fmt: skip

    with pytest.raises(CohortOver):
        cycles.join_cohort(id=uuid7(), cohort=cohort, case=case, starts_on=today(case), by=world.owner, at=now())


def test_who_only_reads_or_is_elsewhere_starts_nothing(world: World) -> None:
    case = old_case(world, team=(world.carer, world.psychologist))

    for stranger in (world.carer, world.psychologist, world.colleague, world.outsider, world.officer):
        with pytest.raises(NotAllowed):
            start(case, stranger)


def test_a_form_sent_twice_starts_one_cycle(world: World, case: Case) -> None:
    one_id = uuid7()

    assert start(case, world.owner, id=one_id).pk == start(case, world.owner, id=one_id).pk
    with as_user(world.owner):
        assert (Cycle.objects.count(), Review.objects.count()) == (1, 3)
