"""The name of a child in court, wherever a report or a file speaks of it: initials for all but those it is for."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serasi.access.models import User
from serasi.access.tests.pages import MOST_STATEMENTS, browser, counted
from serasi.cases.enums import Confidentiality, DisclosedPart
from serasi.cases.models import Case, Report
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.task import give_task
from serasi.cases.queries.header import name_shown, with_header
from serasi.cases.tests.factories import (
    World,
    as_user,
    decide_to_open,
    make_case,
    make_person,
    make_report,
    now,
)
from serasi.cases.tests.work_factories import make_document, make_note, make_referral
from serasi.common.identifiers import uuid7
from serasi.people.operations import add_alias, set_confidentiality

RUDI = "Rudi Hartanto, laki-laki, 14 tahun"
TOLD: dict[str, Any] = {
    "subject_description": RUDI,
    "narrative": "Rudi dibawa polisi; ibunya, Ny. Hartanto, belum datang.",
    "place": "Rumah keluarga Hartanto, Senen",
    "first_action": "Menenangkan rudi.",
    "reporter_name": "Yanto Hartanto",
}


def guarded(world: World, **facts: Any) -> Report:
    return make_report(world, is_sppa=True, **(TOLD | facts))


def says_name(reader: User, name: str, *args: object, query: str = "") -> bool:
    """Whether any word of the name stands on the page, in what is seen or in what is not."""
    page = browser(reader).get(reverse(f"cases:{name}", args=args) + query)
    assert page.status_code == 200, (name, page.status_code)
    return names_rudi(page.content.decode())


def names_rudi(text: str) -> bool:
    """Whether a word begins like one of the name; letters inside the random token of a form name nobody."""
    return re.search(r"\b(rudi|hartanto)", text.casefold()) is not None


def who_reads(world: World, name: str, *args: object, of: tuple[str, ...], query: str = "") -> list[str]:
    return [who for who in of if says_name(getattr(world, who), name, *args, query=query)]


DESK = ("owner", "colleague", "supervisor", "head")


def test_a_guarded_report_names_the_child_to_who_received_it_until_someone_decides(world: World) -> None:
    report = guarded(world)

    assert who_reads(world, "report", report.pk, of=DESK) == ["owner"]
    assert who_reads(world, "reports", of=DESK) == ["owner"]
    assert who_reads(world, "complete_report", report.pk, of=("owner", "colleague")) == ["owner"]

    decide_to_open(world, report, by=world.supervisor)
    assert who_reads(world, "report", report.pk, of=DESK) == ["owner", "supervisor"]


def test_the_page_says_initials_and_why(world: World) -> None:
    report = guarded(world)
    page = BeautifulSoup(browser(world.colleague).get(reverse("cases:report", args=[report.pk])).content, "html.parser")

    assert page.h1 is not None
    assert page.h1.get_text(strip=True) == "R. H., laki-laki, 14 tahun"
    assert "R. dibawa polisi; ibunya, Ny. H., belum datang." in page.get_text()
    assert "Anda membaca inisial" in page.get_text()


def test_whoever_opens_the_case_learns_whom_it_is_about_as_long_as_it_waits(world: World) -> None:
    report = guarded(world)
    decide_to_open(world, report, by=world.supervisor)
    child = make_person(world, "Rudi Hartanto", by=world.supervisor)

    assert who_reads(world, "report_person", report.pk, of=("colleague",)) == ["colleague"]

    make_case(world, report=report, person=child, by=world.owner, confidentiality=Confidentiality.SPPA)
    assert who_reads(world, "report_person", report.pk, of=("owner", "colleague", "head")) == ["owner"]


def test_a_report_of_an_ordinary_person_is_read_whole_by_the_desk(world: World) -> None:
    report = make_report(world, **TOLD)
    assert who_reads(world, "report", report.pk, of=DESK) == list(DESK)


def test_completing_keeps_what_is_written_without_showing_it(world: World) -> None:
    report = guarded(world, is_complete=False, narrative="", first_action="")
    client = browser(world.colleague)
    url = reverse("cases:complete_report", args=[report.pk])
    page = BeautifulSoup(client.get(url).content, "html.parser")
    sent = {field["name"]: field.get("value", "") for field in page.select("main form [name]") if field.name == "input"}
    assert "subject_description" not in sent
    sent |= {
        "channel": report.channel,
        "received_at_0": timezone.localtime(report.received_at).strftime("%d/%m/%Y"),
        "received_at_1": timezone.localtime(report.received_at).strftime("%H:%M"),
        "urgency": "emergency",
        "subject_description": "Ditimpa",
        "narrative": "Sudah dihubungi Bapas.",
        **{f"danger_{code}": answer for code, answer in report.danger.items()},
    }

    assert client.post(url, sent).status_code == 302
    with as_user(world.owner):
        report.refresh_from_db()
    assert (report.subject_description, report.narrative) == (RUDI, "Sudah dihubungi Bapas.")


def closed_file(world: World) -> Case:
    """A file that became a child's in court after its report was taken down without a word of it."""
    report = make_report(world, **TOLD)
    decide_to_open(world, report)
    child = make_person(world, "Rudi Hartanto")
    case = make_case(world, report=report, person=child, team=(world.psychologist,))
    add_alias(id=uuid7(), person=child, name="Kancil", kind="street", by=world.owner, at=now())
    with as_user(world.owner):
        case.refresh_from_db()
        classify(
            case=case, confidentiality=Confidentiality.SPPA, tags=[], by=world.owner, at=now(), revision=case.revision
        )
    return case


def test_a_report_is_guarded_once_its_file_is_that_of_a_child_in_court(world: World) -> None:
    case = closed_file(world)
    team = ("owner", "psychologist", "colleague", "supervisor", "head")
    readers = [who for who in team if who != "psychologist"]

    assert who_reads(world, "report", case.report_id, of=tuple(readers)) == ["owner"]
    assert says_name(world.psychologist, "report", case.report_id)
    assert who_reads(world, "reports", of=tuple(readers)) == ["owner"]


def test_a_report_is_guarded_once_its_person_is_a_child_in_court_and_free_again_afterwards(world: World) -> None:
    report = make_report(world, **TOLD)
    decide_to_open(world, report)
    case = make_case(world, report=report, person=make_person(world, "Rudi Hartanto"))
    of = ("owner", "colleague", "head")
    seen = []
    for confidentiality in ("sppa", "ordinary"):
        set_confidentiality(person=case.person, confidentiality=confidentiality, by=world.owner, at=now())
        seen.append(who_reads(world, "report", report.pk, of=of))
    assert seen == [["owner"], ["owner", "colleague", "head"]]


def test_to_a_desk_that_does_not_know_the_person_the_words_of_a_report_stay_closed(world: World) -> None:
    child = make_person(world, "Dimas Prayogo")
    set_confidentiality(person=child, confidentiality="sppa", by=world.owner, at=now())
    report = make_report(world, by=world.outsider, unit=world.other, person=child, **TOLD)

    page = browser(world.other_head).get(reverse("cases:report", args=[report.pk])).content.decode()

    assert "Hanya untuk tim" in page
    assert "polisi" not in page


@pytest.mark.parametrize("name", ["case", "print", "team", "documents", "notes"])
def test_the_texts_of_the_file_name_the_child_to_the_team_alone(world: World, name: str) -> None:
    case = closed_file(world)
    give_task(
        id=uuid7(),
        case=case,
        title="Menjemput Rudi (Kancil) di Bapas",
        owner=world.psychologist,
        due_date=timezone.localdate(),
        by=world.owner,
        at=now(),
    )
    make_document(case, world.owner, title="Surat Rudi Hartanto")
    make_note(case, world.owner, text="Rudi tenang hari ini. Kancil, kata temannya.")

    seen = {who: says_name(getattr(world, who), name, case.pk) for who in ("owner", "supervisor", "head")}
    assert seen == {"owner": True, "supervisor": False, "head": False}
    assert "kancil" not in browser(world.head).get(reverse(f"cases:{name}", args=[case.pk])).content.decode().casefold()


def test_what_the_queryset_says_of_many_files_the_head_of_a_file_says_of_one(world: World) -> None:
    cases = [make_case(world, team=(world.psychologist,)), closed_file(world)]
    other = make_case(world, person=make_person(world, "Tono Sugiri"))
    set_confidentiality(person=other.person, confidentiality="sppa", by=world.owner, at=now())
    for reader in (world.owner, world.psychologist, world.supervisor, world.head):
        with as_user(reader):
            files = Case.objects.visible_to(reader)
            named = set(files.named_to(reader).values_list("pk", flat=True))
            shown = {case.pk for case in with_header(files, reader) if name_shown(case, reader) == str(case.person)}
        assert named == shown, reader
    assert cases


def test_a_veiled_report_costs_no_more_than_a_page_may(world: World) -> None:
    case = closed_file(world)
    client = browser(world.head)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("cases:report", args=[case.report_id]))
    assert counted(queries) <= MOST_STATEMENTS


def test_a_document_of_a_child_in_court_is_opened_by_the_team_alone(world: World) -> None:
    case = closed_file(world)
    document = make_document(case, world.owner, title="Surat Rudi Hartanto")
    url = reverse("cases:document_download", args=[case.pk, document.pk])

    seen = {}
    for who in ("owner", "psychologist", "head"):
        response = browser(getattr(world, who)).get(url)
        response.getvalue()
        seen[who] = response.status_code

    assert seen == {"owner": 200, "psychologist": 200, "head": 403}
    assert url in browser(world.owner).get(reverse("cases:documents", args=[case.pk])).content.decode()
    for name in ("case", "documents"):
        page = browser(world.head).get(reverse(f"cases:{name}", args=[case.pk])).content.decode()
        assert f'"{url}"' not in page, name


def test_a_downloaded_file_is_not_called_after_anyone(world: World) -> None:
    case = make_case(world)
    document = make_document(case, world.owner, title="Surat Rudi Hartanto")
    response = browser(world.owner).get(reverse("cases:document_download", args=[case.pk, document.pk]))
    response.getvalue()
    day = timezone.localdate(document.written_at)
    assert response["Content-Disposition"] == f'attachment; filename="dokumen-{day}-{document.pk.hex[-6:]}.pdf"'


def test_what_a_referral_discloses_names_the_child_to_the_team_alone(world: World) -> None:
    case = closed_file(world)
    make_note(case, world.owner, text="Rudi tenang.")
    referral = make_referral(world, case, disclosed=[DisclosedPart.IDENTITY, DisclosedPart.PROGRESS])

    of = ("owner", "supervisor", "head")
    assert who_reads(world, "case_referral", case.pk, referral.pk, of=of) == ["owner"]
    page = browser(world.head).get(reverse("cases:case_referral", args=[case.pk, referral.pk])).content.decode()
    assert "Hanya untuk tim" in page
