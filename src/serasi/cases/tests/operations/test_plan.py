"""A plan is drafted, submitted, approved, and followed by the next."""

from datetime import timedelta
from typing import Any

import pytest

from serasi.access.models import Posting, User
from serasi.access.operations import Conflict, NotAllowed, acting
from serasi.cases.enums import Aim, Decision
from serasi.cases.models import Approval, Goal, Plan, ServiceLine, StageSet
from serasi.cases.operations.approval import AlreadyDecided, OwnRequest, decide
from serasi.cases.operations.plan import (
    DraftExists,
    NotAComponentOfTheUnit,
    NotADraft,
    OutsideThePlan,
    PlanIncomplete,
    change_goal,
    change_plan,
    remove_goal,
    start_plan,
    submit_plan,
)
from serasi.cases.operations.reference import set_practice
from serasi.cases.operations.stage import SomethingMissing
from serasi.cases.queries.plan import coverage, planned_in, plans_with_content
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.cases.tests.work_factories import (
    approve,
    component,
    make_approved_plan,
    make_conference,
    make_delivery,
    make_goal,
    make_line,
    make_plan,
    today,
)
from serasi.common.identifiers import uuid7


def test_an_approved_plan_is_followed_by_a_version_that_carries_its_goals_on(world: World) -> None:
    case = make_case(world)
    first = make_approved_plan(world, case)
    second = make_plan(case, world.owner)
    with as_user(world.owner):
        assert (second.version, second.is_draft) == (2, True)
        assert [goal.continues_id for goal in second.goals.all()] == [goal.pk for goal in first.goals.all()]
        assert [line.activity for line in second.lines.all()] == ["Konseling perorangan"]


def test_a_case_has_one_draft_at_a_time(world: World) -> None:
    case = make_case(world)
    make_plan(case, world.owner)
    with pytest.raises(DraftExists):
        make_plan(case, world.owner)


def test_the_same_form_sent_fifty_times_makes_one_plan(world: World) -> None:
    case, plan_id = make_case(world), uuid7()
    for _time in range(50):
        start_plan(
            id=plan_id,
            case=case,
            starts_on=today(),
            ends_on=today() + timedelta(days=30),
            summary="",
            by=world.owner,
            at=now(),
        )
    with as_user(world.owner):
        assert Plan.objects.filter(case=case).count() == 1


def test_a_plan_goes_before_the_supervisor_only_after_the_conference_it_follows_from(world: World) -> None:
    case = make_case(world)
    plan = make_plan(case, world.owner, with_conference=False)
    with pytest.raises(SomethingMissing) as refused:
        submit_plan(plan=plan, revision=1, by=world.owner, at=now())
    assert [missing.code for missing in refused.value.missing] == ["conference_held"]
    make_conference(case, world.owner)
    submit_plan(plan=plan, revision=1, by=world.owner, at=now())


def test_a_plan_without_services_for_every_goal_is_not_submitted(world: World) -> None:
    plan = make_plan(make_case(world), world.owner)
    make_goal(plan, world.owner, statement="Mempunyai KTP")
    with pytest.raises(PlanIncomplete, match="Mempunyai KTP"):
        submit_plan(plan=plan, revision=1, by=world.owner, at=now())


def test_nobody_approves_their_own_plan(world: World) -> None:
    case = make_case(world, team=(world.supervisor,))
    plan = make_plan(case, world.supervisor)
    approval = submit_plan(plan=plan, revision=1, by=world.supervisor, at=now())
    with pytest.raises(OwnRequest):
        approve(approval, world.supervisor)


def test_a_posting_may_grant_it_and_the_grant_is_recorded(world: World) -> None:
    case = make_case(world, team=(world.supervisor,))
    approval = submit_plan(plan=make_plan(case, world.supervisor), revision=1, by=world.supervisor, at=now())
    with acting(User.objects.system(), "test.grant"):
        Posting.objects.filter(user=world.supervisor).update(may_approve_own=True)
    decided = approve(approval, world.supervisor.refresh_scope())
    assert (decided.by_own_grant, decided.decision) == (True, "approved")


def test_of_two_different_decisions_one_counts_and_the_same_again_changes_nothing(world: World) -> None:
    case = make_case(world)
    approval = submit_plan(plan=make_plan(case, world.owner), revision=1, by=world.owner, at=now())
    first = approve(approval, world.supervisor)
    again = approve(approval, world.supervisor)
    assert again.decided_at == first.decided_at
    with pytest.raises(AlreadyDecided):
        decide(approval=approval, decision=Decision.RETURNED, note="Kurang jelas", by=world.head, at=now())


def test_a_returned_plan_is_a_draft_again(world: World) -> None:
    case = make_case(world)
    plan = make_plan(case, world.owner)
    approval = submit_plan(plan=plan, revision=1, by=world.owner, at=now())
    decide(
        approval=approval, decision=Decision.RETURNED, note="Targetnya belum terukur.", by=world.supervisor, at=now()
    )
    with as_user(world.owner):
        plan.refresh_from_db()
        assert plan.is_draft
    make_goal(plan, world.owner, statement="Tujuan lain")


def test_a_submitted_plan_is_not_changed(world: World) -> None:
    plan = make_plan(make_case(world), world.owner)
    with as_user(world.owner):
        goal = plan.goals.get()
    submit_plan(plan=plan, revision=1, by=world.owner, at=now())
    with pytest.raises(NotADraft):
        make_goal(plan, world.owner)
    with pytest.raises(NotADraft):
        remove_goal(goal=goal, revision=1, by=world.owner, at=now())


def test_the_second_of_two_editors_is_shown_the_difference(world: World) -> None:
    plan = make_plan(make_case(world), world.owner)
    with as_user(world.owner):
        goal = plan.goals.get()
    facts: dict[str, Any] = {"aim": Aim.ROLES, "indicator": "Hadir", "baseline": "", "target_date": plan.ends_on}
    change_goal(goal=goal, revision=1, statement="Bekerja penuh", **facts, by=world.owner, at=now())
    with pytest.raises(Conflict) as conflict:
        change_goal(goal=goal, revision=1, statement="Bekerja paruh waktu", **facts, by=world.owner, at=now())
    assert (conflict.value.stored.statement, conflict.value.typed["statement"]) == (  # type: ignore[attr-defined]
        "Bekerja penuh",
        "Bekerja paruh waktu",
    )


def test_days_stay_within_the_plan(world: World) -> None:
    plan = make_plan(make_case(world), world.owner)
    beyond = plan.ends_on + timedelta(days=1)
    with pytest.raises(OutsideThePlan):
        make_goal(plan, world.owner, target_date=beyond)
    with as_user(world.owner):
        goal = plan.goals.get()
    with pytest.raises(OutsideThePlan):
        make_line(goal, world.owner, ends_on=beyond)
    with pytest.raises(OutsideThePlan):
        change_plan(
            plan=plan,
            revision=1,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on - timedelta(days=1),
            summary="",
            by=world.owner,
            at=now(),
        )


def test_a_unit_promises_only_components_it_gives(world: World) -> None:
    set_practice(
        id=uuid7(),
        unit=world.panti,
        stage_set=StageSet.objects.get(pk="atensi_nasional"),
        components=["terapi"],
        by=world.head,
        at=now(),
    )
    plan = make_plan(make_case(world), world.owner)
    with as_user(world.owner):
        goal = plan.goals.get()
    with pytest.raises(NotAComponentOfTheUnit):
        make_line(goal, world.owner, component=component("aksesibilitas"))


@pytest.mark.parametrize("who", ["colleague", "carer", "outsider", "officer", "administrator", "psychologist"])
def test_only_those_who_plan_this_case_plan_it(world: World, who: str) -> None:
    case = make_case(world)
    with pytest.raises(NotAllowed):
        make_plan(case, getattr(world, who))


def test_coverage_counts_planned_and_given_per_component(world: World) -> None:
    case = make_case(world)
    plan = make_approved_plan(world, case)
    with as_user(world.owner):
        line = plan.lines.get()
    make_delivery(case, world.owner, line=line, quantity=2)
    make_delivery(case, world.owner, component=component("dukungan_keluarga"))
    with as_user(world.owner):
        in_force = plans_with_content(case)[0]
        rows = {
            row.component.pk: (row.planned, row.delivered, row.beside_the_plan)
            for row in coverage(case, planned_in(in_force))
            if row.planned or row.delivered
        }
    assert rows == {"terapi": (12, 2, 0), "dukungan_keluarga": (0, 1, 1)}


def test_removing_a_goal_removes_its_services_and_removing_it_again_is_nothing(world: World) -> None:
    plan = make_plan(make_case(world), world.owner)
    with as_user(world.owner):
        goal = plan.goals.get()
        goal_id = goal.pk
    remove_goal(goal=goal, revision=1, by=world.owner, at=now())
    goal.pk = goal_id
    remove_goal(goal=goal, revision=1, by=world.owner, at=now())
    with as_user(world.owner):
        assert (Goal.objects.filter(plan=plan).count(), ServiceLine.objects.filter(plan=plan).count()) == (0, 0)
        assert Approval.objects.filter(case=plan.case).count() == 0
