"""Visits and the timetable on the pages: announced, received, arranged, hung on the wall."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from serasi.access.models import Look
from serasi.access.tests.pages import MOST_STATEMENTS, browser, read, statements, words
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.daily import operations as daily
from serasi.daily.models import BarredContact, TimetableEntry, Visit
from serasi.daily.tests.factories import announce, bar, live_here, plan, receive
from serasi.daily.tests.views.test_pages import post, send, summary
from serasi.people import operations as people
from serasi.residence.models import Stay
from serasi.residence.queries import day_at
from serasi.residence.tests.factories import House, admit, ago, build
from serasi.residence.tests.test_sight import make_guarded

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


@pytest.fixture
def house(world: World) -> House:
    return build(world)


@pytest.fixture
def asep(world: World, house: House) -> Stay:
    return live_here(world, house, "Asep Suryana")[0]


def of(stay: Stay, page: str) -> str:
    return f"/harian/penghuni/{stay.pk}/{page}/"


def of_ward(house: House, page: str) -> str:
    return f"/harian/wisma/{house.ward.pk}/{page}/"


def part(client: Client, url: str) -> str:
    response = client.get(url, headers=PART)
    assert response.status_code == 200
    return words(BeautifulSoup(response.content, "html.parser"))


# --- Visits ----------------------------------------------------------------------------------------------------------


def test_a_carer_announces_a_mother_and_receives_her(world: World, house: House, asep: Stay) -> None:
    client, later = browser(world.carer), now() + timedelta(hours=30)
    local = later + timedelta(hours=7)
    send(
        client, of(asep, "kunjungan/akan-datang"), visitor_name="Ibu Sari", relation="Ibu",
        expected_at_day=f"{local:%d/%m/%Y}", expected_at_time=f"{local:%H.%M}",
    )  # fmt: skip
    with as_user(world.carer):
        visit = Visit.objects.get()
        Visit.objects.filter(pk=visit.pk).update(expected_at=ago(minutes=30))
    assert "Ibu Sari (Ibu)" in part(client, of_ward(house, "kunjungan/ringkas"))

    page = send(
        client, f"/harian/kunjungan/{visit.pk}/hasil/", account="Membawa kue, tertawa", is_something_brought="on"
    )

    said = words(page.select_one("main"))
    assert "Ibu Sari (Ibu)" in said
    assert "Membawa kue, tertawa" in said
    assert "membawa sesuatu · Siti Pengasuh" in said
    assert "Berlangsung" in said


def test_a_call_is_written_in_one_go_and_its_form_may_wait_on_a_phone(world: World, asep: Stay) -> None:
    client = browser(world.carer)
    page = read(client, of(asep, "kunjungan/catat"))
    assert page.select_one("form[data-outbox]")
    send(client, of(asep, "kunjungan/catat"), visitor_name="Kakak", kind="phone", account="Ingin pulang Lebaran")
    with as_user(world.carer):
        assert Visit.objects.kept().get().kind == "phone"


def test_one_of_the_family_is_a_touch_away(world: World, asep: Stay) -> None:
    tie = people.add_relationship(
        id=uuid7(), person=asep.person, relation="wali", is_guardian=True, contact_name="Sri Rahayu",
        since=ago(days=400).date(), by=world.owner, at=now(),
    )  # fmt: skip
    send(browser(world.carer), of(asep, "kunjungan/catat"), who=str(tie.pk))
    with as_user(world.carer):
        visit = Visit.objects.get()
    assert (visit.who, visit.relationship_id) == ("Sri Rahayu (Wali)", tie.pk)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"visitor_name": ""}, "Tulis namanya"),
        ({"outcome": "refused"}, "Tulis alasannya"),
        ({"outcome": "barred", "reason": "Mabuk"}, "siapa yang memutuskan"),
        ({"outcome": "cancelled"}, "Pilih salah satu dari daftar"),
        ({"kind": "fax"}, "Pilih salah satu dari daftar"),
        ({"began_at_day": "", "began_at_time": ""}, "Isi kapan mereka datang"),
        ({"began_at_day": "31/02/2026"}, "tidak ada di kalender"),
        ({"account": "x" * 2001}, "paling panjang"),
    ],
)
def test_what_is_wrong_is_named(world: World, asep: Stay, typed: dict[str, Any], said: str) -> None:
    page = send(browser(world.carer), of(asep, "kunjungan/catat"), 422, **{"visitor_name": "Ibu Sari", **typed})
    assert said in summary(page)
    with as_user(world.carer):
        assert Visit.objects.count() == 0


def test_who_is_barred_stands_above_the_form_and_is_refused_until_known(world: World, asep: Stay) -> None:
    client = browser(world.owner)
    send(
        client, of(asep, "larangan/baru"), visitor_name="Darto", relation="Ayah tiri", reason="Diduga memukul",
        decided_by="Kepala panti",
    )  # fmt: skip
    url = of(asep, "kunjungan/catat")
    assert "Darto (Ayah tiri) : Diduga memukul" in words(read(client, url).select_one(".notice"))

    refused = send(client, url, 422, visitor_name="Pak Darto")
    assert "Diduga memukul" in summary(refused)
    send(client, url, visitor_name="Pak Darto", despite_bar="on")
    assert "meski ada larangan" in words(read(client, of(asep, "kunjungan")).select_one("main"))

    with as_user(world.owner):
        one = BarredContact.objects.get()
    send(client, f"/harian/larangan/{one.pk}/akhiri/", latest=f"{now() - timedelta(days=2):%d/%m/%Y}")
    assert not read(client, url).select_one(".notice")


def test_a_visit_that_was_a_mistake_is_withdrawn(world: World, asep: Stay) -> None:
    visit = receive(world, asep)
    page = send(browser(world.carer), f"/harian/kunjungan/{visit.pk}/cabut/", reason="Tamu penghuni lain")
    assert "Tamu penghuni lain" in words(page.select_one("main"))
    assert "Dicabut" in words(page.select_one("main"))


def test_a_ward_sees_who_came_and_whom_nobody_visits(world: World, house: House) -> None:
    asep = admit(world, house, person=make_person(world, "Asep A"), bed=house.beds[0], happened_at=ago(days=40))
    bejo = admit(world, house, person=make_person(world, "Bejo B"), bed=house.beds[1], happened_at=ago(days=40))
    sealed = admit(world, house, person=make_person(world, "Cahyo C"), bed=house.beds[2], happened_at=ago(days=40))
    receive(world, bejo, course={"began_at": ago(minutes=1)})
    receive(world, sealed, course={"began_at": ago(minutes=1)})
    make_guarded(world, sealed.person, "sealed", world.owner)

    said = words(read(browser(world.carer), of_ward(house, "kunjungan")).select_one("main"))

    assert "Asep A : belum pernah, sejak masuk 40 hari lalu" in said
    assert "Bejo B · Ibu Sari (Ibu)" in said
    assert "Cahyo" not in said
    assert f"Dicatat oleh timnya: #{sealed.tag}" in said
    assert of(asep, "kunjungan/catat")


def test_the_page_of_a_stay_shows_its_visits_and_its_day(world: World, house: House, asep: Stay) -> None:
    receive(world, asep)
    plan(world, house, "Senam pagi", "06.00", "06.30")
    client = browser(world.carer)
    page = read(client, f"/hunian/tinggal/{asep.pk}/")
    urls = {str(one["hx-get"]) for one in page.select("[hx-get]")}
    assert {of(asep, "kunjungan"), of(asep, "jadwal")} <= urls
    assert "Ibu Sari (Ibu)" in part(client, of(asep, "kunjungan"))
    assert "06.00–06.30 Senam pagi" in part(client, of(asep, "jadwal"))


def test_a_visit_stands_on_the_time_line_of_the_file(world: World, house: House) -> None:
    case = make_case(world, person=make_person(world, "Asep A"))
    stay = admit(world, house, person=case.person, case=case)
    receive(world, stay, course={"account": "Berpelukan lama"})
    said = words(read(browser(world.owner), f"/kasus/{case.pk}/").select_one("main"))
    assert "Kunjungan: Berlangsung" in said
    assert "Berpelukan lama" in said


def test_opening_somebodys_visits_is_told(world: World, asep: Stay) -> None:
    read(browser(world.carer), of(asep, "kunjungan"))
    with as_user(world.head):
        assert Look.objects.filter(subject_id=asep.person_id, purpose="Membaca kunjungan dan telepon").count() == 1


# --- The timetable ---------------------------------------------------------------------------------------------------


def test_a_head_makes_a_timetable_and_it_hangs_on_the_wall(world: World, house: House) -> None:
    client = browser(world.head)
    assert "Belum ada jadwal" in words(read(client, of_ward(house, "jadwal")).select_one("main"))
    send(
        client, of_ward(house, "jadwal/baru"), what="Senam pagi", from_time="6", until_time="6.30", place="Halaman",
        leader="Pak Budi",
    )  # fmt: skip
    said = words(read(client, of_ward(house, "jadwal")).select_one("main"))
    assert "06.00–06.30 Senam pagi Halaman · Pak Budi" in said
    week = words(read(client, of_ward(house, "jadwal/sepekan")).select_one("main"))
    assert "Senam pagi Setiap hari · Halaman · Pak Budi" in week


def test_a_head_changes_ends_and_copies(world: World, house: House) -> None:
    other = build(world, name="Melati")
    entry = plan(world, house, "Senam", "06.00", "06.30", starts=day_at(house.unit, now()))
    client = browser(world.head)
    send(client, f"/harian/jadwal/{entry.pk}/ubah/", from_time="5.30", until_time="6")
    send(client, of_ward(other, "jadwal/salin"), source=str(house.ward.pk))
    assert "05.30–06.00 Senam" in words(read(client, of_ward(other, "jadwal")).select_one("main"))
    refused = send(client, of_ward(other, "jadwal/salin"), 422, source=str(house.ward.pk))
    assert "Tidak ada yang dapat disalin" in summary(refused)
    with as_user(world.head):
        copied = TimetableEntry.objects.get(ward=other.ward)
    send(client, f"/harian/jadwal/{copied.pk}/akhiri/", latest=f"{now() - timedelta(days=2):%d/%m/%Y}")
    assert "Senam" not in words(read(client, of_ward(other, "jadwal")).select_one("main"))


def test_a_carer_says_that_today_is_otherwise_and_arranges_no_week(world: World, house: House) -> None:
    entry = plan(world, house, "Senam", "06.00", "06.30")
    client = browser(world.carer)
    page = read(client, of_ward(house, "jadwal"))
    (link,) = page.select("main .hours a")
    send(client, str(link["href"]), reason="Hujan")
    said = words(read(client, of_ward(house, "jadwal")).select_one("main"))
    assert "Senam Hujan Dibatalkan" in said
    for url in (f"/harian/jadwal/{entry.pk}/ubah/", of_ward(house, "jadwal/baru"), of_ward(house, "jadwal/salin")):
        assert client.get(url).status_code == 403
    assert not read(client, of_ward(house, "jadwal/sepekan")).select("main .hours a")


def test_somebody_goes_to_school_and_the_wall_shows_the_guarded_by_tag(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep Suryana", "Bejo Wibowo")
    client = browser(world.carer)
    for stay in stays:
        send(client, of(stay, "jadwal/baru"), what="Sekolah", from_time="7", until_time="12", is_instead="on")
    make_guarded(world, stays[1].person, "sppa", world.owner)
    said = words(read(client, of_ward(house, "jadwal")).select_one("main"))
    assert "Asep Suryana : Sekolah" in said
    assert f"#{stays[1].tag} : Sekolah" in said
    assert "Bejo" not in said


def test_two_things_of_ones_own_at_once_are_named_on_the_form(world: World, asep: Stay) -> None:
    plan(world, asep, "Sekolah", "07.00", "12.00")
    page = send(browser(world.carer), of(asep, "jadwal/baru"), 422, what="Terapi", from_time="11", until_time="13")
    assert "sudah punya kegiatan sendiri" in summary(page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"what": ""}, "“Kegiatan” belum diisi"),
        ({"from_time": "25"}, "dari 00.00 sampai 23.59"),
        ({"until_time": "5"}, "Jam selesai harus sesudah jam mulai"),
        ({"days": ["9"]}, "Pilih dari daftar saja"),
        ({"ends": "01/01/2020"}, "Hari terakhir"),
    ],
)
def test_what_is_wrong_with_a_plan_is_named(world: World, house: House, typed: dict[str, Any], said: str) -> None:
    facts = {"what": "Senam", "from_time": "6", "until_time": "7", **typed}
    assert said in summary(send(browser(world.head), of_ward(house, "jadwal/baru"), 422, **facts))


def test_what_was_never_asked_is_no_error(world: World, house: House, asep: Stay) -> None:
    entry = plan(world, asep, "Sekolah", "07.00", "12.00")
    client = browser(world.carer)
    for url in (
        f"/harian/jadwal/{entry.pk}/sehari/?hari=besok",
        f"/harian/jadwal/{entry.pk}/sehari/?hari=2026-02-31",
        of_ward(house, "jadwal") + "?hari=kemarin",
        of_ward(house, "kunjungan") + "?hari=99/99/9999",
    ):
        read(client, url)
    for url in (
        f"/harian/jadwal/{uuid7()}/sehari/",
        f"/harian/kunjungan/{uuid7()}/hasil/",
        f"/harian/penghuni/{uuid7()}/jadwal/",
    ):
        assert client.get(url).status_code == 404
    post(client, of(asep, "jadwal/baru"), {"what": ""}, 422)


@pytest.mark.slow
def test_the_pages_cost_the_same_with_one_and_with_three(world: World, house: House) -> None:
    def fill(stay: Stay) -> None:
        receive(world, stay, course={"began_at": ago(days=20)})
        announce(world, stay)
        bar(world, stay)
        entry = plan(world, stay, "Sekolah", "07.00", "12.00")
        plan(world, house, f"Senam {stay.tag}", "06.00", "06.30")
        daily.change_day(
            id=uuid7(), entry=entry, day=day_at(house.unit, now()), kind="cancelled", reason="Libur", by=world.carer,
            at=now(),
        )  # fmt: skip

    first = admit(world, house, happened_at=ago(days=60))
    fill(first)
    client = browser(world.carer)
    pages = ("kunjungan", "kunjungan/ringkas", "jadwal", "jadwal/sepekan")
    urls = [*(of_ward(house, one) for one in pages), of(first, "kunjungan"), of(first, "jadwal")]
    urls += [of(first, "kunjungan/catat"), of(first, "jadwal/baru")]
    for url in urls:
        read(client, url)
    with_one = {url: statements(client, url) for url in urls}
    for bed in house.beds[1:3]:
        fill(admit(world, house, bed=bed, happened_at=ago(days=60)))
    assert {url: statements(client, url) for url in urls} == with_one
    assert {url: count for url, count in with_one.items() if count > MOST_STATEMENTS} == {}
