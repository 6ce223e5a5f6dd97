"""The first page and the way through the house, as each finds them."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from serasi.access.enums import Role
from serasi.access.models import Posting, Unit, User
from serasi.access.operations import acting
from serasi.access.sign_in import HAS_SECOND_FACTOR
from serasi.cases.models import Case
from serasi.cases.operations import break_glass, start_assessment
from serasi.cases.operations.plan import submit_plan
from serasi.cases.operations.task import give_task
from serasi.cases.operations.team import add_member, end_member
from serasi.cases.queries.header import name_shown, with_header
from serasi.cases.queries.tasks import due_for
from serasi.cases.tests.factories import World, as_user, find_world, make_case, make_person, now
from serasi.cases.tests.work_factories import make_plan
from serasi.common.identifiers import uuid7
from serasi.people.enums import Confidentiality
from serasi.people.operations import give_consent, give_own_access, set_confidentiality, withdraw_consent
from serasi.web.presenters import day_in_sections


@pytest.fixture
def world(db: None) -> World:
    return find_world()


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session[HAS_SECOND_FACTOR] = True
    session.save()
    return client


def first_page(user: User) -> Any:
    return browser(user).get(reverse("web:home"))


def page_of_units(user: User) -> str:
    """What it says itself; not the navigation around it."""
    return browser(user).get(reverse("access:units")).content.decode().partition("<main")[2].partition("</main>")[0]


def entries(user: User) -> list[str]:
    return [line["url"] for line in first_page(user).context["navigation"]]


def test_a_head_finds_the_emergencies_that_wait_for_review_on_the_first_page(world: World) -> None:
    case = make_case(world)
    reason = "Penghuni kejang, obat rutinnya tercatat di sini"
    break_glass(id=uuid7(), case_id=case.pk, reason=reason, by=world.colleague, at=now())
    pages = {name: first_page(getattr(world, name)) for name in ("head", "owner")}
    assert {name: page.context["counts"].emergencies_to_review for name, page in pages.items()} == {
        "head": 1,
        "owner": 0,
    }
    words = {name: "akses darurat menunggu tinjauan" in page.content.decode() for name, page in pages.items()}
    assert words == {"head": True, "owner": False}


def test_who_sets_up_units_is_led_there_and_to_who_may_what(world: World) -> None:
    new_unit, who_may_what = reverse("cases:unit_setup"), reverse("access:permissions")
    led = {
        name: [address in entries(getattr(world, name)) for address in (new_unit, who_may_what)]
        for name in ("administrator", "head", "owner", "carer")
    }
    assert led == {
        "administrator": [True, True],
        "head": [False, True],
        "owner": [False, False],
        "carer": [False, False],
    }


def test_the_tile_of_my_cases_leads_to_my_cases_alone(world: World) -> None:
    page = first_page(world.owner).content.decode()
    assert f"{reverse('cases:list')}?mine=1&amp;state=open" in page


def test_a_child_in_court_is_named_to_a_head_by_initials_also_in_a_file_that_is_an_ordinary_one(world: World) -> None:
    case = make_case(world, person=make_person(world, "Rudi Hartanto"))
    set_confidentiality(person=case.person, confidentiality=Confidentiality.SPPA, by=world.owner, at=now())

    names = {}
    for reader in (world.owner, world.head):
        with as_user(reader):
            names[reader] = name_shown(with_header(Case.objects.visible_to(reader), reader).get(), reader)

    assert names == {world.owner: "Rudi Hartanto", world.head: "R. H."}


def test_a_task_that_outlived_the_team_names_a_child_in_court_by_initials(world: World) -> None:
    case = make_case(world, person=make_person(world, "Rudi Hartanto"), confidentiality="sppa")
    today = timezone.localdate()
    member = add_member(id=uuid7(), case=case, user=world.head, part="member", by=world.owner, at=now())
    for owner in (world.owner, world.head):
        title = "Menjemput Rudi di Bapas"
        give_task(id=uuid7(), case=case, title=title, owner=owner, due_date=today, by=world.owner, at=now())
    end_member(member=member, by=world.owner, at=now())

    told = {}
    for reader in (world.owner, world.head):
        with as_user(reader):
            told[reader] = [
                task.label
                for section in day_in_sections(due_for(reader, today), reader, today)
                for task in section.tasks
                if task.label.startswith("Tugas")
            ]
    assert told == {world.owner: ["Tugas: Menjemput Rudi di Bapas"], world.head: ["Tugas: Menjemput R. di Bapas"]}


def test_what_is_to_do_is_told_in_words_and_not_in_codes(world: World) -> None:
    case, today = make_case(world), timezone.localdate()
    start_assessment(id=uuid7(), case=case, domain="social", findings="", by=world.owner, at=now())
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
    submit_plan(plan=make_plan(case, world.owner), revision=1, by=world.owner, at=now())

    told = set()
    for reader in (world.owner, world.supervisor):
        with as_user(reader):
            sections = day_in_sections(due_for(reader, today), reader, today)
            told |= {task.label for section in sections for task in section.tasks if ": " in task.label}

    assert told == {
        "Rancangan asesmen: Sosial",
        "Persetujuan ditarik: hentikan pemakaian data: Pengambilan dan pemakaian foto",
        "Menunggu persetujuan Anda: Rencana layanan",
    }


def test_the_page_of_units_leads_to_the_one_way_a_unit_begins(world: World) -> None:
    led = {
        name: reverse("cases:unit_setup") in page_of_units(getattr(world, name)) for name in ("administrator", "head")
    }
    assert led == {"administrator": True, "head": False}


def welcome(user: User) -> tuple[str, list[str]]:
    said = first_page(user).context["welcome"]
    return said.title, [link.url for link in said.links]


def posted(name: str, role: Role, unit: Unit) -> User:
    with acting(User.objects.system(), "test"):
        user = User.objects.create(email=f"{name}@contoh.id", full_name=name.title())
        Posting.objects.create(user=user, role=role, unit=unit, period=DateRange(date(2026, 1, 1), None))
    return user


def test_to_whom_no_work_comes_the_first_page_says_what_they_read_here(world: World) -> None:
    partner, resident = posted("mitra", Role.PARTNER, world.panti), posted("warga", Role.RESIDENT, world.panti)
    directory = reverse("institutions:directory")
    assert welcome(partner) == ("Selamat datang, mitra", [directory])
    assert welcome(world.administrator) == ("Unit dan petugas", [reverse("access:units"), directory])
    assert welcome(resident) == ("Akun ini belum terhubung", [directory])

    rizki = make_person(world, "Rizki Ramadani")
    give_own_access(person=rizki, user=resident, by=world.owner, at=now())

    own = [reverse("people:person", args=[rizki.pk]), reverse("cycles:own")]
    assert welcome(resident) == ("Data Anda", [*own, directory])
    assert browser(resident).get(reverse("people:person", args=[rizki.pk])).status_code == 200


def test_the_ministry_finds_counts_without_names(world: World) -> None:
    ministry = posted("kemensos", Role.MINISTRY_OFFICER, world.dinas)
    title, (counted, _directory) = welcome(ministry)
    page = browser(ministry).get(counted)
    assert (title, page.status_code) == ("Jumlah, tanpa nama", 200)


def test_whoever_has_work_finds_the_day_even_when_it_is_empty(world: World) -> None:
    pages = [first_page(user) for user in (world.colleague, world.carer, world.officer, world.head)]
    assert ["sections" in page.context for page in pages] == [True] * 4


def test_what_is_beyond_the_first_few_of_a_kind_is_one_line_that_leads_to_them_all(world: World) -> None:
    case, today = make_case(world), timezone.localdate()
    for number in range(7):
        give_task(
            id=uuid7(),
            case=case,
            title=f"Urusan ke-{number}",
            owner=world.owner,
            due_date=today,
            by=world.owner,
            at=now(),
        )
    page = BeautifulSoup(first_page(world.owner).content, "html.parser")
    told = [line.get_text() for line in page.select(".tasks a") if "cases:" not in line.get_text()]
    [rest] = [line for line in page.select("main .tasks a") if "lagi" in line.get_text()]
    assert rest.get_text() == "2 lagi: Tugas"
    assert sum(label.startswith("Tugas: ") for label in told) == 5

    whole = BeautifulSoup(browser(world.owner).get(str(rest["href"])).content, "html.parser")
    assert len(whole.select("main .tasks a")) == 7
    assert [heading.get_text(strip=True) for heading in whole.select("main h2")] == ["Hari ini"]


def test_a_kind_that_has_nothing_to_do_says_so_and_one_that_is_not_known_is_the_whole_day(world: World) -> None:
    address = reverse("web:home")
    empty = browser(world.owner).get(address, {"kind": "monitoring"}).content.decode()
    assert "Semua tugas jenis ini sudah selesai." in empty
    assert "sections" in browser(world.owner).get(address, {"kind": "lain"}).context
