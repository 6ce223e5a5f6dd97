"""Every page of the work on a case answers within its queries, and says what is wrong without losing what was typed."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serasi.access.models import User
from serasi.cases.operations.aftercare import plan_visit
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.cases.tests.work_factories import (
    make_approved_plan,
    make_delivery,
    make_document,
    make_monitoring,
    make_note,
    make_plan,
    make_referral,
    today,
)
from serasi.common.identifiers import uuid7

MOST_QUERIES = 15
PAGES_OF_A_FILE = (
    "plans",
    "services",
    "record_delivery",
    "notes",
    "monitoring",
    "monitor",
    "homecoming",
    "trace",
    "readiness",
    "record_handover",
    "closure",
    "aftercare",
    "plan_visit",
    "case_referrals",
    "write_referral",
    "documents",
)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.get(reverse("cases:list"))  # the first page of a session notes that someone is there
    return client


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, f"{url}: {response.status_code}"
    return len(queries)


def a_day() -> str:
    return today().strftime("%d/%m/%Y")


def a_moment() -> dict[str, str]:
    at = timezone.localtime(now() - timedelta(minutes=2))
    return {"_0": at.strftime("%d/%m/%Y"), "_1": at.strftime("%H.%M")}


def moment(name: str) -> dict[str, str]:
    return {f"{name}{ending}": value for ending, value in a_moment().items()}


def test_every_page_of_a_file_at_work_answers_within_its_queries(world: World) -> None:
    case = make_case(world)
    plan = make_approved_plan(world, case)
    with as_user(world.owner):
        line, goal = plan.lines.get(), plan.goals.get()
    draft = make_plan(case, world.owner)
    with as_user(world.owner):
        draft_line, draft_goal = draft.lines.get(), draft.goals.get()
    delivery = make_delivery(case, world.owner)
    note = make_note(case, world.owner)
    make_monitoring(case, world.owner)
    document = make_document(case, world.owner)
    referral = make_referral(world, case)
    visit = plan_visit(id=uuid7(), case=case, due_date=today(), owner=world.owner, by=world.owner, at=now())
    client = browser(world.owner)
    pages: list[tuple[str, list[Any], str]] = [
        *(
            (name, [case.pk], "")
            for name in (
                "plans",
                "services",
                "record_delivery",
                "notes",
                "monitoring",
                "monitor",
                "homecoming",
                "trace",
                "readiness",
                "record_handover",
                "closure",
                "aftercare",
                "plan_visit",
                "case_referrals",
                "write_referral",
                "documents",
            )
        ),
        ("change_plan", [case.pk, draft.pk], ""),
        ("add_goal", [case.pk, draft.pk], ""),
        ("change_goal", [case.pk, draft_goal.pk], ""),
        ("add_line", [case.pk, draft_goal.pk], ""),
        ("change_line", [case.pk, draft_line.pk], ""),
        ("record_delivery", [case.pk], f"?baris={line.pk}"),
        ("withdraw_delivery", [case.pk, delivery.pk], ""),
        ("correct_note", [case.pk, note.pk], ""),
        ("hold_visit", [case.pk, visit.pk], ""),
        ("reschedule_visit", [case.pk, visit.pk], ""),
        ("cancel_visit", [case.pk, visit.pk], ""),
        ("write_referral", [case.pk], f"?ke={world.other.pk}"),
        ("case_referral", [case.pk, referral.pk], ""),
        ("change_referral", [case.pk, referral.pk], ""),
        ("withdraw_document", [case.pk, document.pk], ""),
        ("sessions", [], ""),
        ("hold_session", [], ""),
        ("referrals", [], ""),
        ("referrals", [], "?lihat=keluar"),
        ("referrals", [], "?lihat=senyap"),
        ("case", [case.pk], ""),
    ]
    assert goal.pk
    counts = {
        f"{name}{query}": queries_of(client, reverse(f"cases:{name}", args=args) + query) for name, args, query in pages
    }
    assert {name: count for name, count in counts.items() if count > MOST_QUERIES} == {}
