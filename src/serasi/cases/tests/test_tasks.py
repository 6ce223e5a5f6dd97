"""What must I do today."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from serasi.cases.operations import break_glass, give_task, start_assessment
from serasi.cases.operations.agreement import sign_agreement
from serasi.cases.queries.history import helped_before
from serasi.cases.queries.tasks import counts_for, due_for
from serasi.cases.queries.timeline import events_of
from serasi.cases.tests.factories import World, as_user, decide_to_open, make_case, make_report, now
from serasi.common.identifiers import uuid7
from serasi.people.models import Consent
from serasi.people.operations import withdraw_consent


def kinds(world: World, name: str) -> list[str]:
    user = getattr(world, name)
    with as_user(user):
        return [due.kind for due in due_for(user, timezone.localdate())]


def test_each_sees_what_is_theirs_to_do(world: World) -> None:
    case = make_case(world, team=(world.carer,))
    day = timezone.localdate()
    give_task(
        id=uuid7(),
        case=case,
        title="Urus KTP",
        owner=world.carer,
        due_date=day + timedelta(2),
        by=world.owner,
        at=now(),
    )
    give_task(
        id=uuid7(), case=case, title="Nanti", owner=world.carer, due_date=day + timedelta(40), by=world.owner, at=now()
    )
    start_assessment(id=uuid7(), case=case, domain="social", findings="", by=world.owner, at=now())
    make_report(world, is_complete=False)
    break_glass(
        id=uuid7(), case_id=make_case(world).pk, reason="Kejang, perlu obat rutinnya", by=world.colleague, at=now()
    )
    assert kinds(world, "carer") == ["task"]
    assert sorted(kinds(world, "owner")) == ["draft", "report", "unfinished"]
    assert sorted(kinds(world, "head")) == ["emergency", "report"]
    assert kinds(world, "outsider") == []
    assert kinds(world, "administrator") == []


def test_a_withdrawn_consent_starts_a_clock_for_the_team(world: World) -> None:
    case, day = make_case(world), now().date()
    sign_agreement(
        id=uuid7(),
        case=case,
        explained_by=world.owner,
        signed_for="self",
        signing="signature",
        signed_at=now(),
        starts_on=day,
        ends_on=day + timedelta(days=90),
        consents=["photo"],
        by=world.owner,
        at=now(),
    )
    with as_user(world.owner):
        consent = Consent.objects.get(person=case.person)
    withdraw_consent(consent=consent, reason="Tidak mau difoto", by=world.owner, at=now())
    assert kinds(world, "owner") == ["consent"]


@pytest.mark.parametrize("name", ["owner", "head", "carer", "administrator"])
def test_it_costs_two_statements_whoever_asks(world: World, name: str, django_assert_max_num_queries: Any) -> None:
    make_case(world, team=(world.carer,))
    make_report(world)
    user = getattr(world, name)
    with as_user(user):
        user.scope  # noqa: B018  (read once per request)
        with django_assert_max_num_queries(2):
            due_for(user, timezone.localdate())


def test_a_report_that_became_a_case_waits_for_nobody(world: World) -> None:
    report = make_report(world)
    decide_to_open(world, report)
    with as_user(world.colleague):
        assert counts_for(world.colleague).waiting_for_a_case == 1
    make_case(world, report=report)
    with as_user(world.colleague):
        assert counts_for(world.colleague).waiting_for_a_case == 0


def test_the_time_line_is_one_statement_latest_first(world: World, django_assert_num_queries: Any) -> None:
    case = make_case(world)
    with as_user(world.owner), django_assert_num_queries(1):
        events = events_of(case)
    assert {event.source.kind for event in events} == {"report", "stage", "risk", "approach", "team"}
    assert [event.at for event in events] == sorted((event.at for event in events), reverse=True)


def test_help_elsewhere_is_hinted_without_opening_it(world: World) -> None:
    from serasi.people.operations import recognise  # noqa: PLC0415  (only this test needs it)

    case = make_case(world)
    recognise(
        id=uuid7(), person_id=case.person_id, unit=world.other, reason="Datang ke Kedoya", by=world.outsider, at=now()
    )
    with as_user(world.outsider):
        [help_] = helped_before(case.person, world.outsider)
    assert (help_.unit_name, help_.case) == (world.panti.short_name, None)
    with as_user(world.owner):
        [own] = helped_before(case.person, world.owner)
    assert own.case == case
