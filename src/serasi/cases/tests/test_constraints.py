"""What the database itself refuses: each rule of these models broken once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from serasi.access.operations import acting
from serasi.cases.models import (
    Agreement,
    ApproachPeriod,
    Case,
    CaseSeries,
    Conference,
    DomainAssessment,
    Participant,
    Practice,
    Report,
    Stage,
    StageSet,
    Task,
    TeamMember,
    Triage,
)
from serasi.cases.tests.factories import World, make_case, make_report, now

Break = Callable[[World, Case], Any]


def _part(world: World, case: Case) -> dict[str, Any]:
    return {"case": case, "written_by": world.owner, "written_at": now()}


def _agreement(world: World, case: Case, **facts: Any) -> Agreement:
    day = now().date()
    whole = {
        "text_version": "v1",
        "explained_by": world.owner,
        "signed_for": "self",
        "signing": "signature",
        "signed_at": now(),
        "starts_on": day,
        "ends_on": day + timedelta(days=1),
    }
    return Agreement.objects.create(**_part(world, case), **(whole | facts))


def _draft(world: World, case: Case, **facts: Any) -> DomainAssessment:
    return DomainAssessment.objects.create(**_part(world, case), **({"domain": "social"} | facts))


def _conference(world: World, case: Case) -> Conference:
    return Conference.objects.create(**_part(world, case), held_at=now(), question="Apa?")


def _triage(world: World, case: Case, **facts: Any) -> Triage:
    report = make_report(world)
    whole = {"decided_by": world.owner, "decided_at": now(), "urgency": "ordinary", "outcome": "open_case"}
    with acting(world.owner, "test"):
        return Triage.objects.create(report=report, **(whole | facts))


def _two(make: Callable[[], Any]) -> None:
    make()
    make()


def _seat_twice(world: World, held: Conference) -> None:
    _two(lambda: Participant.objects.create(conference=held, user=world.owner))


def _break(world: World, case: Case, name: str) -> None:
    with transaction.atomic(), acting(world.owner, "test.break"):
        BROKEN[name](world, case)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


BROKEN: dict[str, Break] = {
    "cases_agreement_ends_after_start": lambda w, c: _agreement(w, c, ends_on=now().date() - timedelta(days=3)),
    "cases_agreement_names_the_guardian": lambda w, c: _agreement(w, c, signed_for="guardian"),
    "cases_agreement_names_the_witness": lambda w, c: _agreement(w, c, signing="thumbprint"),
    "cases_one_open_draft_per_domain_and_author": lambda w, c: _two(lambda: _draft(w, c)),
    "cases_final_assessment_has_findings": lambda w, c: _draft(w, c, finalised_at=now()),
    "cases_one_case_series_per_unit_and_year": lambda w, c: CaseSeries.objects.create(
        unit=w.panti, year=c.opened_at.year
    ),
    "cases_one_open_case_per_person_and_unit": lambda w, c: Case.objects.create(
        number="X/1",
        person=c.person,
        unit=c.unit,
        stage=c.stage,
        cluster="anak",
        confidentiality="ordinary",
        opened_at=now(),
        opened_by=w.owner,
    ),
    "cases_case_closes_after_opening": lambda w, c: Case.objects.filter(pk=c.pk).update(
        closed_at=c.opened_at - timedelta(days=1)
    ),
    "cases_team_member_once_at_a_time": lambda w, c: TeamMember.objects.create(
        case=c, user=w.owner, part="member", period=DateTimeTZRange(now(), None)
    ),
    "cases_one_manager_at_a_time": lambda w, c: TeamMember.objects.create(
        case=c, user=w.colleague, part="manager", period=DateTimeTZRange(now(), None)
    ),
    "cases_team_member_has_a_start": lambda w, c: TeamMember.objects.create(
        case=c, user=w.colleague, part="member", period=DateTimeTZRange(None, now())
    ),
    "cases_approach_once_at_a_time": lambda w, c: ApproachPeriod.objects.create(
        **_part(w, c), approach="family", period=DateTimeTZRange(now(), None)
    ),
    "cases_participant_is_user_or_name": lambda w, c: Participant.objects.create(conference=_conference(w, c)),
    "cases_participant_once_per_conference": lambda w, c: _seat_twice(w, _conference(w, c)),
    "cases_task_says_what": lambda w, c: Task.objects.create(
        **_part(w, c), title="", owner=w.owner, due_date=now().date()
    ),
    "cases_stage_order_is_unique": lambda w, c: Stage.objects.filter(stage_set="dki").update(order=1),
    "cases_practice_answers_referrals_in_days": lambda w, c: Practice.objects.create(
        unit=w.panti, stage_set=StageSet.objects.get(pk="dki"), referral_answer_days=0
    ),
    "cases_report_says_about_whom": lambda w, c: Report.objects.filter(cases=c).update(subject_description=""),
    "cases_triage_refers_to_a_unit": lambda w, c: _triage(w, c, outcome="refer", reason="Lain wilayah"),
    "cases_triage_without_case_has_reason": lambda w, c: _triage(w, c, outcome="unfounded"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(world: World, name: str) -> None:
    case = make_case(world)
    with pytest.raises(IntegrityError) as refused:
        _break(world, case, name)
    assert refused.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]


def test_every_rule_of_these_models_is_broken_once() -> None:
    own = {
        "agreement", "domainassessment", "spmanswer", "case", "caseseries", "teammember", "stagechange",
        "approachperiod", "riskrating", "conference", "participant", "task", "stage", "stageset", "component",
        "practice", "report", "triage",
    }  # fmt: skip
    from django.apps import apps  # noqa: PLC0415  (the registry is ready only now)

    rules = {
        constraint.name
        for model in apps.get_app_config("cases").get_models()
        if model._meta.model_name in own
        for constraint in model._meta.constraints
    }
    assert rules == set(BROKEN)
