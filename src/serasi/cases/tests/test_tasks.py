"""What must I do today."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db.models import QuerySet
from django.db.models.functions import Now, TruncDate
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from serasi.access.models import User
from serasi.access.operations.emergency import review_emergency
from serasi.cases import registry
from serasi.cases.models import Case, TeamMember
from serasi.cases.operations import break_glass, give_task, start_assessment
from serasi.cases.operations.agreement import sign_agreement
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.team import end_member
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.presenters import timeline_events
from serasi.cases.queries import tasks, timeline
from serasi.cases.queries.history import helped_before
from serasi.cases.queries.reports import report_list
from serasi.cases.queries.tasks import Part, counts_for, due_for, due_rows
from serasi.cases.queries.timeline import Timeline
from serasi.cases.registry import DueSource
from serasi.cases.tests.factories import (
    World,
    as_user,
    decide_to_open,
    make_case,
    make_person,
    make_report,
    now,
    screened,
)
from serasi.cases.tests.work_factories import make_note
from serasi.common.identifiers import uuid7
from serasi.people.models import Consent
from serasi.people.operations import give_consent, set_confidentiality, withdraw_consent


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


def test_an_upper_app_adds_things_to_do_of_its_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def since_it_was_opened(user: User, until: date) -> QuerySet[Any, Any]:
        mine = Case.objects.of_team_member(user).open()
        return due_rows(mine, "stay", day=TruncDate("opened_at"), text="risk", case="pk")

    monkeypatch.setattr(registry, "_due_sources", registry.due_sources())
    stays = DueSource("stay", "Masa tinggal", "cases:case", ("case",), OPEN_CASE_FILE, since_it_was_opened)
    registry.register_due(stays)
    case = make_case(world)
    with as_user(world.owner):
        [due] = due_for(world.owner, timezone.localdate())
    assert (due.source, due.case, due.url_args) == (stays, case, (case.pk,))
    assert kinds(world, "administrator") == []
    with pytest.raises(ValueError, match="stay is registered twice"):
        registry.register_due(stays)


def test_much_of_one_kind_hides_nothing_of_another(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def mine(kind: str, days: int) -> Callable[[User, date], QuerySet[Any, Any]]:
        since = Now() - timedelta(days=days)
        return lambda user, until: due_rows(Case.objects.of_team_member(user), kind, day=TruncDate(since), case="pk")

    monkeypatch.setattr(registry, "_due_sources", {})
    monkeypatch.setattr(tasks, "EACH", 2)
    for kind, days, is_urgent in (("old", 300, False), ("new", 0, False), ("missing", 1, True)):
        asked = mine(kind, days)
        registry.register_due(DueSource(kind, kind, "cases:case", ("case",), None, asked, is_urgent=is_urgent))
    for _ in range(3):
        make_case(world)
    today = timezone.localdate()
    with as_user(world.owner):
        told = [(due.part, due.kind, due.of_kind) for due in due_for(world.owner, today)]
        asked_for = [(due.part, due.kind, due.of_kind) for due in due_for(world.owner, today, kind="new")]
    late, now_due = Part.OVERDUE, Part.TODAY
    assert told == [(late, "missing", 3)] * 3 + [(late, "old", 3)] * 2 + [(now_due, "new", 3)] * 2
    assert asked_for == [(now_due, "new", 3)] * 3


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
        events = Timeline(case)[:]
    assert {event.source.kind for event in events} == {"report", "stage", "risk", "approach", "team"}
    assert [event.at for event in events] == sorted((event.at for event in events), reverse=True)


def test_a_history_is_read_page_by_page_and_by_kind(world: World) -> None:
    case = make_case(world)
    for number in range(50):
        make_note(case, world.owner, text=f"Catatan ke-{number}")
    owner = Client()
    owner.force_login(world.owner)

    def told(address: str) -> list[str]:
        page = BeautifulSoup(owner.get(address).content, "html.parser")
        return [entry.get_text() for entry in page.select(".timeline-title")]

    history = reverse("cases:history", args=[case.pk])
    assert len(told(reverse("cases:case", args=[case.pk]))) == 20
    assert [len(told(history)), len(told(f"{history}?hal=2"))] == [50, 5]
    assert told(f"{history}?kind=risk") == ["Risiko dinilai: Rendah"]
    assert len(told(f"{history}?kind=lain")) == 50


def test_a_statement_that_is_kept_holds_no_moment_and_what_changes_is_seen_at_once(world: World) -> None:
    case = make_case(world, team=(world.carer,))

    def my_cases() -> int:
        world.carer.refresh_scope()
        with as_user(world.carer):
            return counts_for(world.carer).my_open_cases

    assert my_cases() == 1
    with as_user(world.owner):
        seat = TeamMember.objects.select_related("user", "case").get(case=case, user=world.carer)
        kept = (
            tasks.due_statement(world.owner, world.owner.scope.posts, timezone.localdate()),
            tasks.counts_statement(world.owner, world.owner.scope.posts),
            timeline.statement_of(frozenset(registry.timeline_sources()), "id"),
        )
    assert [value for made in kept if made for value in made.values if isinstance(value, datetime)] == []
    end_member(member=seat, by=world.owner, at=now())
    assert my_cases() == 0


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


def test_help_in_ones_own_unit_leads_to_its_page_where_it_may_be_opened_in_an_emergency(world: World) -> None:
    case = make_case(world)
    for user in (world.colleague, world.carer):
        with as_user(user):
            [help_] = helped_before(case.person, user)
        assert (help_.case, help_.is_behind_glass) == (None, True)
    client = Client()
    client.force_login(world.carer)
    panel = client.get(reverse("cases:of_person", args=[case.person_id])).content.decode()
    assert f'href="{reverse("cases:case", args=[case.pk])}"' in panel


def test_a_head_is_told_how_many_emergencies_wait_for_review(world: World) -> None:
    case = make_case(world)
    reason = "Penghuni kejang, obat rutinnya tercatat di sini"
    access = break_glass(id=uuid7(), case_id=case.pk, reason=reason, by=world.colleague, at=now())
    told = {}
    for name in ("head", "other_head", "owner", "colleague"):
        with as_user(getattr(world, name)):
            told[name] = counts_for(getattr(world, name)).emergencies_to_review
    assert told == {"head": 1, "other_head": 0, "owner": 0, "colleague": 0}
    review_emergency(access=access, is_justified=True, note="", by=world.head, at=now())
    with as_user(world.head):
        assert counts_for(world.head).emergencies_to_review == 0


def test_the_time_line_tells_of_consents_and_of_closing_the_file(world: World) -> None:
    case = make_case(world)
    consent = give_consent(
        id=uuid7(),
        person=case.person,
        purpose="photo",
        text_version="1",
        method="signature",
        by=world.owner,
        at=now(),
    )
    withdraw_consent(consent=consent, reason="Tidak mau difoto", by=world.owner, at=now())
    classify(case=case, confidentiality="sealed", tags=[], by=world.owner, at=now())
    with as_user(world.owner):
        drawn = timeline_events(Timeline(case)[:], case)
    told = [(event.title, event.by) for event in drawn if event.title.startswith(("Kerahasiaan", "Persetujuan"))]
    assert sorted(told) == [
        ("Kerahasiaan: Kasus rahasia", "Rini Wulandari"),
        ("Persetujuan diberikan: Pengambilan dan pemakaian foto", "Rini Wulandari"),
        ("Persetujuan ditarik: Pengambilan dan pemakaian foto", ""),
    ]


def test_a_guarded_report_is_named_in_lists_to_who_received_or_decided_on_it(world: World) -> None:
    make_report(world, subject_description="Sri, perempuan ±17", danger=screened() | {"perdagangan_orang": "yes"})
    make_report(world, subject_description="Bejo, laki-laki ±60")

    def named(name: str, text: str = "") -> list[str]:
        reader = getattr(world, name)
        with as_user(reader):
            return sorted(report.shown_subject for report in report_list(reader, {"q": text}, at=now()))

    assert {name: named(name) for name in ("owner", "colleague", "head")} == {
        "owner": ["Bejo, laki-laki ±60", "Sri, perempuan ±17"],
        "colleague": ["", "Bejo, laki-laki ±60"],
        "head": ["", "Bejo, laki-laki ±60"],
    }
    assert (named("owner", "Sri"), named("colleague", "Sri")) == (["Sri, perempuan ±17"], [])
    with as_user(world.colleague):
        assert sorted(due.text for due in due_for(world.colleague, timezone.localdate()) if due.kind == "report") == [
            "",
            "Bejo, laki-laki ±60",
        ]


def test_who_decides_on_a_guarded_report_or_opens_its_file_reads_whom_it_is_about(world: World) -> None:
    report = make_report(world, danger=screened() | {"perdagangan_orang": "yes"})
    assert report.is_guarded
    decide_to_open(world, report, by=world.supervisor)
    make_case(world, report=report, by=world.owner, team=(world.psychologist,), confidentiality="sealed")
    seen = {}
    for name in ("owner", "psychologist", "supervisor", "colleague"):
        reader = getattr(world, name)
        with as_user(reader):
            seen[name] = [one.shown_subject != "" for one in report_list(reader, {}, at=now())]
    assert seen == {"owner": [True], "psychologist": [True], "supervisor": [], "colleague": []}


def test_a_report_about_a_child_in_court_is_guarded_too(world: World) -> None:
    child = make_person(world, "Rudi Hartanto", kinds=["anak_berhadapan_hukum"])
    set_confidentiality(person=child, confidentiality="sppa", by=world.owner, at=now())
    make_report(world, subject_description="Rudi Hartanto, ±15", person=child)
    seen = {}
    for name in ("owner", "colleague"):
        reader = getattr(world, name)
        with as_user(reader):
            seen[name] = [one.shown_subject for one in report_list(reader, {}, at=now())]
    assert seen == {"owner": ["Rudi Hartanto, ±15"], "colleague": [""]}
