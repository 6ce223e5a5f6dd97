"""The room in houses and the list of those who wait, as they meet them who work with them."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from serasi.access.models import User
from serasi.access.operations.device import acting
from serasi.access.tests.pages import MOST_STATEMENTS, browser, read, statements, words
from serasi.capacity import operations as capacity
from serasi.cases.enums import Confidentiality, Score, TracingResult
from serasi.cases.models import Case
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.readiness import check_readiness
from serasi.cases.operations.tracing import record_tracing
from serasi.cases.tests.factories import World, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.institutions.models import Institution
from serasi.residence.tests.factories import admit, ago, build

pytestmark = pytest.mark.django_db


def send(client: Client, url: str, **typed: Any) -> int:
    assert client.get(url).status_code == 200
    return client.post(url, {"id": str(uuid7()), **typed}).status_code


def test_a_social_worker_puts_someone_on_the_list_tries_something_else_and_ends_the_wait(world: World) -> None:
    case = make_case(world, person=make_person(world, "Karto Wiryo"))
    client = browser(world.owner)
    here = reverse("capacity:of_case", args=[case.pk])
    assert "Tidak sedang menunggu tempat." in words(read(client, here))

    url = reverse("capacity:wait", args=[case.pk])
    assert client.post(url, {"id": str(uuid7())}).status_code == 422
    assert send(client, url, tonight="street", reason="Tidak ada yang merawat") == 302
    assert "Menunggu tempat sejak 0 hari · angka 30 Tidur di jalan atau tempat umum +30" in words(read(client, here))

    queue = reverse("capacity:waiting", args=[world.panti.pk])
    assert "Karto Wiryo" in words(read(client, queue))
    assert "Belum ada upaya di luar lembaga" in words(read(client, queue))

    links = [str(a["href"]) for a in BeautifulSoup(client.get(here).content, "html.parser").select("a.btn[href]")]
    attempt, leave = (next(link for link in links if link.endswith(end)) for end in ("/upaya/", "/keluar/"))
    assert send(client, attempt, way="family", answer="later", account="Kakaknya sesudah panen") == 302
    assert "Kakaknya sesudah panen" in words(read(client, here))
    assert "Mungkin dilayani di luar lembaga" in words(read(client, queue))
    assert send(client, leave, leaving="elsewhere", left_reason="Diterima di Kedoya") == 302
    assert "Tidak ada yang menunggu" in words(read(client, queue))


def test_the_page_of_a_house_says_what_is_expected_and_how_sure_that_is(world: World) -> None:
    house = build(world)
    for bed in house.beds:
        admit(world, house, bed=bed, happened_at=ago(days=30))
    client = browser(world.head)
    here = reverse("capacity:house", args=[house.unit.pk])
    assert "Belum dihitung" in words(read(client, here))

    assert client.post(reverse("capacity:reckon", args=[house.unit.pk])).status_code == 302

    page = words(read(client, here))
    assert "Dalam 30 hari" in page
    assert "Belum cukup riwayat untuk diuji" in page
    assert "Sekarang" not in page  # four people of one kind would tell of persons


def test_the_officer_sees_all_houses_on_one_page_and_no_name(world: World) -> None:
    panti, other = build(world, rooms=1), build(world, unit=world.other, name="Melati")
    for bed in panti.beds:
        admit(world, panti, bed=bed, person=make_person(world, "Karto Wiryo") if bed == panti.bed else None)
    admit(world, panti, room=panti.room)
    admit(world, other)

    page = words(read(browser(world.officer), reverse("capacity:houses")))

    assert page.index(world.panti.name) < page.index(world.other.name)
    assert "1 di atas daya tampung" in page
    assert "Karto" not in page


def is_ready(world: World, case: Case) -> None:
    check_readiness(
        id=uuid7(),
        case=case,
        held_on=ago(days=3).date(),
        person=Score.MOSTLY,
        family=Score.MOSTLY,
        place=Score.PARTLY,
        is_ready=True,
        account="Adik menyiapkan kamar",
        by=world.owner,
        at=now(),
    )


def test_who_could_live_outside_is_named_with_the_reasons(world: World) -> None:
    house, case = build(world), make_case(world, person=make_person(world, "Bejo Wibowo"))
    admit(world, house, person=case.person, case=case, happened_at=ago(days=100))
    is_ready(world, case)
    record_tracing(
        id=uuid7(), case=case, taken_on=ago(days=5).date(), method="Telepon", region=None, contact="Adik",
        result=TracingResult.FOUND, account="Bersedia", by=world.owner, at=now(),
    )  # fmt: skip

    page = words(read(browser(world.owner), reverse("capacity:outside", args=[house.unit.pk])))

    assert "Bejo Wibowo" in page
    assert "Tinggal 100 hari" in page
    assert "Siap menurut penilaian kesiapan" in page
    assert "Keluarga ditemukan" in page


def test_a_free_bed_elsewhere_is_found_and_a_safe_house_is_not(world: World) -> None:
    build(world, unit=world.other, name="Melati")
    url = reverse("capacity:elsewhere", args=[world.panti.pk])
    with acting(User.objects.system(), "test"):
        there = Institution.objects.create(unit=world.other, functions=["lansia"])
    assert "4 tempat tidur kosong" in words(read(browser(world.owner), f"{url}?klaster=lansia"))
    assert "Tidak ada tempat kosong" in words(read(browser(world.owner), f"{url}?klaster=anak"))
    with acting(User.objects.system(), "test"):
        Institution.objects.filter(pk=there.pk).update(is_safe_house=True)
    assert "Tidak ada tempat kosong" in words(read(browser(world.owner), url))


def test_a_child_in_court_waits_by_initials_for_all_but_the_team(world: World) -> None:
    case = make_case(world, person=make_person(world, "Dimas Saputra"))
    classify(case=case, confidentiality=Confidentiality.SPPA, tags=[], by=world.owner, at=now())
    capacity.wait_for_place(
        id=uuid7(), case=case, tonight="care", needs=(), reason="Dimas tidak dapat pulang", by=world.owner, at=now()
    )
    url = reverse("capacity:waiting", args=[world.panti.pk])
    assert "Dimas" in words(read(browser(world.owner), url))
    assert "Dimas" not in words(read(browser(world.head), url))


@pytest.mark.parametrize("name", ["houses", "house", "waiting", "outside", "elsewhere"])
def test_pages_cost_the_same_for_one_and_for_three(world: World, name: str) -> None:
    client = browser(world.head)
    url = reverse(f"capacity:{name}", args=[] if name == "houses" else [world.panti.pk])
    house = build(world, rooms=4)
    build(world, unit=world.other, name="Melati")
    counts = []
    for number in range(3):
        resident, waiting = make_case(world), make_case(world)
        admit(world, house, person=resident.person, case=resident, bed=house.beds[number], happened_at=ago(days=9))
        is_ready(world, resident)
        capacity.wait_for_place(
            id=uuid7(), case=waiting, tonight="street", needs=(), reason="Sendiri", by=world.owner, at=now()
        )
        capacity.reckon(unit=house.unit, by=world.head, at=now())
        client.get(url, follow=True)
        if name == "houses":
            counts.append(statements(browser(world.officer), url))
        else:
            counts.append(statements(client, url))
    assert counts[0] == counts[2]
    assert counts[0] <= MOST_STATEMENTS, counts
