"""What the database itself refuses of the work on a case, each with a row that breaks it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from serasi.cases.enums import ReferralAnswer
from serasi.cases.models import (
    AftercareVisit,
    Approval,
    Delivery,
    Document,
    GoalProgress,
    GroupSession,
    Monitoring,
    Note,
    Plan,
    Readiness,
    Referral,
    ServiceLine,
    Termination,
)
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.cases.tests.work_factories import component, make_approved_plan, today
from serasi.common.identifiers import uuid7

LATER = timedelta(days=1)
Rows = Callable[..., models.Model]


@pytest.fixture
def rows(world: World) -> Callable[[type[models.Model]], dict[str, Any]]:
    """Whole facts of a row of each model, for a case with an approved plan."""
    case = make_case(world)
    plan = make_approved_plan(world, case)
    with as_user(world.owner):
        goal, line = plan.goals.get(), plan.lines.get()
    written = {"case": case, "written_by": world.owner, "written_at": now()}
    session = {
        "unit": world.panti,
        "component": component(),
        "title": "Senam",
        "held_at": now(),
        "written_by": world.owner,
        "written_at": now(),
    }
    facts: dict[type[models.Model], dict[str, Any]] = {
        Plan: {**written, "version": 2, "starts_on": today(), "ends_on": today() + LATER},
        ServiceLine: {
            "plan": plan,
            "goal": goal,
            "component": component(),
            "activity": "x",
            "approach": "family",
            "provider": world.owner,
            "frequency": "x",
            "planned_count": 1,
            "starts_on": today(),
            "ends_on": today(),
        },
        Delivery: {
            **written,
            "component": component(),
            "activity": "x",
            "approach": "family",
            "delivered_at": now(),
            "provider_name": "x",
        },
        GroupSession: session,
        Note: {**written, "kind": "progress", "happened_at": now(), "text": "x"},
        Monitoring: {**written, "held_on": today(), "summary": "x"},
        Readiness: {**written, "held_on": today(), "person": 3, "family": 3, "place": 3, "is_ready": True},
        Termination: {**written, "reason": "x", "outcome": "x", "account": "x", "ends_on": today()},
        AftercareVisit: {**written, "owner": world.owner, "due_date": today()},
        Document: {**written, "kind": "upload", "title": "x", "media_type": "x", "size": 1, "sha256": "x"},
        Referral: {
            **written,
            "person": case.person,
            "kind": "referral",
            "from_unit": world.panti,
            "to_unit": world.other,
            "reason_code": "x",
            "reason": "x",
            "disclosed": [],
            "confidentiality": "ordinary",
        },
        Approval: {**written, "subject": "plan", "subject_id": uuid7()},
        GoalProgress: {"goal": goal, "result": "partly"},
    }
    facts[Plan]["_line"] = line
    return lambda model: {name: value for name, value in facts[model].items() if not name.startswith("_")}


BROKEN: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("cases_plan_version_is_unique", Plan, {"version": 1}),
    ("cases_plan_ends_after_start", Plan, {"ends_on": today()}),
    ("cases_plan_is_submitted_first", Plan, {"approved_at": now()}),
    ("cases_service_line_ends_after_start", ServiceLine, {"ends_on": today() - LATER}),
    ("cases_service_line_is_given_at_least_once", ServiceLine, {"planned_count": 0}),
    ("cases_service_line_has_a_provider", ServiceLine, {"provider": None}),
    ("cases_delivery_counts_something", Delivery, {"quantity": 0}),
    ("cases_withdrawn_delivery_says_why", Delivery, {"withdrawn_at": now()}),
    ("cases_withdrawn_delivery_says_why", Delivery, {"withdraw_reason": "x"}),
    ("cases_note_says_something", Note, {"text": ""}),
    ("cases_needs_score_is_1_to_5", Monitoring, {"needs_score": 0}),
    ("cases_roles_score_is_1_to_5", Monitoring, {"roles_score": 6}),
    ("cases_problems_score_is_1_to_5", Monitoring, {"problems_score": 6}),
    ("cases_next_monitoring_comes_later", Monitoring, {"next_on": today()}),
    ("cases_readiness_is_1_to_5", Readiness, {"person": 6}),
    ("cases_termination_is_approved_before_it_takes_effect", Termination, {"took_effect_at": now()}),
    (
        "cases_termination_is_approved_before_it_takes_effect",
        Termination,
        {"approved_at": now(), "took_effect_at": now(), "withdrawn_at": now()},
    ),
    ("cases_held_visit_has_an_account", AftercareVisit, {"held_on": today()}),
    ("cases_cancelled_visit_has_a_reason", AftercareVisit, {"cancelled_at": now()}),
    ("cases_aftercare_scores_are_1_to_5", AftercareVisit, {"needs_score": 6}),
    ("cases_withdrawn_document_says_why", Document, {"withdrawn_at": now()}),
    ("cases_referral_answer_is_whole", Referral, {"answered_at": now()}),
    ("cases_referral_has_an_answer_day", Referral, {"sent_at": now(), "submitted_at": now(), "package": {"a": 1}}),
    ("cases_referral_is_frozen_before_it_is_sent", Referral, {"submitted_at": now()}),
    (
        "cases_referral_is_frozen_before_it_is_sent",
        Referral,
        {"sent_at": now(), "answer_due_at": now() + LATER},
    ),
    (
        "cases_sealed_referral_was_decided",
        Referral,
        {"confidentiality": "sealed", "submitted_at": now(), "package": {"a": 1}},
    ),
    ("cases_result_follows_acceptance", Referral, {"result_at": now()}),
    ("cases_return_says_why", Approval, {"decision": "returned", "decided_at": now(), "_decider": True}),
    ("cases_approval_decision_is_whole", Approval, {"decision": "approved"}),
    (
        "cases_withdrawn_approval_is_undecided",
        Approval,
        {"decision": "approved", "decided_at": now(), "_decider": True, "withdrawn_at": now()},
    ),
]


@pytest.mark.parametrize(("name", "model", "breaks"), BROKEN, ids=[f"{n}-{i}" for i, (n, _m, _b) in enumerate(BROKEN)])
def test_the_database_refuses(
    world: World,
    rows: Callable[[type[models.Model]], dict[str, Any]],
    name: str,
    model: type[models.Model],
    breaks: dict[str, Any],
) -> None:
    facts = rows(model) | breaks
    if facts.pop("_decider", False):
        facts["decided_by"] = world.supervisor
    with as_user(world.owner), pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._default_manager.create(id=uuid7(), **facts)


PAIRS: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("cases_one_draft_plan_per_case", Plan, {}),
    ("cases_one_termination_under_way", Termination, {}),
    ("cases_one_open_referral_per_unit", Referral, {}),
]


@pytest.mark.parametrize(("name", "model", "facts"), PAIRS, ids=[name for name, _m, _f in PAIRS])
def test_the_database_refuses_a_second(
    world: World,
    rows: Callable[[type[models.Model]], dict[str, Any]],
    name: str,
    model: type[models.Model],
    facts: dict[str, Any],
) -> None:
    with as_user(world.owner):
        model._default_manager.create(id=uuid7(), **(rows(model) | facts))
        second = rows(model) | facts | ({"version": 3} if model is Plan else {})
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            model._default_manager.create(id=uuid7(), **second)


def test_one_approval_waits_per_subject(world: World, rows: Callable[[type[models.Model]], dict[str, Any]]) -> None:
    facts = rows(Approval)
    with as_user(world.owner):
        Approval.objects.create(id=uuid7(), **facts)
        with pytest.raises(IntegrityError, match="cases_one_approval_pending_per_subject"), transaction.atomic():
            Approval.objects.create(id=uuid7(), **facts)


def test_nobody_approves_their_own_in_the_database_either(
    world: World, rows: Callable[[type[models.Model]], dict[str, Any]]
) -> None:
    decided = {"decided_by": world.owner, "decided_at": now(), "decision": "approved"}
    with (
        as_user(world.owner),
        pytest.raises(IntegrityError, match="cases_nobody_approves_their_own"),
        transaction.atomic(),
    ):
        Approval.objects.create(id=uuid7(), **rows(Approval), **decided)


def test_a_referral_goes_elsewhere_and_an_answered_one_stays(
    world: World, rows: Callable[[type[models.Model]], dict[str, Any]]
) -> None:
    facts = rows(Referral)
    sent = {"submitted_at": now(), "package": {"a": 1}, "sent_at": now(), "answer_due_at": now() + LATER}
    answered = {"answered_by": world.outsider, "answered_at": now()}
    for name, breaks in (
        ("cases_referral_goes_elsewhere", {"to_unit": world.panti}),
        ("cases_refusal_has_a_reason", {**sent, **answered, "answer": ReferralAnswer.REFUSED}),
        ("cases_answered_referral_stays", {**sent, **answered, "answer": "accepted", "withdrawn_at": now()}),
        ("cases_receiver_has_accepted", {"received_case": facts["case"]}),
    ):
        with as_user(world.owner), pytest.raises(IntegrityError, match=name), transaction.atomic():
            Referral.objects.create(id=uuid7(), **(facts | breaks))


def test_a_person_is_in_a_session_once_and_a_goal_judged_once(
    world: World, rows: Callable[[type[models.Model]], dict[str, Any]]
) -> None:
    with as_user(world.owner):
        session = GroupSession.objects.create(id=uuid7(), **rows(GroupSession))
        monitoring = Monitoring.objects.create(id=uuid7(), **rows(Monitoring))
        for name, model, more in (
            ("cases_delivery_once_per_session", Delivery, {"session": session}),
            ("cases_goal_judged_once_per_monitoring", GoalProgress, {"monitoring": monitoring}),
        ):
            model._default_manager.create(id=uuid7(), **rows(model), **more)
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                model._default_manager.create(id=uuid7(), **rows(model), **more)
