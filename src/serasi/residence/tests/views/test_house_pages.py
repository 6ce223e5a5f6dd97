"""Building a house page by page: what a head of unit does once, and a carer when a bed breaks."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from serasi.access.tests.pages import browser, moment, read, statements, words
from serasi.cases.enums import Confidentiality
from serasi.cases.operations.confidentiality import classify
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.institutions.models import Institution
from serasi.institutions.operations import record_capacity
from serasi.residence.models import Bed, Building, Room, Ward
from serasi.residence.tests.factories import admit, build

pytestmark = pytest.mark.django_db


def send(client: Client, act: str, record: Any, /, **typed: Any) -> int:
    url = reverse(f"residence:{act}", args=[record.pk])
    assert client.get(url).status_code == 200
    return client.post(url, {"id": str(uuid7()), **typed}).status_code


def describe(world: World) -> Institution:
    with as_user(world.administrator):
        return Institution.objects.create(id=uuid7(), unit=world.panti)


def test_a_head_builds_a_house_from_nothing(world: World) -> None:
    client = browser(world.head)
    assert "Belum ada gedung" in words(read(client, reverse("residence:house", args=[world.panti.pk])))

    assert send(client, "add_building", world.panti, name="Gedung Utama") == 302
    with as_user(world.head):
        building = Building.objects.get()
    assert send(client, "add_ward", building, name="Mawar", sex="P", age_from="18", age_to="59") == 302
    with as_user(world.head):
        ward = Ward.objects.get()
    assert send(client, "add_room", ward, name="Kamar 1", beds="2") == 302
    with as_user(world.head):
        room = Room.objects.get()
    assert send(client, "add_beds", room, labels="2-4, A1", since=f"{timezone.localdate():%d/%m/%Y}") == 302

    page = words(read(client, reverse("residence:house", args=[world.panti.pk])))
    assert "Mawar Perempuan · 18–59 tahun · 5 tempat tidur" in page
    with as_user(world.head):
        assert sorted(Bed.objects.values_list("label", flat=True)) == ["1", "2", "3", "4", "A1"]


def test_a_name_that_stands_already_is_refused_with_words(world: World) -> None:
    house = build(world)
    client = browser(world.head)
    assert send(client, "add_building", world.panti, name=house.building.name) == 422
    assert send(client, "add_ward", house.building, name=house.ward.name) == 422
    assert send(client, "add_room", house.ward, name=house.room.name, beds="1") == 422
    assert send(client, "add_beds", house.room, labels="1-9999", since="01/01/2026") == 422


def test_what_is_lived_in_does_not_close_and_says_who(world: World) -> None:
    house = build(world)
    admit(world, house)
    client, today = browser(world.head), f"{timezone.localdate():%d/%m/%Y}"
    for name, record in (("close_ward", house.ward), ("close_room", house.room), ("close_bed", house.bed)):
        url = reverse(f"residence:{name}", args=[record.pk])
        refused = client.post(url, {"last_day": today})
        assert (refused.status_code, "nomor tanda 1" in refused.content.decode()) == (422, True)
    assert send(client, "close_room", house.rooms[1], last_day=today) == 302


def test_a_carer_puts_a_broken_bed_aside_and_back(world: World) -> None:
    house = build(world)
    client = browser(world.carer)
    assert send(client, "put_out_of_order", house.bed, reason="broken", **moment("since", now())) == 302
    url = reverse("residence:bed", args=[house.bed.pk])
    assert "Rusak" in words(read(client, url))
    assert client.post(reverse("residence:put_back", args=[house.bed.pk]), {"pulih": "1"}).status_code == 302
    assert "Dapat dipakai" in words(read(client, url))
    assert client.get(reverse("residence:change_bed", args=[house.bed.pk])).status_code == 403
    assert client.get(reverse("residence:add_building", args=[world.panti.pk])).status_code == 403


def test_two_who_change_a_ward_at_once_are_told(world: World) -> None:
    house = build(world)
    client = browser(world.head)
    typed = {"name": "Melati", "revision": str(house.ward.revision)}
    assert send(client, "change_ward", house.ward, **typed) == 302
    assert client.post(reverse("residence:change_ward", args=[house.ward.pk]), typed).status_code == 409


def test_the_page_of_a_house_costs_the_same_for_one_ward_and_three(world: World) -> None:
    build(world)
    client, url = browser(world.head), reverse("residence:house", args=[world.panti.pk])
    client.get(url)
    once = statements(client, url)
    build(world, name="Melati", rooms=3)
    build(world, name="Kenanga", rooms=3)
    assert statements(client, url) == once <= 15
    assert browser(world.outsider).get(url).status_code in {403, 404}


def test_a_building_is_renamed_and_closed_from_its_page(world: World) -> None:
    house = build(world)
    client = browser(world.head)
    assert send(client, "change_building", house.building, name="Gedung Baru", position="2", revision="1") == 302
    page = words(read(client, reverse("residence:house", args=[world.panti.pk])))
    assert "Gedung Baru" in page
    assert send(client, "close_building", house.building, last_day=f"{timezone.localdate():%d/%m/%Y}") == 302


def test_a_head_sees_room_by_decree_beside_beds_and_people(world: World) -> None:
    house = build(world)
    admit(world, house)
    institution = describe(world)
    record_capacity(
        id=uuid7(), institution=institution, places=60, basis="decree", since=timezone.localdate(), source="SK 12/2026",
        by=world.head, at=now(),
    )  # fmt: skip
    page = read(browser(world.head), reverse("residence:house", args=[world.panti.pk]))
    assert [words(fact) for fact in page.select("dl.facts > div")][:3] == [
        "Kapasitas menurut ketetapan 60 orang",
        "Tempat tidur 4, 4 dapat dipakai",
        "Penghuni sekarang 1 orang",
    ]
    board = read(browser(world.carer), "/hunian/")
    assert words(board.select(".tile")[0]) == "1 Penghuni kapasitas menurut ketetapan 60"


def test_criteria_stand_on_the_page_of_the_house_in_the_directory_and_at_the_door(world: World) -> None:
    build(world)
    client, institution = browser(world.head), describe(world)
    typed = {"since": f"{timezone.localdate():%d/%m/%Y}", "sex": "P", "age_from": "18", "kinds": ["gelandangan"]}
    assert send(client, "set_criteria", world.panti, **typed, to_bring="KTP bila ada") == 302
    told = "Menerima Perempuan Umur 18 tahun ke atas Jenis PPKS Gelandangan Yang perlu dibawa KTP bila ada"
    case = make_case(world)
    for user, url in (
        (world.head, reverse("residence:house", args=[world.panti.pk])),
        (world.outsider, reverse("institutions:institution", args=[institution.pk])),
        (world.owner, reverse("residence:admit", args=[case.pk])),
    ):
        assert told in words(read(browser(user), url))
    again = read(client, reverse("residence:set_criteria", args=[world.panti.pk]))
    assert again.select_one("input[name=age_from]")["value"] == "18"  # type: ignore[index]
    assert send(client, "set_criteria", world.panti, since="besok") == 422


def test_a_head_lays_out_the_rooms_and_is_told_of_two_on_one_place(world: World) -> None:
    house = build(world)
    client, url = browser(world.head), reverse("residence:lay_out", args=[house.ward.pk])
    proposed = read(client, f"{url}?susun=1")
    assert [field["value"] for field in proposed.select("input[inputmode=numeric]")] == ["1", "1", "2", "1"]
    one, two = (room.pk for room in house.rooms)
    there = {f"row_{one}": "1", f"column_{one}": "2", f"row_{two}": "1", f"column_{two}": "2", "revision": "1"}
    refused = client.post(url, there)
    assert (refused.status_code, "sama-sama di baris 1" in refused.content.decode()) == (422, True)
    assert client.post(url, there | {f"column_{two}": ""}).status_code == 422
    assert client.post(url, there | {f"column_{two}": "4"}).status_code == 302
    plan = read(browser(world.carer), reverse("residence:floor_plan", args=[world.panti.pk]))
    (row,) = plan.select(".floor-plan-grid tr")
    assert [words(cell) for cell in row.select("td")] == ["Kamar 1 1 Kosong 2 Kosong", "", "Kamar 2 1 Kosong 2 Kosong"]
    assert client.get(f"{url}?susun=999").status_code == 200


def test_the_printed_plan_names_whom_the_reader_may_know_and_guards_the_rest(world: World) -> None:
    house = build(world)
    admit(world, house, person=make_person(world, "Asep Suryana"), bed=house.beds[0])
    sealed = make_case(world)
    classify(case=sealed, confidentiality=Confidentiality.SEALED, tags=[], by=world.owner, at=now())
    admit(world, house, person=sealed.person, bed=house.beds[1])
    url = reverse("residence:floor_plan", args=[world.panti.pk])
    for user in (world.owner, world.carer):
        shown = [words(spot) for spot in read(browser(user), url).select(".floor-plan-room li")]
        assert shown[:2] == ["1 Asep Suryana", "2 #2"]
    tags = read(browser(world.owner), f"{url}?sebut=nomor")
    assert [words(spot) for spot in tags.select(".floor-plan-room li")][:2] == ["1 #1", "2 #2"]
    assert browser(world.outsider).get(url).status_code == 404


def test_a_month_shows_how_full_each_ward_was_and_who_was_where(world: World) -> None:
    house = build(world, rooms=1)
    for bed in house.beds:
        admit(world, house, bed=bed)
    admit(world, house, room=house.room)
    client, url = browser(world.carer), reverse("residence:month", args=[world.panti.pk])
    page = read(client, url)
    assert words(page.select("td.over")[0]) == "3 +1"
    link = page.select_one(".month tbody a")
    assert link is not None
    ward = read(client, f"{url}{link['href']}")
    assert [words(cell) for cell in ward.select(".month tbody td[class^=m-present]")] == ["1", "2"]
    for asked in ("?bulan=x", "?bulan=0001-01", "?bulan=9999-12", "?wisma=x", "?bulan=2026-13"):
        assert client.get(f"{url}{asked}").status_code == 200
    names = statements(client, url), statements(client, f"{url}{link['href']}")
    admit(world, build(world, name="Melati"))
    assert (statements(client, url), statements(client, f"{url}{link['href']}")) == names
    assert max(names) <= 15


def test_a_dinas_sees_all_its_houses_beside_their_room(world: World) -> None:
    house = build(world, rooms=1)
    build(world, unit=world.other)
    for bed in house.beds:
        admit(world, house, bed=bed)
    admit(world, house, room=house.room)
    client = browser(world.officer)
    table = read(client, "/hunian/").select_one("table")
    assert table is not None
    assert [words(row) for row in table.select("tbody tr")] == [
        f"{world.panti.name} 3 – 2 1 3 0 1",
        f"{world.other.name} 0 – 4 0 0 0 0",
    ]
    assert statements(client, "/hunian/") <= 15
