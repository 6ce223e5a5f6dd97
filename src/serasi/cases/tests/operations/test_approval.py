"""What was put before a supervisor is taken back by whoever asked, until it is decided."""

from collections.abc import Callable

import pytest

from serasi.access.models import TrailEntry, User
from serasi.access.operations import NotAllowed
from serasi.cases.enums import Decision
from serasi.cases.models import Approval, Case
from serasi.cases.operations.approval import AlreadyDecided, decide, withdraw_request
from serasi.cases.operations.plan import change_plan, submit_plan
from serasi.cases.operations.referral import submit_referral, withdraw_referral
from serasi.cases.operations.team import hand_over
from serasi.cases.queries.tasks import due_for
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.cases.tests.operations.test_termination import approval_of, propose
from serasi.cases.tests.work_factories import approve, make_plan, make_referral, today
from serasi.common.identifiers import uuid7


def ask_for_a_plan(world: World, case: Case) -> Approval:
    plan = make_plan(case, world.owner)
    return submit_plan(plan=plan, revision=1, by=world.owner, at=now())


def ask_for_a_closure(world: World, case: Case) -> Approval:
    return approval_of(world, propose(world, case))


def ask_for_a_referral(world: World, case: Case) -> Approval:
    referral = make_referral(world, case)
    return submit_referral(referral=referral, revision=referral.revision, by=world.owner, at=now())


EVERY_KIND = pytest.mark.parametrize("ask", [ask_for_a_plan, ask_for_a_closure, ask_for_a_referral])
Ask = Callable[[World, Case], Approval]


def waiting_for(user: User) -> list[str]:
    with as_user(user):
        return [due.kind for due in due_for(user, today(), kind="approval")]


@EVERY_KIND
def test_what_is_taken_back_leaves_the_supervisors_day_and_may_be_asked_again(world: World, ask: Ask) -> None:
    case = make_case(world)
    approval = ask(world, case)
    assert waiting_for(world.supervisor) == ["approval"]
    withdraw_request(approval=approval, by=world.owner, at=now())
    assert waiting_for(world.supervisor) == []
    with pytest.raises(AlreadyDecided):
        approve(approval, world.supervisor)
    with pytest.raises(AlreadyDecided):
        withdraw_request(approval=approval, by=world.owner, at=now())
    with as_user(User.objects.system()):
        told = TrailEntry.objects.filter(record_id=approval.pk, action="update").latest("at")
        assert (told.operation, told.actor_id) == ("cases.approval.withdraw_request", world.owner.pk)


def test_a_plan_taken_back_is_a_draft_that_is_mended_and_submitted_again(world: World) -> None:
    case = make_case(world)
    approval = ask_for_a_plan(world, case)
    withdraw_request(approval=approval, by=world.owner, at=now())
    with as_user(world.owner):
        plan = case.plans.get()
    assert plan.is_draft
    change_plan(
        plan=plan,
        revision=plan.revision,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        summary="Lebih jelas.",
        by=world.owner,
        at=now(),
    )
    submit_plan(plan=plan, revision=plan.revision, by=world.owner, at=now())
    assert waiting_for(world.supervisor) == ["approval"]


@EVERY_KIND
def test_a_decision_is_not_taken_back(world: World, ask: Ask) -> None:
    case = make_case(world)
    approval = ask(world, case)
    decide(approval=approval, decision=Decision.RETURNED, note="Perjelas.", by=world.supervisor, at=now())
    with pytest.raises(AlreadyDecided):
        withdraw_request(approval=approval, by=world.owner, at=now())


def test_whoever_manages_the_case_now_takes_back_what_the_manager_before_asked(world: World) -> None:
    case = make_case(world)
    approval = ask_for_a_plan(world, case)
    hand_over(id=uuid7(), case=case, to=world.colleague, by=world.owner, at=now())
    withdraw_request(approval=approval, by=world.colleague, at=now())
    assert waiting_for(world.supervisor) == []


@pytest.mark.parametrize("who", ["colleague", "supervisor", "head", "outsider", "officer", "carer"])
def test_nobody_else_takes_it_back(world: World, who: str) -> None:
    approval = ask_for_a_plan(world, make_case(world))
    with pytest.raises(NotAllowed):
        withdraw_request(approval=approval, by=getattr(world, who), at=now())
    assert waiting_for(world.supervisor) == ["approval"]


def test_a_referral_that_is_called_off_leaves_the_supervisors_day(world: World) -> None:
    case = make_case(world)
    approval = ask_for_a_referral(world, case)
    with as_user(world.owner):
        referral = case.referrals.get(pk=approval.subject_id)
    withdraw_referral(referral=referral, by=world.owner, at=now())
    assert waiting_for(world.supervisor) == []


def test_what_a_closed_file_left_undecided_waits_for_nobody(world: World) -> None:
    case = make_case(world)
    ask_for_a_plan(world, case)
    approve(approval_of(world, propose(world, case)), world.supervisor)
    assert waiting_for(world.supervisor) == []
