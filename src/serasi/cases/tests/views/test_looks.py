"""Every opening of a report is logged with its purpose, and answers at the report, its person and its case."""

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.models import Look, User
from serasi.access.tests.pages import browser, counted
from serasi.cases.models import Report
from serasi.cases.tests.factories import World, decide_to_open, make_case, make_person, make_report
from serasi.common.identifiers import uuid7


def looked_at(report: Report) -> list[tuple[str, str]]:
    found = Look.objects.filter(subject=Subject.REPORT, subject_id=report.pk).order_by("id")
    names = dict(User.objects.values_list("pk", "full_name"))
    return [(names[look.user_id], look.purpose) for look in found]


def answer(reader: User, name: str, *args: object) -> list[list[str]]:
    """The rows of a page that tells who opened something: who, what, for what."""
    page = browser(reader).get(reverse(name, args=args))
    assert page.status_code == 200
    rows = BeautifulSoup(page.content, "html.parser").select("tbody tr")
    return [[cell.get_text(strip=True) for cell in row.select("th, td")][1:4] for row in rows]


def test_every_page_of_a_report_leaves_a_look_with_its_purpose(world: World) -> None:
    report = make_report(world)
    client = browser(world.colleague)
    for name in ("report", "complete_report"):
        client.get(reverse(f"cases:{name}", args=[report.pk]))
    decide_to_open(world, report)
    person = make_person(world)
    client.get(reverse("cases:report_person", args=[report.pk]))
    client.get(reverse("cases:open", args=[report.pk]) + f"?orang={person.pk}")

    assert looked_at(report) == [
        ("Agus Salim", "Membaca laporan"),
        ("Agus Salim", "Melengkapi laporan"),
        ("Agus Salim", "Mengenali orang yang dilaporkan"),
        ("Agus Salim", "Membuka kasus dari laporan"),
    ]


def test_whom_a_report_is_closed_to_leaves_no_look_at_it(world: World) -> None:
    report = make_report(world)
    assert browser(world.outsider).get(reverse("cases:report", args=[report.pk])).status_code == 404
    assert looked_at(report) == []


def test_who_opened_a_report_is_answered_to_the_head_of_its_unit_alone(world: World) -> None:
    report = make_report(world)
    browser(world.colleague).get(reverse("cases:report", args=[report.pk]))

    assert answer(world.head, "cases:report_looks", report.pk) == [["Agus Salim", "Laporan", "Membaca laporan"]]
    url = reverse("cases:report_looks", args=[report.pk])
    assert [browser(user).get(url).status_code for user in (world.colleague, world.other_head)] == [403, 404]
    assert url in browser(world.head).get(reverse("cases:report", args=[report.pk])).content.decode()


def test_who_opened_a_report_has_opened_the_case_that_came_of_it_and_its_person(world: World) -> None:
    report = make_report(world)
    browser(world.colleague).get(reverse("cases:report", args=[report.pk]))
    decide_to_open(world, report)
    case = make_case(world, report=report)
    browser(world.owner).get(reverse("cases:case", args=[case.pk]))

    expected = [
        ["Rini Wulandari", "Berkas kasus", "Membuka berkas kasus"],
        ["Agus Salim", "Laporan", "Membaca laporan"],
    ]
    assert answer(world.head, "people:looks", case.person_id) == expected
    of_case = answer(world.head, "cases:looks", case.pk)
    assert [row for row in of_case if row[0] != "Bambang Hartono"] == expected
    assert browser(world.owner).get(reverse("cases:looks", args=[case.pk])).status_code == 403


def test_a_report_that_names_its_person_answers_at_the_person_before_any_case(world: World) -> None:
    person = make_person(world)
    report = make_report(world, person=person)
    browser(world.colleague).get(reverse("cases:report", args=[report.pk]))

    assert answer(world.head, "people:looks", person.pk) == [["Agus Salim", "Laporan", "Membaca laporan"]]


def test_who_opened_a_person_costs_the_same_for_one_look_and_for_many(world: World) -> None:
    case = make_case(world)
    url = reverse("people:looks", args=[case.person_id])
    client = browser(world.head)
    client.get(url)
    costs = []
    for _ in range(3):
        browser(world.owner).get(reverse("cases:case", args=[case.pk]))
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        costs.append(counted(queries))
    assert len(set(costs)) == 1
    assert costs[0] <= 15


def test_a_look_is_at_a_person_a_case_or_a_report_and_at_nothing_else(world: World) -> None:
    with pytest.raises(IntegrityError, match="access_look_is_at_a_file"), transaction.atomic():
        log_look(by=world.owner, subject="letter", subject_id=uuid7(), purpose="Membaca")  # type: ignore[arg-type]
