"""The pages: a list is loaded, a person is looked up, a row is denied, a house is checked."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from serasi.access.models import User
from serasi.access.tests.pages import MOST_STATEMENTS, browser, read, statements, words
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.common.identifiers import uuid7
from serasi.common.spreadsheets import read_rows
from serasi.entitlements.models import Delivery, Match
from serasi.entitlements.tests.factories import KK, checked, csv_of, loaded, nik, regions, registered, row, work_off
from serasi.residence.tests.factories import admit, build

pytestmark = pytest.mark.django_db


def typed(**changes: Any) -> dict[str, Any]:
    until = now().date() + timedelta(days=90)
    return {
        "id": str(uuid7()),
        "programme": "pkh",
        "period": "2026-07",
        "source": "Dinas Sosial",
        "bast_number": "BAST/1",
        "purpose": "Memeriksa bantuan",
        "until": f"{until:%d/%m/%Y}",
        "file": SimpleUploadedFile("daftar.csv", csv_of(row(nik(1)), row("123"))),
        **changes,
    }


def of_person(person: Any) -> str:
    return reverse("entitlements:of_person", args=[person.pk])


def test_a_head_loads_a_list_and_reads_what_came_of_its_rows(world: World) -> None:
    regions()
    client = browser(world.head)
    sent = typed(unit=str(world.panti.pk))

    answered = client.post(reverse("entitlements:receive"), sent)

    assert answered.status_code == 302
    with as_user(world.head):
        delivery = Delivery.objects.select_related("loading").get()
    assert "Menunggu giliran" in words(read(client, answered["Location"]))
    work_off(delivery)
    page = words(read(client, answered["Location"]))
    assert "Berlaku" in page
    assert "1 baris diambil" in page
    assert "BAST/1" in page
    sheet = read_rows(client.get(reverse("entitlements:remarks", args=[delivery.pk])).content, "x.xlsx")
    assert [(one[0], one[1]) for one in sheet.rows] == [("3", "NIK")]
    again = client.post(reverse("entitlements:receive"), typed(unit=str(world.panti.pk)), follow=True)
    assert "Tidak ada yang berubah" in again.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"period": "juli"}, "Periode ditulis tahun dan bulan"),
        ({"file": SimpleUploadedFile("daftar.csv", b"a;b\n1;2")}, "Judul kolom tidak ditemukan"),
        ({"file": SimpleUploadedFile("daftar.pdf", b"%PDF")}, "Pilih berkas CSV"),
        ({"file": ""}, "Pilih berkas daftarnya"),
        ({"until": "01/01/2020"}, "sudah lewat"),
        ({"programme": "lain"}, "Pilih salah satu"),
        ({"region": "entah"}, "Wilayah “entah” tidak ditemukan"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world: World, changes: dict[str, Any], said: str) -> None:
    answered = browser(world.head).post(reverse("entitlements:receive"), typed(unit=str(world.panti.pk), **changes))

    assert answered.status_code == 422
    assert said in answered.content.decode()
    with as_user(world.head):
        assert not Delivery.objects.exists()


def test_a_list_is_withdrawn_with_a_reason(world: World) -> None:
    delivery = loaded(world, csv_of(row(nik(1))))
    client, url = browser(world.head), reverse("entitlements:withdraw", args=[delivery.pk])

    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Salah kirim"}).status_code == 302

    assert "Ditarik" in words(read(client, reverse("entitlements:delivery", args=[delivery.pk])))
    assert browser(world.other_head).get(reverse("entitlements:delivery", args=[delivery.pk])).status_code == 404


def test_a_person_is_looked_up_and_the_page_says_what_how_and_why_not(world: World) -> None:
    budi = registered(world, number=nik(1))
    loaded(
        world,
        csv_of(row(nik(1)), headers=("NIK", "NO KK", "NAMA", "TGL LAHIR", "DESIL", "KEC", "KAB", "PROV")),
        programme="dtsen",
    )
    client = browser(world.owner)
    assert "Belum pernah diperiksa" in words(read(client, of_person(budi)))
    loaded(world, csv_of(row(nik(2), kk="3175100101159999", name="Siti")))

    answered = client.post(reverse("entitlements:check", args=[budi.pk]))

    assert (answered.status_code, answered["Location"]) == (302, of_person(budi))
    page = words(read(client, of_person(budi)))
    assert "DTSEN Ada" in page
    assert "Dicocokkan menurut NIK sama, nama sama, tanggal lahir sama Pasti" in page
    assert "PKH Tidak ada" in page
    assert "Kemungkinan: Tidak ada komponen PKH dalam keluarga" in page
    assert "Tidak ada daftar: DTKS, Sembako, PBI-JK" in page
    assert nik(1) not in page


def test_the_desil_is_said_with_what_is_missing(world: World) -> None:
    budi = registered(world, number=nik(1))
    headers = ("NIK", "NO KK", "NAMA", "TGL LAHIR", "DESIL", "KEC", "KAB", "PROV")
    loaded(world, csv_of(row(nik(1), component="2"), headers=headers), programme="dtsen")
    loaded(world, csv_of(row(nik(2), kk="3175100101159999", name="Siti")))
    checked(world, budi)

    page = words(read(browser(world.owner), of_person(budi)))

    assert "Ada di DTSEN desil 2, tidak ada di PKH. Kemungkinan:" in page


def test_the_family_is_told_by_name_where_one_may_and_by_number_where_not(world: World) -> None:
    budi = registered(world, number=nik(1), kk=KK)
    registered(world, "Karsih Anak", number=nik(4), kk=KK)
    loaded(world, csv_of(row(nik(1)), row(nik(2), name="Siti", born=date(1990, 1, 1), component="SD")))
    checked(world, budi)

    page = words(read(browser(world.owner), of_person(budi)))

    assert "Karsih Anak" in page
    assert "PKH: 1 anggota lain pada KK yang sama (Anak SD)" in page
    assert "Siti" not in page


def test_a_row_that_is_somebody_else_is_denied_on_its_page(world: World) -> None:
    budi = registered(world, number=nik(1))
    loaded(world, csv_of(row(nik(1), name="Karsih", born=date(1971, 2, 3))))
    checked(world, budi)
    with as_user(world.owner):
        match = Match.objects.get()
    client, url = browser(world.owner), reverse("entitlements:decide", args=[match.pk])
    assert "Perlu dipastikan" in words(read(client, of_person(budi)))
    assert "Karsih" in words(read(client, url))

    assert client.post(url, {"answer": "bukan", "reason": ""}).status_code == 422
    assert client.post(url, {"answer": "bukan", "reason": "NIK salah ketik"}).status_code == 302

    page = words(read(client, of_person(budi)))
    assert "Satu baris dinyatakan bukan orang ini oleh Rini Wulandari" in page
    assert "Karsih" not in page


def test_who_may_not_see_it_gets_no_page(world: World) -> None:
    budi = registered(world, number=nik(1))

    assert browser(world.outsider).get(of_person(budi)).status_code == 404
    assert browser(world.carer).get(of_person(budi)).status_code == 403
    assert browser(world.outsider).post(reverse("entitlements:check", args=[budi.pk])).status_code == 404


def test_the_panel_stands_in_the_case_too(world: World) -> None:
    case = make_case(world)
    loaded(world, csv_of(row(nik(1))))

    page = browser(world.owner).get(reverse("entitlements:of_case", args=[case.pk]), headers={"HX-Request": "true"})

    assert "Periksa sekarang" in page.content.decode()


def test_a_caseload_is_checked_with_one_press_and_narrowed(world: World) -> None:
    budi = registered(world, number=nik(1))
    make_case(world, person=budi)
    make_case(world)
    loaded(world, csv_of(row(nik(1))))
    client, url = browser(world.owner), reverse("entitlements:of_caseload")
    assert "2 Belum diperiksa" in words(read(client, url))

    assert client.post(url).status_code == 302

    page = words(read(client, url))
    assert "0 Belum diperiksa" in page
    assert "1 tanpa NIK" in page
    listed = read(client, f"{url}?tampil=ada_pkh")
    assert [one.get_text(strip=True) for one in listed.select("tbody th a, tbody td:first-child a")] == ["Budi Santoso"]


def test_the_table_of_a_house_goes_out_only_with_who_may_take_it(world: World) -> None:
    stay = admit(world, build(world))
    url = reverse("entitlements:of_house", args=[world.panti.pk])
    sheet = reverse("entitlements:sheet", args=[world.panti.pk])
    assert str(stay.person) in words(read(browser(world.owner), url))

    taken = browser(world.head).get(sheet)

    assert [str(one[0]) for one in read_rows(io.BytesIO(taken.content), "x.xlsx").rows] == [str(stay.person)]
    assert browser(world.owner).get(sheet).status_code == 403
    assert browser(world.other_head).get(sheet).status_code == 404
    assert browser(world.outsider).get(url).status_code == 404


def test_pages_cost_the_same_for_one_and_three(world: World) -> None:
    url = reverse("entitlements:of_caseload")
    people = [registered(world, f"Orang {name}", number=nik(at), kk=KK) for at, name in enumerate("ABC", start=1)]
    loaded(world, csv_of(*(row(nik(at), name=person.full_name) for at, person in enumerate(people, start=1))))
    make_case(world, person=people[0])
    checked(world, people[0])
    client = browser(world.owner)
    read(client, url)
    one = statements(client, url)
    for person in people[1:]:
        make_case(world, person=person)
    checked(world, *people)

    three = statements(client, url)

    assert one == three <= MOST_STATEMENTS
    assert statements(client, of_person(people[0])) <= MOST_STATEMENTS
    head = browser(world.head)
    assert statements(head, reverse("entitlements:deliveries")) <= MOST_STATEMENTS
    assert isinstance(world.owner, User)
