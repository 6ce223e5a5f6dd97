"""Every page of the work on a case answers within its queries, and says what is wrong without losing what was typed."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serasi.access.models import Look, User
from serasi.access.tests.pages import MOST_STATEMENTS, browser, statements
from serasi.cases.enums import Aim, ReferralAnswer
from serasi.cases.models import (
    AftercareVisit,
    Approval,
    Case,
    Delivery,
    Document,
    Goal,
    GroupSession,
    Monitoring,
    Note,
    Plan,
    Referral,
    ServiceLine,
    Termination,
)
from serasi.cases.operations.aftercare import plan_visit
from serasi.cases.operations.plan import change_goal, submit_plan
from serasi.cases.operations.referral import accept_referral
from serasi.cases.queries import delivery as delivery_queries
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.cases.tests.work_factories import (
    PDF,
    make_approved_plan,
    make_delivery,
    make_document,
    make_monitoring,
    make_note,
    make_plan,
    make_referral,
    make_sent_referral,
    today,
)
from serasi.common.identifiers import uuid7

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


def at_work(user: User) -> Client:
    client = browser(user)
    client.get(reverse("cases:list"))  # the first page of a session notes that someone is there
    return client


def a_day() -> str:
    return today().strftime("%d/%m/%Y")


def a_moment() -> dict[str, str]:
    at = timezone.localtime(now() - timedelta(minutes=2))
    return {"_day": at.strftime("%d/%m/%Y"), "_time": at.strftime("%H.%M")}


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
    client = at_work(world.owner)
    pages: list[tuple[str, list[Any], str]] = [
        *((name, [case.pk], "") for name in PAGES_OF_A_FILE),
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
        f"{name}{query}": statements(client, reverse(f"cases:{name}", args=args) + query) for name, args, query in pages
    }
    assert {name: count for name, count in counts.items() if count > MOST_STATEMENTS} == {}


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("services", make_delivery),
        ("notes", make_note),
        ("documents", make_document),
        ("monitoring", make_monitoring),
    ],
)
def test_one_and_three_rows_cost_the_same(world: World, name: str, make: Callable[[Case, User], Any]) -> None:
    case = make_case(world)
    make_approved_plan(world, case)
    client = at_work(world.owner)
    url = reverse(f"cases:{name}", args=[case.pk])
    make(case, world.owner)
    statements(client, url)
    one = statements(client, url)
    for _row in range(2):
        make(case, world.owner)
    assert statements(client, url) == one


def test_the_lists_of_leaders_and_receivers_cost_the_same_with_three_rows(world: World) -> None:
    supervisor, receiver, head = at_work(world.supervisor), at_work(world.outsider), at_work(world.head)
    urls = [
        (supervisor, reverse("cases:approvals")),
        (receiver, reverse("cases:referrals")),
        (head, reverse("cases:referrals") + "?lihat=keluar"),
        (supervisor, reverse("cases:services_counted")),
    ]

    def add() -> None:
        case = make_case(world)
        plan = make_plan(case, world.owner)
        submit_plan(plan=plan, revision=1, by=world.owner, at=now())
        make_sent_referral(world, case)
        make_delivery(case, world.owner)

    add()
    for client, url in urls:
        statements(client, url)
    one = [statements(client, url) for client, url in urls]
    add()
    add()
    assert [statements(client, url) for client, url in urls] == one
    assert max(one) <= MOST_STATEMENTS


def test_a_supervisor_decides_on_each_kind_of_request(world: World) -> None:
    case = make_case(world)
    submit_plan(plan=make_plan(case, world.owner), revision=1, by=world.owner, at=now())
    client = at_work(world.supervisor)
    with as_user(world.supervisor):
        approval = Approval.objects.get(case=case)
    url = reverse("cases:approval", args=[approval.pk])
    assert statements(client, url) <= MOST_STATEMENTS
    returned_without_words = client.post(url, {"decision": "returned", "note": ""})
    assert returned_without_words.status_code == 422
    assert "Tuliskan apa yang harus diperbaiki" in returned_without_words.content.decode()
    assert client.post(url, {"decision": "approved", "note": ""}).status_code == 302
    with as_user(world.owner):
        assert Plan.objects.get(case=case).is_approved


def test_a_receiver_reads_answers_and_returns_the_result_on_pages(world: World) -> None:
    sent = make_sent_referral(world, make_case(world))
    client = at_work(world.outsider)
    page = reverse("cases:referral", args=[sent.pk])
    assert statements(client, page) <= MOST_STATEMENTS
    with as_user(world.other_head):
        looks = Look.objects.filter(user_id=world.outsider.pk, subject_id=sent.person_id).count()
    assert looks == 1
    accept = reverse("cases:accept_referral", args=[sent.pk])
    form = {"id": str(uuid7()), "reason": "Silakan diantar Senin."}
    assert [client.post(accept, form).status_code for _time in range(3)] == [302, 302, 302]
    with as_user(world.outsider):
        stored = Referral.objects.get(pk=sent.pk)
        assert stored.answer == ReferralAnswer.ACCEPTED
        assert Case.objects.filter(came_from=stored).count() == 1
    assert client.post(reverse("cases:return_result", args=[sent.pk]), {"result": ""}).status_code == 422
    assert client.post(reverse("cases:return_result", args=[sent.pk]), {"result": "Selesai."}).status_code == 302
    assert statements(client, page) <= MOST_STATEMENTS
    assert (
        "Selesai."
        in at_work(world.owner).get(reverse("cases:case_referral", args=[sent.case_id, sent.pk])).content.decode()
    )


@pytest.mark.parametrize("who", ["colleague", "outsider", "administrator", "officer"])
def test_strangers_find_no_page_of_the_file(world: World, who: str) -> None:
    case = make_case(world)
    document = make_document(case, world.owner)
    client = at_work(getattr(world, who))
    for name in PAGES_OF_A_FILE:
        assert client.get(reverse(f"cases:{name}", args=[case.pk])).status_code == 404, name
    assert client.get(reverse("cases:document_download", args=[case.pk, document.pk])).status_code == 404


def test_a_document_is_sent_as_a_download_that_nothing_runs(world: World) -> None:
    case = make_case(world)
    client = at_work(world.owner)
    url = reverse("cases:documents", args=[case.pk])
    form = {"id": str(uuid7()), "title": "Surat <RT> “03”"}
    wrong = client.post(url, {**form, "file": SimpleUploadedFile("a.pdf", b"MZ not a pdf")})
    assert wrong.status_code == 422
    assert client.post(url, {**form, "file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 302
    with as_user(world.owner):
        document = Document.objects.get(case=case)
    response = client.get(reverse("cases:document_download", args=[case.pk, document.pk]))
    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert re.fullmatch(r'attachment; filename="dokumen-[-0-9a-f]+\.pdf"', response["Content-Disposition"])


BAD = ("", "\x00", "x" * 20_000, "31/02/2026", "-1", "9" * 40, "😀" * 300, "<script>", "../../etc", "=cmd()")


@pytest.mark.sweep
@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_bad_input_is_answered_and_changes_nothing(world: World, bad: str) -> None:
    case = make_case(world)
    make_approved_plan(world, case)
    draft = make_plan(case, world.owner)
    make_referral(world, case)
    with as_user(world.owner):
        goal, line = draft.goals.get(), draft.lines.get()
        before = _counts(case)
    client = at_work(world.owner)
    fields = [
        "id",
        "revision",
        "starts_on",
        "ends_on",
        "summary",
        "aim",
        "statement",
        "indicator",
        "target_date",
        "component",
        "activity",
        "approach",
        "provider",
        "frequency",
        "planned_count",
        "delivered_at_0",
        "delivered_at_1",
        "minutes",
        "quantity",
        "provider_name",
        "kind",
        "happened_at_day",
        "happened_at_time",
        "text",
        "tags",
        "held_on",
        "needs_score",
        "voice",
        "next_on",
        "taken_on",
        "method",
        "region",
        "result",
        "account",
        "handed_at_day",
        "receiver_name",
        "condition",
        "reason",
        "outcome",
        "aftercare_owner",
        "due_date",
        "owner",
        "urgency",
        "reason_code",
        "disclosed",
        "title",
        "cases",
    ]
    junk = dict.fromkeys(fields, bad)
    for name, args in (
        *((name, [case.pk]) for name in PAGES_OF_A_FILE if name not in {"case_referrals", "plans", "services"}),
        ("change_plan", [case.pk, draft.pk]),
        ("add_goal", [case.pk, draft.pk]),
        ("change_goal", [case.pk, goal.pk]),
        ("add_line", [case.pk, goal.pk]),
        ("change_line", [case.pk, line.pk]),
        ("submit_plan", [case.pk, draft.pk]),
        ("remove_goal", [case.pk, goal.pk]),
        ("hold_session", []),
    ):
        response = client.post(reverse(f"cases:{name}", args=args), junk)
        assert 400 <= response.status_code < 500, f"{name}: {response.status_code}"
    for query in ("?ke=", "?baris=", "?hal=", "?lihat=", "?jenis=", "?since="):
        for name, args in (("write_referral", [case.pk]), ("record_delivery", [case.pk]), ("notes", [case.pk])):
            response = client.get(reverse(f"cases:{name}", args=args), {query.strip("?="): bad})
            assert response.status_code in {200, 404}
    with as_user(world.owner):
        assert _counts(case) == before


def _counts(case: Case) -> list[int]:
    models = (Plan, Delivery, Note, Monitoring, Document, AftercareVisit, Termination, Approval, Referral)
    return [
        *(model._default_manager.filter(case=case).count() for model in models),
        Goal.objects.count(),
        ServiceLine.objects.count(),
        GroupSession.objects.count(),
    ]


def test_the_same_note_sent_fifty_times_is_one_note(world: World) -> None:
    case = make_case(world)
    client = at_work(world.owner)
    form = {"id": str(uuid7()), "kind": "progress", "text": "Makan bersama.", **moment("happened_at")}
    url = reverse("cases:notes", args=[case.pk])
    answers = [client.post(url, form) for _time in range(50)]
    assert {answer.status_code for answer in answers} == {302}
    with as_user(world.owner):
        assert Note.objects.filter(case=case).count() == 1


def test_the_second_editor_sees_both_versions_and_keeps_what_was_typed(world: World) -> None:
    case = make_case(world)
    plan = make_plan(case, world.owner)
    with as_user(world.owner):
        goal = plan.goals.get()
    facts: dict[str, Any] = {"aim": Aim.ROLES, "indicator": "Hadir", "baseline": "", "target_date": plan.ends_on}
    change_goal(goal=goal, revision=1, statement="Versi rekan", **facts, by=world.owner, at=now())
    client = at_work(world.owner)
    url = reverse("cases:change_goal", args=[case.pk, goal.pk])
    typed = {
        "aim": "roles",
        "statement": "Versi saya",
        "indicator": "Hadir",
        "target_date": plan.ends_on.strftime("%d/%m/%Y"),
        "revision": "1",
    }
    response = client.post(url, typed)
    page = response.content.decode()
    assert (response.status_code, "Versi rekan" in page, "Versi saya" in page) == (409, True, True)
    assert client.post(url, {**typed, "revision": "2"}).status_code == 302


def test_a_group_is_recorded_and_taken_back_on_pages(world: World) -> None:
    cases = [make_case(world) for _number in range(3)]
    client = at_work(world.owner)
    assert client.post(reverse("cases:hold_session"), session_typed(cases)).status_code == 302
    with as_user(world.owner):
        session = GroupSession.objects.get()
    page = reverse("cases:session", args=[session.pk])
    assert statements(client, page) <= MOST_STATEMENTS
    assert client.post(page, {"reason": "Salah hari"}).status_code == 302
    with as_user(world.owner):
        assert Delivery.objects.filter(withdrawn_at=None).count() == 0


def test_recording_a_group_costs_the_same_for_one_and_for_three(world: World) -> None:
    cases = [make_case(world) for _number in range(4)]
    client, url = at_work(world.owner), reverse("cases:hold_session")
    client.get(url)
    cost = []
    for took_part in (cases[:1], cases[1:]):
        with CaptureQueriesContext(connection) as queries:
            assert client.post(url, session_typed(took_part)).status_code == 302
        cost.append(len(queries))
    assert cost[0] == cost[1]


def session_typed(cases: list[Case], **more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid7()),
        "title": "Senam pagi",
        "component": "terapi",
        "approach": "residential",
        "provider_name": "Rini",
        "cases": [str(case.pk) for case in cases],
        **moment("held_at"),
        **more,
    }


def offered(response: Any) -> dict[str, bool]:
    """The boxes of a page: whose they are, and whether they are ticked."""
    boxes = BeautifulSoup(response.content, "html.parser").select("input[name=cases]")
    return {str(box["value"]): box.has_attr("checked") for box in boxes}


@pytest.mark.parametrize("with_script", [False, True])
def test_participants_are_looked_for_by_name_and_those_ticked_stay_ticked(world: World, *, with_script: bool) -> None:
    siti, budi = (make_case(world, person=make_person(world, name)) for name in ("Siti Rahayu", "Budi Santoso"))
    client, url = at_work(world.owner), reverse("cases:hold_session")
    looked_for = session_typed([siti], look_for="budi santoso", title="Kelas menjahit")
    if with_script:
        found = client.post(url, looked_for, headers={"HX-Request": "true"})
        assert "<html" not in found.content.decode()
    else:
        found = client.post(url, looked_for | {"look_for_cari": "1"})
        assert 'value="Kelas menjahit"' in found.content.decode()
    assert (found.status_code, offered(found)) == (200, {str(siti.pk): True, str(budi.pk): False})
    assert "field-error" not in found.content.decode()
    with as_user(world.owner):
        assert GroupSession.objects.count() == 0
    assert client.post(url, session_typed([siti, budi], look_for="budi santoso")).status_code == 302
    with as_user(world.owner):
        assert set(Delivery.objects.values_list("case", flat=True)) == {siti.pk, budi.pk}


def test_of_many_people_the_first_are_offered_and_the_others_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery_queries, "MOST_OFFERED", 2)
    for name in ("Agung Wibowo", "Bayu Aji", "Cici Lestari"):
        make_case(world, person=make_person(world, name))
    zainal = make_case(world, person=make_person(world, "Zainal Abidin"))
    client, url = at_work(world.owner), reverse("cases:hold_session")
    assert statements(client, url) <= MOST_STATEMENTS
    first = client.get(url)
    assert (len(offered(first)), "2 dari 4 orang ditampilkan" in first.content.decode()) == (2, True)
    found = client.post(url, session_typed([], look_for="zainal", look_for_cari="1"))
    assert offered(found) == {str(zainal.pk): False}


def test_nobody_ticks_a_case_they_do_not_serve(world: World) -> None:
    elsewhere = make_case(world, by=world.outsider, unit=world.other)
    sent = at_work(world.owner).post(reverse("cases:hold_session"), session_typed([elsewhere]))
    assert (sent.status_code, offered(sent)) == (422, {})
    nonsense = at_work(world.owner).post(reverse("cases:hold_session"), session_typed([]) | {"cases": ["x", "\x00"]})
    assert nonsense.status_code == 422


def test_the_next_activity_begins_with_the_people_of_the_one_before(world: World) -> None:
    came, stayed_away = make_case(world), make_case(world)
    client = at_work(world.owner)
    client.post(reverse("cases:hold_session"), session_typed([came]))
    with as_user(world.owner):
        session = GroupSession.objects.get()
    page = client.get(reverse("cases:session", args=[session.pk])).content.decode()
    again = f"{reverse('cases:hold_session')}?seperti={session.pk}"
    assert again in page
    assert offered(client.get(again)) == {str(came.pk): True, str(stayed_away.pk): False}
    assert client.get(f"{reverse('cases:hold_session')}?seperti=x").status_code == 200


def test_only_those_who_count_see_the_counts(world: World) -> None:
    make_delivery(make_case(world), world.owner)
    assert at_work(world.head).get(reverse("cases:services_counted")).status_code == 200
    assert at_work(world.outsider).get(reverse("cases:services_counted")).status_code == 403


def test_the_receivers_other_file_is_not_the_senders_page(world: World) -> None:
    accepted = make_sent_referral(world, make_case(world))
    with as_user(world.outsider):
        received = Referral.objects.get(pk=accepted.pk)
    accept_referral(referral=received, case_id=uuid7(), by=world.outsider, at=now())
    client = at_work(world.outsider)
    assert client.get(reverse("cases:case_referral", args=[accepted.case_id, accepted.pk])).status_code == 404
    with as_user(world.outsider):
        received.refresh_from_db()
    assert statements(client, reverse("cases:case_referrals", args=[received.received_case_id])) <= MOST_STATEMENTS
