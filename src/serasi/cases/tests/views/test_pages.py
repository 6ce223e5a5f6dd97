"""Every page of intake and of the file answers, whoever asks, within its queries, and says what is wrong."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from serasi.access.models import EmergencyAccess, User
from serasi.access.operations import acting
from serasi.access.tests.pages import MOST_STATEMENTS, browser, counted
from serasi.cases.enums import Aim, Confidentiality, Risk
from serasi.cases.models import Agreement, Case, Conference, DomainAssessment, Report, Stage, Task
from serasi.cases.operations.agreement import sign_agreement
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.plan import change_goal
from serasi.cases.operations.task import give_task
from serasi.cases.presenters import ways
from serasi.cases.tests.factories import World, as_user, decide_to_open, make_case, make_person, make_report, now
from serasi.cases.tests.work_factories import make_approved_plan, make_plan
from serasi.common.identifiers import uuid7


def test_the_pages_of_a_file_answer_within_their_queries(world: World) -> None:
    case = make_case(world, team=(world.psychologist,))
    client = browser(world.owner)
    names = [
        "case",
        "agreements",
        "sign",
        "assessments",
        "spm",
        "conferences",
        "hold_conference",
        "team",
        "add_member",
        "manager",
        "give_task",
        "approach",
        "risk",
        "confidentiality",
    ]
    too_many = {}
    for name in names:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse(f"cases:{name}", args=[case.pk]))
        assert response.status_code == 200, name
        if counted(queries) > MOST_STATEMENTS:
            too_many[name] = counted(queries)
    assert too_many == {}


@pytest.mark.parametrize("name", ["list", "reports", "receive", "crisis"])
def test_the_lists_and_forms_of_intake_answer(world: World, name: str) -> None:
    make_case(world)
    assert browser(world.owner).get(reverse(f"cases:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["list", "reports"])
def test_a_list_costs_the_same_for_one_and_for_three(world: World, name: str) -> None:
    client = browser(world.owner)
    url = reverse(f"cases:{name}")
    make_case(world)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    make_case(world)
    make_case(world)
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert counted(three) == counted(one) <= MOST_STATEMENTS


def test_nobody_outside_the_team_is_told_that_a_file_exists(world: World) -> None:
    case = make_case(world)
    with as_user(world.owner):
        classify(case=case, confidentiality=Confidentiality.SEALED, tags=[], by=world.owner, at=now())
    nowhere = uuid7()
    for user in (world.outsider, world.head, world.colleague, world.officer, world.administrator):
        sealed = browser(user).get(reverse("cases:case", args=[case.pk]))
        nothing = browser(user).get(reverse("cases:case", args=[nowhere]))
        assert (sealed.status_code, nothing.status_code) == (404, 404)
        assert _told(sealed, case.pk) == _told(nothing, nowhere)


def _told(response: Any, asked: UUID) -> str:
    """The page without what differs between any two requests: the address asked for and the token of its forms."""
    text = response.content.decode().replace(str(asked), "")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def test_a_colleague_is_offered_the_glass_and_the_head_reviews_it(world: World) -> None:
    case = make_case(world)
    client = browser(world.colleague)
    url = reverse("cases:break_glass", args=[case.pk])
    page = client.get(reverse("cases:case", args=[case.pk]))
    assert page.status_code == 404
    assert url in page.content.decode()
    assert client.post(url, {"id": str(uuid7()), "reason": "cepat", "hours": "1"}).status_code == 422
    opened = client.post(
        url, {"id": str(uuid7()), "reason": "Penghuni kejang dan berkasnya memuat obat rutin", "hours": "1"}
    )
    assert opened.status_code == 302
    assert client.get(reverse("cases:case", args=[case.pk])).status_code == 200
    head = browser(world.head)
    waiting = reverse("access:emergencies")
    assert "Penghuni kejang" in head.get(waiting).content.decode()
    access = EmergencyAccess.objects.get(user=world.colleague)
    answered = head.post(reverse("access:emergency_review", args=[access.pk]), {"verdict": "yes", "note": ""})
    assert answered.status_code == 302
    assert list(head.get(waiting).context["waiting"]) == []


def test_a_crisis_is_one_screen_and_is_completed_later(world: World) -> None:
    client = browser(world.owner)
    sent = client.post(
        reverse("cases:crisis"),
        {
            "id": str(uuid7()),
            "unit": str(world.panti.pk),
            "channel": "telepon",
            "subject_description": "perempuan ±20, hamil, Terminal Kampung Rambutan",
            "urgency": "urgent",
            "seen": ["hamil_bahaya"],
            **_moment("received_at"),
        },
    )
    assert sent.status_code == 302
    with as_user(world.owner):
        report = Report.objects.get()
        assert (report.urgency, report.completed_at) == ("emergency", None)
    page = client.get(sent["Location"])
    assert "Bawa ke bidan" in page.content.decode()
    finish = client.get(reverse("cases:complete_report", args=[report.pk]))
    assert finish.status_code == 200


def test_a_walk_in_takes_three_screens_to_a_case(world: World) -> None:
    client = browser(world.owner)
    person = make_person(world, "Sutrisno Hadi")
    form = client.get(reverse("cases:receive")).context["form"]
    answers = {name: "unknown" for name in form.fields if name.startswith("danger_")}
    sent = client.post(
        reverse("cases:receive"),
        {
            "id": str(uuid7()),
            "unit": str(world.panti.pk),
            "channel": "datang_langsung",
            "subject_description": "Sutrisno",
            "narrative": "Tidak punya tempat tinggal.",
            "urgency": "ordinary",
            **answers,
            **_moment("received_at"),
        },
    )
    assert sent.status_code == 302, sent.context["form"].errors
    decided = client.post(
        sent["Location"], {"id": str(uuid7()), "urgency": "ordinary", "outcome": "open_case", "reason": ""}
    )
    assert decided.status_code == 302, decided.context["form"].errors
    found = client.get(decided["Location"], {"q": "Sutrisno Hadi"})
    open_url = found.context["found"][0]["url"]
    page = client.get(open_url)
    assert page.status_code == 200
    initial = page.context["form"].initial
    opened = client.post(open_url, {"id": str(uuid7()), "unit": str(world.panti.pk), "approach": "family", **initial})
    assert opened.status_code == 302, opened.context["form"].errors
    assert client.get(opened["Location"]).status_code == 200
    with as_user(world.owner):
        assert Report.objects.get(cases__person=person).subject_description == "Sutrisno"


def _moment(name: str) -> dict[str, str]:
    at = timezone.localtime(timezone.now() - timedelta(minutes=10))
    return {f"{name}_day": f"{at:%d/%m/%Y}", f"{name}_time": f"{at:%H.%M}"}


def test_a_refused_move_names_what_is_missing_and_where_to_mend_it(world: World) -> None:
    case = make_case(world)
    client = browser(world.owner)
    ahead = client.post(
        reverse("cases:stage", args=[case.pk, "atensi_nasional.kesepakatan"]),
        {"id": str(uuid7()), "revision": str(case.revision), "reason": ""},
    )
    assert ahead.status_code == 302
    refused = client.get(reverse("cases:stage", args=[case.pk, "atensi_nasional.asesmen"]))
    assert [todo.label for todo in refused.context["missing"]] == [
        "Persetujuan diberikan",
        "Kesepakatan ditandatangani",
    ]
    sent = client.post(
        reverse("cases:stage", args=[case.pk, "atensi_nasional.asesmen"]),
        {"id": str(uuid7()), "revision": str(case.revision + 1), "reason": ""},
    )
    assert sent.status_code == 422


def test_the_way_to_the_end_leads_to_its_own_page(world: World) -> None:
    case = make_case(world)
    stages = {stage.phase: stage for stage in Stage.objects.filter(stage_set="atensi_nasional")}
    case.stage = stages["resocialisation"]
    assert [(way.label, way.url) for way in ways(case, list(stages.values())).ahead] == [
        ("Terminasi", reverse("cases:closure", args=[case.pk])),
        ("Pasca layanan", reverse("cases:stage", args=[case.pk, "atensi_nasional.pasca_layanan"])),
    ]


def test_an_agreement_with_its_consent_is_recorded_and_printed(world: World) -> None:
    case = make_case(world)
    client = browser(world.owner)
    day = timezone.localdate()
    sent = client.post(
        reverse("cases:sign", args=[case.pk]),
        {
            "id": str(uuid7()),
            "explained_by": str(world.owner.pk),
            "signed_for": "self",
            "signing": "thumbprint",
            "witness_name": "Ibu Warti",
            "starts_on": f"{day:%d/%m/%Y}",
            "ends_on": f"{day + timedelta(days=90):%d/%m/%Y}",
            "consents": ["care", "health"],
            **_moment("signed_at"),
        },
    )
    assert sent.status_code == 302, sent.context["form"].errors
    page = client.get(sent["Location"])
    assert [consent.purpose for consent, _text in page.context["consents"]] in (["care", "health"], ["health", "care"])
    with as_user(world.owner):
        agreement = Agreement.objects.get(case=case)
    assert client.get(reverse("cases:print_agreement", args=[case.pk, agreement.pk])).status_code == 200


def test_a_form_about_the_case_as_a_whole_stands_right_below_its_number(world: World) -> None:
    case = make_case(world)
    client = browser(world.owner)
    names = {"approach": "Pendekatan", "risk": "Risiko", "confidentiality": "Kerahasiaan"}
    asked = {reverse(f"cases:{name}", args=[case.pk]): words for name, words in names.items()}
    asked |= {reverse("cases:stage", args=[case.pk, "atensi_nasional.kesepakatan"]): "Tahap"}
    for url, words in asked.items():
        page = client.get(url)
        assert [link.label for link in page.context["trail"]] == ["Kasus", case.number, words]
        assert [tab.label for tab in page.context["file_tabs"] if tab.current] == ["Ringkasan"]


def test_two_who_close_a_case_off_at_once_see_both_choices(world: World) -> None:
    case = make_case(world)
    client, url = browser(world.owner), reverse("cases:confidentiality", args=[case.pk])

    def closed_off(how: Confidentiality, revision: int) -> Any:
        return client.post(url, {"revision": str(revision), "confidentiality": how, "tags": []})

    done = closed_off(Confidentiality.RESTRICTED, case.revision)
    assert (done.status_code, done["Location"]) == (302, reverse("cases:case", args=[case.pk]))
    clash = closed_off(Confidentiality.SEALED, case.revision)
    assert clash.status_code == 409
    assert [(d.left, d.right) for d in clash.context["form"].differences if d.differs] == [
        (Confidentiality.SEALED.label, Confidentiality.RESTRICTED.label)
    ]
    assert closed_off(Confidentiality.SEALED, case.revision + 1).status_code == 302


def test_two_who_rate_the_risk_at_once_see_both_ratings(world: World) -> None:
    case = make_case(world)
    client, url = browser(world.owner), reverse("cases:risk", args=[case.pk])

    def rated(risk: Risk, revision: int) -> Any:
        told = {"id": str(uuid7()), "revision": str(revision), "risk": risk, "reason": "Luka lama di lengan"}
        return client.post(url, told)

    assert rated(Risk.HIGH, case.revision).status_code == 302
    clash = rated(Risk.MEDIUM, case.revision)
    assert clash.status_code == 409
    assert [(d.left, d.right) for d in clash.context["form"].differences if d.differs] == [
        (Risk.MEDIUM.label, Risk.HIGH.label)
    ]


def test_two_windows_of_one_draft_show_the_difference(world: World) -> None:
    case = make_case(world)
    client = browser(world.owner)
    start = reverse("cases:start_assessment", args=[case.pk, "social"])
    assert client.post(start, {"id": str(uuid7()), "findings": "Pertama", "draft": "1"}).status_code == 302
    with as_user(world.owner):
        draft = DomainAssessment.objects.get(case=case)
    url = reverse("cases:assessment", args=[case.pk, draft.pk])
    assert client.post(url, {"revision": "1", "findings": "Dari jendela satu", "draft": "1"}).status_code == 302
    clash = client.post(url, {"revision": "1", "findings": "Dari jendela dua", "draft": "1"})
    assert clash.status_code == 409
    assert [(d.left, d.right) for d in clash.context["form"].differences if d.differs] == [
        ("Dari jendela dua", "Dari jendela satu")
    ]
    with as_user(world.owner):
        assert DomainAssessment.objects.get(pk=draft.pk).findings == "Dari jendela satu"
    assert client.post(url, {"revision": "2", "findings": "Sudah dibandingkan", "finish": "1"}).status_code == 302


def test_a_conference_makes_tasks_of_its_decisions(world: World) -> None:
    case = make_case(world, team=(world.psychologist,))
    client = browser(world.owner)
    day = timezone.localdate() + timedelta(days=7)
    sent = client.post(
        reverse("cases:hold_conference", args=[case.pk]),
        {
            "id": str(uuid7()),
            "question": "Ke mana orang ini pulang?",
            "staff": [str(world.owner.pk), str(world.psychologist.pk)],
            "person_is_there": "on",
            "guest_1": "dr. Ratih",
            "guest_1_from": "Puskesmas",
            "minutes": "Keluarga di Brebes dihubungi.",
            "decision_1": "Hubungi keluarga",
            "decision_1_owner": str(world.psychologist.pk),
            "decision_1_due": f"{day:%d/%m/%Y}",
            **_moment("held_at"),
        },
    )
    assert sent.status_code == 302, sent.context["form"].errors
    with as_user(world.owner):
        assert Conference.objects.get(case=case).participants.count() == 4
        task = Task.objects.get(case=case)
        assert (task.owner, task.due_date) == (world.psychologist, day)
    worker = browser(world.psychologist)
    done = worker.post(
        reverse("cases:do_task", args=[case.pk, task.pk]), {"revision": "1", "done_note": "Sudah ditelepon"}
    )
    assert done.status_code == 302
    assert worker.post(reverse("cases:undo_task", args=[case.pk, task.pk])).status_code == 302


@pytest.mark.sweep
@pytest.mark.parametrize(
    "bad",
    ["x" * 9000, "\x00", "31/02/2026", "😀" * 400, "'; DROP TABLE cases_case; --", "99999999999999999999"],
)
def test_bad_input_is_answered_and_changes_nothing(world: World, bad: str) -> None:
    case = make_case(world)
    client = browser(world.owner)
    report = make_report(world)
    urls = [
        reverse("cases:receive"),
        reverse("cases:crisis"),
        reverse("cases:report", args=[report.pk]),
        reverse("cases:complete_report", args=[report.pk]),
        *(
            reverse(f"cases:{name}", args=[case.pk])
            for name in ("sign", "spm", "hold_conference", "add_member", "manager", "give_task", "approach", "risk")
        ),
        reverse("cases:confidentiality", args=[case.pk]),
    ]
    for url in urls:
        page = client.get(url)
        fields = page.context["form"].fields
        typed = dict.fromkeys(fields, bad) | {f"{name}_day": bad for name in fields}
        response = client.post(url, typed)
        assert 400 <= response.status_code < 500, (url, response.status_code)
    for query in ({"q": bad}, {"state": bad}, {"hal": bad}, {"phase": bad}):
        assert client.get(reverse("cases:list"), query).status_code == 200
        assert client.get(reverse("cases:reports"), query).status_code == 200


def test_a_form_sent_fifty_times_makes_one_report(world: World) -> None:
    client = browser(world.owner)
    typed = {
        "id": str(uuid7()),
        "unit": str(world.panti.pk),
        "channel": "diri_sendiri",
        "subject_description": "anak ±10, Stasiun Senen",
        "urgency": "ordinary",
        "narrative": "Sendirian sejak pagi.",
        **_moment("received_at"),
    }
    assert {client.post(reverse("cases:receive"), typed).status_code for _ in range(50)} == {302}
    with as_user(world.owner):
        assert Report.objects.count() == 1


@pytest.fixture(autouse=True)
def _languages() -> Iterator[Any]:
    with translation.override("id"):
        yield


def test_a_child_in_court_has_initials_for_all_but_the_team(world: World) -> None:
    person = make_person(world, "Rudi Hartanto", kinds=["anak_berhadapan_hukum"])
    case = make_case(world, person=person)
    url = reverse("cases:case", args=[case.pk])
    assert "Rudi Hartanto" in browser(world.owner).get(url).content.decode()
    for address in (url, reverse("cases:list"), reverse("cases:print", args=[case.pk])):
        page = browser(world.head).get(address).content.decode()
        assert "R. H." in page
        assert "Rudi" not in page
    assert browser(world.head).get(reverse("cases:list"), {"q": "Rudi Hartanto"}).context["rows"] == []


def test_the_person_page_offers_the_reports_that_wait_for_their_person(world: World) -> None:
    report = make_report(world)
    decide_to_open(world, report)
    person = make_person(world)
    panel = browser(world.owner).get(reverse("cases:of_person", args=[person.pk]))
    assert panel.context["waiting"][0] == report
    assert reverse("cases:open", args=[report.pk]) in panel.content.decode()


def test_a_number_outside_the_team_leads_to_the_glass_and_a_sealed_one_to_nothing(world: World) -> None:
    case, sealed = make_case(world), make_case(world)
    classify(case=sealed, confidentiality=Confidentiality.SEALED, tags=[], by=world.owner, at=now())
    client = browser(world.colleague)
    found = client.get(reverse("cases:list"), {"q": case.number.lower()})
    assert found.context["glass_url"] == reverse("cases:break_glass", args=[case.pk])
    assert client.get(reverse("cases:list"), {"q": sealed.number}).context["glass_url"] == ""
    assert client.get(reverse("cases:break_glass", args=[sealed.pk])).status_code == 404


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, ["0003", "0002", "0001"]),
        ({"mine": "1"}, ["0003", "0001"]),
        ({"state": "overdue"}, ["0001"]),
        ({"state": "closed"}, []),
        ({"risk": "high"}, ["0003"]),
        ({"phase": "agreement"}, []),
        ({"cluster": "lansia"}, ["0003", "0002", "0001"]),
        ({"q": "/0002"}, ["0002"]),
        ({"q": "Maryam Siregar"}, ["0003"]),
    ],
)
def test_the_list_is_narrowed(world: World, query: dict[str, str], numbers: list[str]) -> None:
    at = now() - timedelta(days=10)
    first = make_case(world, at=at, team=(world.supervisor,))
    make_case(world, by=world.colleague, at=at + timedelta(days=1))
    maryam = make_person(world, "Maryam Siregar", sex="P", at=at)
    make_case(world, person=maryam, risk="high", at=at + timedelta(days=2), team=(world.supervisor,))
    due = timezone.localdate() - timedelta(days=3)
    give_task(
        id=uuid7(), case=first, title="Urus KTP", owner=world.owner, due_date=due, by=world.owner, at=at + timedelta(1)
    )
    page = browser(world.supervisor).get(reverse("cases:list"), query)
    assert [row["number"][-4:] for row in page.context["rows"]] == numbers


def newcomer(**facts: str) -> dict[str, str]:
    typed = {"full_name": "Marwan Setiadi", "identity_state": "menurut_pengakuan", "sex": "L"}
    return {"id": str(uuid7()), "birth_date": "15/05/1990", "no_nik_reason": "tidak_membawa_dokumen"} | typed | facts


@pytest.mark.parametrize("address", ["people:register", "people:register_unknown"])
def test_who_is_registered_from_a_report_comes_back_to_open_its_case(world: World, address: str) -> None:
    report = make_report(world)
    decide_to_open(world, report)
    client = browser(world.owner)
    waiting = reverse("cases:report_person", args=[report.pk])
    asked = f"{reverse(address)}?laporan={report.pk}"
    assert f"{reverse('people:register_unknown')}?laporan={report.pk}" in client.get(waiting).content.decode()
    page = client.get(asked).content.decode()
    assert (waiting in page, "?laporan=" in page, "Pasar Senen" in page) == (True, True, False)
    is_known = address == "people:register"
    facts = newcomer() if is_known else newcomer(full_name="", description="Tato naga di lengan kiri")
    made = client.post(asked, facts)
    assert made.status_code == 302, made.context["form"].errors
    assert made["Location"] == f"{reverse('cases:open', args=[report.pk])}?orang={facts['id']}"
    assert client.get(made["Location"]).status_code == 200


@pytest.mark.parametrize("which", ["nonsense", "unknown", "elsewhere", "undecided"])
def test_a_report_that_waits_for_nobody_here_is_no_errand(world: World, which: str) -> None:
    elsewhere = make_report(world, by=world.outsider, unit=world.other)
    decide_to_open(world, elsewhere, by=world.outsider)
    named = {"nonsense": "x\x00", "unknown": uuid7(), "elsewhere": elsewhere.pk, "undecided": make_report(world).pk}
    facts = newcomer()
    client = browser(world.owner)
    made = client.post(f"{reverse('people:register')}?laporan={named[which]}", facts)
    assert made["Location"] == reverse("people:person", args=[facts["id"]])


def test_the_log_of_looks_names_files_and_people_as_the_reader_may_see_them(world: World) -> None:
    child = make_case(world, person=make_person(world, "Rudi Hartanto", kinds=["anak_berhadapan_hukum"]))
    sealed = make_case(world, person=make_person(world, "Sulastri Wibawa"))
    classify(case=sealed, confidentiality=Confidentiality.SEALED, tags=[], by=world.owner, at=now())
    client = browser(world.owner)
    for case in (child, sealed):
        client.get(reverse("cases:case", args=[case.pk]))
        client.get(reverse("people:person", args=[case.person_id]))
    page = browser(world.head).get(reverse("access:trail")).content.decode()
    seen = [word in page for word in (child.number, "R. H.", "Rudi", sealed.number, "Sulastri")]
    assert seen == [True, True, False, False, False]
    assert reverse("people:person", args=[child.person_id]) in page


def test_who_works_in_one_unit_is_not_asked_which_unit_receives_a_report(world: World) -> None:
    client = browser(world.owner)
    pages = [client.get(reverse(f"cases:{name}")).content.decode() for name in ("receive", "crisis")]
    assert [("Unit penerima" in page, 'name="unit"' in page) for page in pages] == [(False, True)] * 2


def test_the_way_back_is_offered_only_where_there_is_one(world: World) -> None:
    case = make_case(world)
    client = browser(world.owner)
    way_back = "Kembali ke tahap sebelumnya"
    assert way_back not in client.get(reverse("cases:case", args=[case.pk])).content.decode()
    with acting(User.objects.system(), "test"):
        Case.objects.filter(pk=case.pk).update(stage="atensi_nasional.kesepakatan")
    assert way_back in client.get(reverse("cases:case", args=[case.pk])).content.decode()


def test_the_texts_that_were_read_are_named_with_their_version(world: World) -> None:
    case = make_case(world)
    sign_agreement(
        id=uuid7(),
        case=case,
        explained_by=world.owner,
        signed_for="self",
        signing="signature",
        signed_at=now(),
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=90),
        consents=["care"],
        by=world.owner,
        at=now(),
    )
    client = browser(world.owner)
    with as_user(world.owner):
        agreement = case.agreements.get()
    listed = client.get(reverse("cases:agreements", args=[case.pk])).content.decode()
    printed = client.get(reverse("cases:print_agreement", args=[case.pk, agreement.pk])).content.decode()
    for page in (listed, printed):
        assert "Naskah kesepakatan, versi 1" in page
        assert "_v1" not in page
    assert "Pelayanan dan pencatatan, versi 1" in listed


def test_of_an_unfinished_report_the_decision_stands_back_behind_completing_it(world: World) -> None:
    report = make_report(world, is_complete=False)
    client = browser(world.owner)
    url = reverse("cases:report", args=[report.pk])
    page = BeautifulSoup(client.get(url).content, "html.parser")
    form = page.find("form", class_="form")
    assert form is not None
    assert form.find_parent("details") is not None
    refused = client.post(url, {"id": str(uuid7()), "urgency": "emergency", "outcome": "unfounded", "reason": "Sepi."})
    assert refused.status_code == 422
    assert BeautifulSoup(refused.content, "html.parser").select("details form.form") == []


def test_a_conflict_is_told_in_the_words_of_its_form_and_nothing_is_no_difference(world: World) -> None:
    case = make_case(world)
    plan = make_plan(case, world.owner)
    with as_user(world.owner):
        goal = plan.goals.get()
    facts: dict[str, Any] = {
        "statement": goal.statement,
        "indicator": goal.indicator,
        "baseline": "",
        "target_date": goal.target_date,
    }
    change_goal(goal=goal, revision=1, aim=Aim.NEEDS, by=world.owner, at=now(), **facts)
    day = f"{goal.target_date:%d/%m/%Y}"
    typed = facts | {"aim": Aim.PROBLEMS.value, "target_date": day, "revision": "1"}
    page = browser(world.owner).post(reverse("cases:change_goal", args=[case.pk, goal.pk]), typed)
    assert page.status_code == 409
    rows = BeautifulSoup(page.content, "html.parser").select(".compare tbody tr")
    shown = {
        row.select("th")[0].get_text(" ", strip=True): [cell.get_text(strip=True) for cell in row.select("td")]
        for row in rows
    }
    assert shown["Tujuan keberfungsian Berbeda"] == [str(Aim.PROBLEMS.label), str(Aim.NEEDS.label)]
    assert shown["Target tanggal"] == [day, day]
    assert shown["Keadaan sekarang"] == ["Belum diisi", "Belum diisi"]


def test_the_time_line_names_who_approved_a_plan_and_who_wrote_it(world: World) -> None:
    case = make_case(world)
    make_approved_plan(world, case)
    page = BeautifulSoup(browser(world.owner).get(reverse("cases:case", args=[case.pk])).content, "html.parser")
    [event] = [item for item in page.select(".timeline > li") if "Rencana disetujui" in item.get_text()]
    text = event.get_text(" ", strip=True)
    assert "Rencana disetujui: versi 1" in text
    assert world.supervisor.full_name in event.select(".timeline-meta")[0].get_text()
    assert f"Disusun oleh {world.owner.full_name}" in text


def test_whoever_records_a_conference_sits_at_its_table_unless_they_say_otherwise(world: World) -> None:
    case = make_case(world, team=(world.psychologist,))
    page = BeautifulSoup(
        browser(world.owner).get(reverse("cases:hold_conference", args=[case.pk])).content, "html.parser"
    )
    seats = {box["value"]: box.has_attr("checked") for box in page.select("input[name=staff]")}
    assert seats == {str(world.owner.pk): True, str(world.psychologist.pk): False}
