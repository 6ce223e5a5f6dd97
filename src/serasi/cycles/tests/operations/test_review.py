"""Reviews are planned, held with the person, corrected; a closing review leaves no goal unanswered."""

from datetime import date, timedelta
from typing import Any

import pytest

from serasi.access.operations import NotAllowed, Refused
from serasi.cases.enums import GoalResult
from serasi.cases.models import Case, Task
from serasi.cases.operations.conference import DecisionMade
from serasi.cases.operations.writable import InTheFuture
from serasi.cases.tests.factories import World, as_user, now
from serasi.cases.tests.work_factories import make_approved_plan
from serasi.common.identifiers import uuid7
from serasi.cycles import operations as cycles
from serasi.cycles.enums import Due
from serasi.cycles.models import Cycle, Decision, Meeting, Review
from serasi.cycles.operations import AlreadySuperseded, Answered, GoalsUnanswered, Guest, NotAwaited, OutOfTurn
from serasi.cycles.queries import Turn, carried_into, turns_of
from serasi.cycles.tests.factories import answers, hold, months_ago, old_case, review_of, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> Case:
    return old_case(world, team=(world.psychologist, world.carer))


@pytest.fixture
def cycle(world: World, case: Case) -> Cycle:
    return start(case, world.owner, starts_on=months_ago(case, 3))


def today(case: Case) -> date:
    return case.unit.day_at(now())


def story(case: Case, world: World) -> list[Turn]:
    with as_user(world.owner):
        return turns_of(case, today=today(case))


def stands(case: Case, world: World) -> list[Due]:
    return [one.due for one in story(case, world)[0].reviews]


def test_a_review_is_held_with_the_person_and_its_decisions_are_tasks(world: World, case: Case, cycle: Cycle) -> None:
    entry = review_of(cycle, "entry", reader=world.owner)
    hold(
        entry,
        world.owner,
        guests=[Guest(user=world.psychologist), Guest(name="Ibu Sumi", as_what="Ibu")],
        decisions=[DecisionMade("Daftar ke PKBM", world.owner, today(case) + timedelta(days=7))],
    )

    assert stands(case, world) == [Due.HELD, Due.LATE, Due.LATER]
    with as_user(world.owner):
        meeting = Meeting.objects.get(review=entry)
        assert (meeting.own_words, [str(seat) for seat in meeting.seats.order_by("pk")]) == (
            "Saya ingin bekerja di bengkel.", ["Maya Psikolog", "Ibu Sumi"],
        )  # fmt: skip
        task = Decision.objects.get(review=entry).task
        assert (task.title, task.owner, task.due_date) == (
            "Daftar ke PKBM", world.owner, today(case) + timedelta(days=7),
        )  # fmt: skip


def test_without_the_person_it_says_why(world: World, cycle: Cycle) -> None:
    entry = review_of(cycle, "entry", reader=world.owner)

    with pytest.raises(Refused, match="mengapa orangnya tidak hadir"):
        hold(entry, world.owner, person_was_there=False)
    made = hold(entry, world.owner, person_was_there=False, absence_reason="Dirawat di rumah sakit")
    assert made.absence_reason == "Dirawat di rumah sakit"


def test_a_review_is_held_once(world: World, cycle: Cycle) -> None:
    entry = review_of(cycle, "entry", reader=world.owner)
    one_id = uuid7()
    hold(entry, world.owner, id=one_id)

    assert hold(entry, world.owner, id=one_id).pk == one_id
    with pytest.raises(NotAwaited):
        hold(entry, world.owner)


def test_reviews_follow_each_other_within_the_cycle(world: World, case: Case, cycle: Cycle) -> None:
    hold(review_of(cycle, "midpoint", reader=world.owner), world.owner)
    entry = review_of(cycle, "entry", reader=world.owner)

    with pytest.raises(OutOfTurn):
        hold(entry, world.owner, held_on=today(case))
    with pytest.raises(Refused, match="sebelum siklus dimulai"):
        hold(entry, world.owner, held_on=cycle.starts_on - timedelta(days=1))
    with pytest.raises(InTheFuture):
        hold(entry, world.owner, held_on=today(case) + timedelta(days=1))
    hold(entry, world.owner, held_on=cycle.starts_on)


def test_a_closing_review_answers_every_goal_and_says_which_is_left(world: World, case: Case, cycle: Cycle) -> None:
    make_approved_plan(world, case)
    closing = review_of(cycle, "closing", reader=world.owner)

    with pytest.raises(GoalsUnanswered, match="Bekerja tiga hari seminggu"):
        hold(closing, world.owner)
    hold(closing, world.owner, answers=answers(case, reader=world.owner, carries_over=True))

    [turn] = story(case, world)
    assert [(one.statement, one.result, one.carries_over) for one in turn.outcomes] == [
        ("Bekerja tiga hari seminggu", "partly", True)
    ]
    assert [one.due for one in turn.reviews] == [Due.MISSED, Due.MISSED, Due.HELD]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"result": GoalResult.PARTLY, "reason": ""}, "belum tercapai seluruhnya"),
        ({"result": GoalResult.ACHIEVED, "carries_over": True}, "tidak dibawa"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(
    world: World, case: Case, cycle: Cycle, answer: dict[str, Any], words: str
) -> None:
    make_approved_plan(world, case)
    given = answers(case, reader=world.owner, **answer)

    with pytest.raises(Refused, match=words):
        hold(review_of(cycle, "closing", reader=world.owner), world.owner, answers=given)


def test_closing_opens_the_next_cycle_and_hands_on_what_is_left(world: World, case: Case, cycle: Cycle) -> None:
    make_approved_plan(world, case)
    closing = review_of(cycle, "closing", reader=world.owner)
    with pytest.raises(Refused, match="sesudah siklus ini selesai"):
        hold(
            closing,
            world.owner,
            answers=answers(case, reader=world.owner, carries_over=True),
            next_starts_on=cycle.ends_on,
        )
    hold(
        closing,
        world.owner,
        answers=answers(case, reader=world.owner, carries_over=True),
        next_starts_on=cycle.ends_on + timedelta(days=1),
    )

    following, before = story(case, world)
    assert (following.number, before.number) == (2, 1)
    assert [one.statement for one in carried_into([following, before], following.cycle)] == [
        "Bekerja tiga hari seminggu"
    ]


def test_a_psychologist_holds_a_review_and_opens_no_cycle(world: World, case: Case, cycle: Cycle) -> None:
    hold(review_of(cycle, "entry", reader=world.psychologist), world.psychologist)

    with pytest.raises(NotAllowed):
        hold(
            review_of(cycle, "closing", reader=world.psychologist),
            world.psychologist,
            next_starts_on=cycle.ends_on + timedelta(days=1),
        )
    assert stands(case, world)[2] == Due.LATER


def test_a_correction_keeps_what_was_believed_before(world: World, case: Case, cycle: Cycle) -> None:
    make_approved_plan(world, case)
    wrong = hold(
        review_of(cycle, "closing", reader=world.owner), world.owner, answers=answers(case, reader=world.owner)
    )
    facts: dict[str, Any] = {
        "held_on": wrong.held_on, "person_was_there": True, "summary": "Tercapai, ia sudah bekerja.",
    }  # fmt: skip
    with as_user(world.owner):
        wrong = Meeting.objects.select_related("review__cycle__case__unit").get(pk=wrong.pk)
        goal = wrong.outcomes.get().goal
    with pytest.raises(GoalsUnanswered):
        cycles.correct_review(id=uuid7(), meeting=wrong, reason="Salah catat", by=world.owner, at=now(), **facts)
    with as_user(world.owner):
        wrong.refresh_from_db()
    cycles.correct_review(
        id=uuid7(), meeting=wrong, reason="Salah catat", answers=[Answered(goal, GoalResult.ACHIEVED)],
        by=world.owner, at=now(), **facts,
    )  # fmt: skip

    [turn] = story(case, world)
    assert [one.result for one in turn.outcomes] == ["achieved"]
    with as_user(world.owner):
        history = list(Meeting.objects.order_by("written_at").values_list("summary", "superseded_reason"))
    assert history == [("Sepakat meneruskan latihan.", "Salah catat"), ("Tercapai, ia sudah bekerja.", "")]
    with pytest.raises(AlreadySuperseded):
        cycles.withdraw_review(meeting=wrong, reason="Lagi", by=world.owner, at=now())


def test_a_review_that_was_not_held_is_awaited_again(world: World, case: Case, cycle: Cycle) -> None:
    made = hold(review_of(cycle, "entry", reader=world.owner), world.owner)
    cycles.withdraw_review(meeting=made, reason="Tinjauan orang lain", by=world.owner, at=now())

    assert stands(case, world) == [Due.LATE, Due.LATE, Due.LATER]


def test_a_plan_asks_people_and_planned_anew_asks_others(world: World, cycle: Cycle) -> None:
    closing = review_of(cycle, "closing", reader=world.owner)
    facts: dict[str, Any] = {"planned_at": now() + timedelta(days=3), "place": "Ruang rapat", "by": world.owner}
    cycles.plan_review(review=closing, revision=1, guests=[Guest(user=world.psychologist)], at=now(), **facts)
    cycles.plan_review(
        review=closing, revision=2, guests=[Guest(user=world.carer), Guest(name="Ibu Sumi")], at=now(), **facts
    )

    with as_user(world.owner):
        assert sorted(map(str, closing.invitations.all())) == ["Ibu Sumi", "Siti Pengasuh"]
    with pytest.raises(Refused, match="akan datang"):
        cycles.plan_review(
            review=closing, revision=3, guests=[], at=now(), **(facts | {"planned_at": now() - timedelta(days=1)})
        )
    with pytest.raises(Refused, match="dua kali"):
        cycles.plan_review(review=closing, revision=3, guests=[Guest(user=world.carer)] * 2, at=now(), **facts)


def test_an_ended_cycle_awaits_nothing(world: World, case: Case, cycle: Cycle) -> None:
    cycles.end_cycle(cycle=cycle, ended_on=today(case), reason="Pindah", by=world.owner, at=now())

    with pytest.raises(NotAwaited):
        hold(review_of(cycle, "entry", reader=world.owner), world.owner)
    with as_user(world.owner):
        assert Review.objects.to_hold().count() == 0
        assert Task.objects.count() == 0


def test_a_carer_reads_and_a_stranger_does_not_even_see(world: World, cycle: Cycle) -> None:
    entry = review_of(cycle, "entry", reader=world.carer)
    with pytest.raises(NotAllowed):
        hold(entry, world.carer)
    with as_user(world.colleague):
        assert Review.objects.count() == 0
