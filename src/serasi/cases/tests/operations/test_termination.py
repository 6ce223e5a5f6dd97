"""A service ends by proposal and approval; visits follow; the file may be taken up again."""

from datetime import timedelta
from typing import Any

import pytest

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, acting
from serasi.cases.enums import Decision
from serasi.cases.models import AftercareVisit, Approval, Case, Termination
from serasi.cases.operations.aftercare import schedule_after_closing
from serasi.cases.operations.approval import decide
from serasi.cases.operations.termination import (
    NotItsDay,
    NotPlannedAhead,
    TerminationPending,
    cancel_termination,
    complete_termination,
    propose_termination,
    reopen_case,
)
from serasi.cases.operations.writable import CaseClosed
from serasi.cases.presenters import timeline_events
from serasi.cases.queries.due import with_next_date
from serasi.cases.queries.tasks import due_for
from serasi.cases.queries.timeline import Timeline
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.cases.tests.work_factories import (
    approve,
    make_approved_plan,
    make_delivery,
    make_monitoring,
    make_note,
    today,
)
from serasi.common.identifiers import uuid7
from serasi.common.periods import add_months


def propose(world: World, case: Case, **facts: Any) -> Termination:
    described: dict[str, Any] = {
        "reason": "hilang_kontak",
        "outcome": "belum_dapat_dinilai",
        "account": "Tidak dapat dihubungi sejak Mei.",
        "ends_on": today(),
        "aftercare_owner": None,
    }
    by = facts.pop("by", world.owner)
    return propose_termination(id=uuid7(), case=case, by=by, at=now(), **(described | facts))


def make_case_ready_to_end(world: World) -> Case:
    """At a stage from which the service ends according to plan, with everything that this asks."""
    case = make_case(world)
    make_approved_plan(world, case)
    make_delivery(case, world.owner)
    make_monitoring(case, world.owner)
    with acting(User.objects.system(), "test"):
        Case.objects.filter(pk=case.pk).update(stage="atensi_nasional.monitoring")
    with as_user(world.owner):
        return Case.objects.select_related("stage", "unit").get(pk=case.pk)


def approval_of(world: World, termination: Termination) -> Approval:
    with as_user(world.owner):
        return Approval.objects.select_related("case", "case__unit").get(subject_id=termination.pk)


def test_an_early_end_is_approved_and_closes_the_case(world: World) -> None:
    case = make_case(world)
    approve(approval_of(world, propose(world, case)), world.supervisor)
    with as_user(world.owner):
        case.refresh_from_db()
        assert (case.is_open, case.stage_id.endswith("terminasi")) == (False, True)
        assert AftercareVisit.objects.filter(case=case).count() == 0
    with pytest.raises(CaseClosed):
        make_delivery(case, world.owner)
    make_note(case, world.owner, text="Ia menelepon.")


def test_an_end_by_plan_is_refused_until_the_stages_are_walked(world: World) -> None:
    case = make_case(world)
    with pytest.raises(Refused):
        propose(world, case, reason="tujuan_tercapai", aftercare_owner=world.owner)
    with as_user(world.owner):
        assert Termination.objects.filter(case=case).count() == 0


def test_one_proposal_waits_at_a_time_and_a_returned_one_makes_room(world: World) -> None:
    case = make_case(world)
    first = propose(world, case)
    with pytest.raises(TerminationPending):
        propose(world, case)
    decide(
        approval=approval_of(world, first), decision=Decision.RETURNED, note="Cari dulu.", by=world.supervisor, at=now()
    )
    assert propose(world, case).pk != first.pk


def test_after_care_is_scheduled_at_the_units_months(world: World) -> None:
    case = make_case(world)
    with as_user(world.owner):
        for _time in range(2):
            schedule_after_closing(
                case=case, since=today(), months=[1, 3, 6, 12], owner=world.owner, by=world.owner, at=now()
            )
        visits = AftercareVisit.objects.filter(case=case).order_by("due_date")
        assert [(v.month, v.due_date) for v in visits] == [(m, add_months(today(), m)) for m in (1, 3, 6, 12)]


def test_a_closed_case_is_taken_up_in_the_same_file(world: World) -> None:
    case = make_case(world)
    approve(approval_of(world, propose(world, case)), world.supervisor)
    with as_user(world.owner):
        case = Case.objects.select_related("stage", "unit").get(pk=case.pk)
    reopen_case(id=uuid7(), case=case, reason="Ditemukan kembali.", by=world.owner, at=now())
    with as_user(world.owner):
        case.refresh_from_db()
        assert case.is_open
    propose(world, case)


def test_an_end_planned_for_a_day_is_reminded_of_done_on_its_day_and_followed_by_visits(world: World) -> None:
    case = make_case_ready_to_end(world)
    day = today() + timedelta(days=3)
    planned = propose(
        world, case, reason="tujuan_tercapai", outcome="mandiri", ends_on=day, aftercare_owner=world.owner
    )
    approve(approval_of(world, planned), world.supervisor)
    with as_user(world.owner):
        case.refresh_from_db()
        assert (case.is_open, AftercareVisit.objects.filter(case=case).count()) == (True, 0)
        reminded = [(due.kind, due.due_date) for due in due_for(world.owner, today(), kind="termination")]
        assert reminded == [("termination", day)]
        dated: Any = with_next_date(Case.objects.filter(pk=case.pk)).get()
        assert dated.next_on == day
        planned.refresh_from_db()
    with pytest.raises(NotItsDay):
        complete_termination(termination=planned, by=world.owner, at=now())
    on_the_day = now() + timedelta(days=3)
    complete_termination(termination=planned, by=world.owner, at=on_the_day)
    with as_user(world.owner):
        case = Case.objects.get(pk=case.pk)
        assert not case.is_open
        visits = AftercareVisit.objects.filter(case=case).order_by("due_date")
        assert [(v.month, v.due_date, v.owner) for v in visits] == [
            (month, add_months(day, month), world.owner) for month in (1, 3, 6, 12)
        ]
        assert [due.kind for due in due_for(world.owner, day, kind="termination")] == []
        told = [
            event for event in timeline_events(Timeline(case)[:], case) if event.title.startswith("Layanan berakhir")
        ]
        assert [(event.by, event.text) for event in told] == [
            (world.supervisor.full_name, f"Diusulkan oleh {world.owner.full_name}")
        ]
    with pytest.raises(NotPlannedAhead):
        complete_termination(termination=planned, by=world.owner, at=on_the_day)


def test_an_end_planned_for_a_day_is_called_off_and_the_service_goes_on(world: World) -> None:
    case = make_case(world)
    planned = propose(world, case, ends_on=today() + timedelta(days=3))
    approve(approval_of(world, planned), world.supervisor)
    with as_user(world.owner):
        planned.refresh_from_db()
    with pytest.raises(TerminationPending):
        propose(world, case)
    cancel_termination(termination=planned, by=world.owner, at=now())
    with pytest.raises(NotPlannedAhead):
        complete_termination(termination=planned, by=world.owner, at=now() + timedelta(days=3))
    assert propose(world, case).pk != planned.pk


@pytest.mark.parametrize("who", ["colleague", "carer", "outsider", "officer"])
def test_only_those_who_end_cases_end_a_planned_one(world: World, who: str) -> None:
    planned = propose(world, make_case(world), ends_on=today() + timedelta(days=3))
    approve(approval_of(world, planned), world.supervisor)
    for act in (complete_termination, cancel_termination):
        with pytest.raises(NotAllowed):
            act(termination=planned, by=getattr(world, who), at=now() + timedelta(days=3))


@pytest.mark.parametrize("who", ["colleague", "carer", "outsider", "officer"])
def test_only_those_who_end_cases_end_this_one(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        propose(world, make_case(world), by=getattr(world, who))


def test_unknown_reasons_and_wrong_days_are_refused_and_nothing_is_written(world: World) -> None:
    case = make_case(world)
    for facts in ({"reason": "x"}, {"outcome": "x"}, {"ends_on": today() - timedelta(days=400)}):
        with pytest.raises(Refused):
            propose(world, case, **facts)
    with as_user(world.owner):
        assert (Termination.objects.count(), Approval.objects.count()) == (0, 0)
