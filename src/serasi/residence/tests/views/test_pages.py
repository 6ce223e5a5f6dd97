"""The board, the page of a stay and coming to live here, as those meet them who work in the house."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from serasi.access.models import User
from serasi.access.tests.pages import MOST_STATEMENTS, browser, moment, read, statements, words
from serasi.cases.enums import Confidentiality
from serasi.cases.operations.confidentiality import classify
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.enums import Sex
from serasi.residence import operations as residence
from serasi.residence.models import Stay
from serasi.residence.tests.factories import admit, ago, build, places_of
from serasi.residence.views import board as board_views

pytestmark = pytest.mark.django_db


def tiles(page: BeautifulSoup) -> dict[str, str]:
    return {
        words(tile.select_one(".tile-label")): words(tile.select_one(".tile-count")) for tile in page.select(".tile")
    }


def places(page: BeautifulSoup) -> list[str]:
    return [words(place) for place in page.select(".place")]


def out(stay: Stay, kind: str, by: User, **facts: Any) -> None:
    residence.go_out(id=uuid7(), stay=stay, kind=kind, happened_at=ago(days=1), by=by, at=now(), **facts)


def test_a_carer_sees_who_is_where_tonight(world: World) -> None:
    house = build(world)
    admit(world, house, person=make_person(world, "Asep Suryana"), bed=house.beds[0])
    bejo = admit(world, house, person=make_person(world, "Bejo Wibowo"), bed=house.beds[1])
    out(bejo, "hospital", world.carer, expected_at=now() + timedelta(days=2))
    residence.put_out_of_order(
        id=uuid7(), bed=house.beds[2], reason="broken", since=ago(days=1), by=world.carer, at=now()
    )
    admit(
        world, house, person=make_person(world, "Citra Dewi"), room=house.rooms[1], overrides=["floor"],
        override_reason="Tidak dapat naik tempat tidur",
    )  # fmt: skip

    page = read(browser(world.carer), "/hunian/")

    assert tiles(page) == {
        "Penghuni": "3",
        "Di tempat": "2",
        "Izin": "0",
        "Rumah sakit": "1",
        "Pergi tanpa izin": "0",
        "Tempat kosong": "1",
        "Di lantai": "1",
        "Melebihi tempat tidur": "0",
    }
    seen = places(page)
    assert seen[0] == "Tempat tidur 1 Asep Suryana"
    assert seen[1].startswith("Tempat tidur 2 Bejo Wibowo Rumah sakit kembali")
    assert seen[2:] == [
        "Tempat tidur 1 Tidak dapat dipakai Rusak",
        "Tempat tidur 2 Kosong",
        "Lantai Citra Dewi Di lantai",
    ]


def test_more_people_than_beds_are_counted_not_hidden(world: World) -> None:
    house = build(world, rooms=1)
    for bed in house.beds:
        admit(world, house, bed=bed)
    admit(world, house, room=house.room)

    page = read(browser(world.carer), "/hunian/")

    assert tiles(page)["Melebihi tempat tidur"] == "1"
    assert "1 di atas daya tampung" in words(page)


def test_the_board_narrows_to_what_is_asked_and_looks_back(world: World) -> None:
    house = build(world)
    stay = admit(world, house, person=make_person(world, "Asep Suryana"), happened_at=ago(days=10))
    out(stay, "leave", world.carer)
    client = browser(world.carer)

    assert len(places(read(client, "/hunian/?tampil=leave"))) == 1
    assert places(read(client, "/hunian/?tampil=free")) == [
        "Tempat tidur 2 Kosong",
        "Tempat tidur 1 Kosong",
        "Tempat tidur 2 Kosong",
    ]
    past = read(client, f"/hunian/?hari={timezone.localtime(ago(days=3)):%d/%m/%Y}")
    assert tiles(past)["Di tempat"] == "1"
    before = read(client, f"/hunian/?hari={timezone.localtime(ago(days=20)):%d/%m/%Y}")
    assert tiles(before)["Penghuni"] == "0"
    assert "diabaikan" in words(read(client, "/hunian/?hari=besok&tampil=semua&wisma=x"))


def test_who_is_out_without_a_bed_stays_in_sight(world: World) -> None:
    house = build(world)
    stay = admit(world, house, person=make_person(world, "Asep Suryana"))
    out(stay, "absconded", world.carer, keeps_bed=False)

    page = read(browser(world.carer), "/hunian/")

    assert "Di luar, tempat tidurnya sudah dilepas" in words(page)
    assert "Asep Suryana Pergi tanpa izin" in places(page)


def test_a_wall_says_numbers_and_no_names(world: World) -> None:
    house = build(world)
    admit(world, house, person=make_person(world, "Asep Suryana"))

    page = read(browser(world.carer), "/hunian/?layar=1")

    assert "Asep" not in words(page)
    assert places(page)[0] == "Tempat tidur 1 #1"
    assert page.select_one("a.place") is None


def test_a_sealed_person_is_a_number_to_the_house_and_a_name_to_the_team(world: World) -> None:
    house, case = build(world), make_case(world)
    stay = admit(world, house, person=case.person, case=case)
    classify(case=case, confidentiality=Confidentiality.SEALED, tags=[], by=world.owner, at=now())

    assert places(read(browser(world.colleague), "/hunian/"))[0] == "Tempat tidur 1 #1"
    assert browser(world.colleague).get(reverse("residence:stay", args=[stay.pk])).status_code == 404
    assert case.person.full_name in places(read(browser(world.owner), "/hunian/"))[0]


def test_who_reaches_several_houses_chooses_one(world: World) -> None:
    house = build(world)
    admit(world, house)
    build(world, unit=world.other, name="Melati")
    client = browser(world.officer)

    page = read(client, "/hunian/")

    assert sorted(words(row.select_one("th")) for row in page.select("tbody tr")) == sorted(
        [world.panti.name, world.other.name]
    )
    assert "Mawar" in words(read(client, reverse("residence:board", args=[world.panti.pk])))
    assert browser(world.carer).get(reverse("residence:board", args=[world.other.pk])).status_code == 404


def test_a_house_not_yet_built_says_what_comes_first(world: World) -> None:
    assert "Belum ada rumah" in words(read(browser(world.owner), "/hunian/"))


def test_pages_cost_the_same_for_one_resident_and_for_three(world: World) -> None:
    house = build(world)
    case = make_case(world)
    stay = admit(world, house, person=case.person, case=case)
    client = browser(world.owner)
    other = make_case(world)
    urls = [
        "/hunian/",
        "/hunian/?layar=1",
        reverse("residence:stay", args=[stay.pk]),
        reverse("residence:move", args=[stay.pk]),
        reverse("residence:leave", args=[stay.pk]),
        reverse("residence:of_case", args=[case.pk]),
        reverse("residence:admit", args=[other.pk]),
    ]
    for url in urls:  # statements that are kept are prepared once in a process
        client.get(url)
    once = {url: statements(client, url) for url in urls}
    for bed in house.beds[1:3]:
        admit(world, house, bed=bed)
    residence.move(
        id=uuid7(), stay=stay, room=None, bed=house.beds[3], happened_at=ago(days=2), by=world.owner, at=now()
    )

    assert {url: statements(client, url) for url in urls} == once
    assert {url: count for url, count in once.items() if count > MOST_STATEMENTS} == {}


def test_the_social_worker_admits_from_a_case_to_the_bed_that_is_suggested(world: World) -> None:
    house, case = build(world, sex=Sex.MALE), make_case(world, person=make_person(world, "Asep Suryana", sex=Sex.MALE))
    client = browser(world.owner)
    url = reverse("residence:admit", args=[case.pk])
    form = read(client, url)
    assert "wisma laki-laki" in words(form)
    record = form.select_one("main input[name=id]")["value"]  # type: ignore[index]
    typed = {
        "id": record,
        "place": f"bed:{house.beds[1].pk}",
        **moment("happened_at", ago(hours=2)),
        "purpose": "Pemulihan dan latihan kerja",
        "exit_plan": "Kembali ke keluarga di Bogor",
    }

    first, again = client.post(url, typed), client.post(url, typed)

    with as_user(world.owner):
        stay = Stay.objects.get()
    assert (first.status_code, first["Location"]) == (302, reverse("residence:stay", args=[stay.pk]))
    assert again.status_code == 302
    page = words(read(client, first["Location"]))
    for part in ("Asep Suryana", "Nomor tanda #1", "Ada di tempat", "Mawar, Kamar 1, tempat tidur 2", "latihan kerja"):
        assert part in page
    panel = words(read(client, reverse("residence:of_case", args=[case.pk])))
    assert world.panti.name in panel
    assert "Terima tinggal di sini" not in panel


def test_an_objection_is_asked_back_and_overridden_with_a_reason(world: World) -> None:
    house = build(world, sex=Sex.FEMALE)
    case = make_case(world, person=make_person(world, "Asep Suryana", sex=Sex.MALE))
    client, url = browser(world.owner), reverse("residence:admit", args=[case.pk])
    typed: dict[str, Any] = {
        "id": str(uuid7()),
        "place": "other",
        "other": f"bed:{house.bed.pk}",
        **moment("happened_at", ago(hours=2)),
        "purpose": "Pemulihan",
        "exit_plan": "Kembali ke keluarga",
    }

    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "Wisma ini untuk perempuan." in refused.content.decode()
    silent = client.post(url, {**typed, "overrides": ["sex"]})
    assert silent.status_code == 422
    assert "Tulis mengapa ia tetap ditempatkan di sini." in silent.content.decode()
    done = client.post(url, {**typed, "overrides": ["sex"], "override_reason": "Satu-satunya kamar isolasi"})
    assert done.status_code == 302
    assert "Satu-satunya kamar isolasi" in words(read(client, done["Location"]))


def test_a_bed_that_was_just_taken_is_refused_beside_the_place(world: World) -> None:
    house, case = build(world), make_case(world)
    admit(world, house, bed=house.bed, happened_at=ago(days=1))
    typed = {
        "id": str(uuid7()),
        "place": f"bed:{house.bed.pk}",
        **moment("happened_at", ago(hours=2)),
        "purpose": "Pemulihan",
        "exit_plan": "Pulang",
    }

    response = browser(world.owner).post(reverse("residence:admit", args=[case.pk]), typed)

    assert response.status_code == 422
    page = BeautifulSoup(response.content, "html.parser")
    assert "baru saja ditempati orang lain" in words(page.select_one("#id_place_group"))


def test_a_carer_sends_to_hospital_and_takes_back(world: World) -> None:
    house = build(world)
    stay = admit(world, house)
    client = browser(world.carer)
    url = reverse("residence:stay", args=[stay.pk])
    assert "Ke rumah sakit" in words(read(client, url))

    went = client.post(
        reverse("residence:hospital", args=[stay.pk]),
        {
            "id": str(uuid7()),
            **moment("happened_at", ago(hours=5)),
            "destination": "RSUD Bekasi",
            "bed": "keep",
            "reason": "Demam tinggi",
        },
    )
    assert went.status_code == 302
    page = words(read(client, url))
    assert "Rumah sakit" in page
    assert "RSUD Bekasi" in page
    back = client.post(
        reverse("residence:come_back", args=[stay.pk]),
        {"id": str(uuid7()), "place": "waiting", **moment("happened_at", ago(hours=1))},
    )
    assert back.status_code == 302
    assert places_of(stay, reader=world.owner)[-1] == ("present", "Kamar 1", "1")


def test_what_cannot_have_happened_is_said_beside_the_field(world: World) -> None:
    house = build(world)
    stay = admit(world, house)
    client = browser(world.carer)
    impossible = client.post(
        reverse("residence:come_back", args=[stay.pk]),
        {"id": str(uuid7()), "place": "waiting", **moment("happened_at", ago(hours=1))},
    )
    assert impossible.status_code == 422
    assert "Orang ini ada di tempat" in impossible.content.decode()
    for name in ("move", "leave", "hospital", "absconded", "come_back", "release"):
        assert (
            client.post(reverse(f"residence:{name}", args=[stay.pk]), {"place": "bed:\x00", "id": "x"}).status_code
            == 422
        )


def test_a_carer_moves_but_neither_ends_nor_corrects(world: World) -> None:
    house = build(world)
    stay = admit(world, house)
    client = browser(world.carer)
    page = words(read(client, reverse("residence:stay", args=[stay.pk])))
    assert "Pindah tempat" in page
    assert "Akhiri masa tinggal" not in page
    assert "Betulkan" not in page
    assert client.get(reverse("residence:end", args=[stay.pk])).status_code == 403
    assert client.post(reverse("residence:end", args=[stay.pk]), {}).status_code == 403


def test_a_stay_ends_and_the_person_comes_again(world: World) -> None:
    house, case = build(world), make_case(world)
    stay = admit(world, house, person=case.person, case=case)
    client = browser(world.owner)
    ended = client.post(
        reverse("residence:end", args=[stay.pk]),
        {
            "id": str(uuid7()),
            **moment("happened_at", ago(hours=1)),
            "ending": "family",
            "destination": "Bogor",
            "reason": "Dijemput kakaknya",
        },
    )
    assert ended.status_code == 302
    page = words(read(client, reverse("residence:stay", args=[stay.pk])))
    assert "Pulang ke keluarga" in page
    assert "Pindah tempat" not in page
    assert "Terima kembali tinggal di sini" in words(read(client, reverse("residence:of_case", args=[case.pk])))


def test_a_line_that_was_wrong_is_put_right_and_stays_readable(world: World) -> None:
    house = build(world)
    stay = admit(world, house, happened_at=ago(days=5))
    with as_user(world.owner):
        arrival = stay.movements.get()
    client = browser(world.owner)
    url = reverse("residence:correct", args=[stay.pk, arrival.pk])
    assert client.get(url).status_code == 200

    put_right = client.post(
        url,
        {
            "id": str(uuid7()),
            **moment("happened_at", ago(days=4)),
            "place": f"bed:{house.beds[2].pk}",
            "reason": "Salah kamar",
        },
    )

    assert put_right.status_code == 302, put_right.content.decode()
    assert places_of(stay, reader=world.owner) == [("present", "Kamar 2", "1")]
    page = words(read(client, reverse("residence:stay", args=[stay.pk])))
    assert "Dibetulkan: Masuk" in page
    assert "Salah kamar" in page


def test_two_who_change_the_plan_at_once_both_see_it(world: World) -> None:
    house = build(world)
    stay = admit(world, house)
    client, url = browser(world.owner), reverse("residence:plan", args=[stay.pk])
    typed = {"purpose": "Belajar menjahit", "exit_plan": "Bekerja di konveksi", "revision": str(stay.revision)}
    assert client.post(url, typed).status_code == 302
    late = client.post(url, {**typed, "purpose": "Pemulihan"})
    assert late.status_code == 409
    assert [(d.left, d.right) for d in late.context["form"].differences if d.differs] == [
        ("Pemulihan", "Belajar menjahit")
    ]
    assert "Orang lain menyimpan lebih dulu" in late.content.decode()
    assert "Pemulihan" in late.content.decode()


def test_strangers_find_nothing(world: World) -> None:
    house = build(world)
    stay = admit(world, house)
    client = browser(world.outsider)
    assert client.get(reverse("residence:stay", args=[stay.pk])).status_code == 404
    assert client.post(reverse("residence:move", args=[stay.pk]), {}).status_code == 404
    assert Client().get("/hunian/").status_code in {302, 403}


def test_a_large_house_opens_ward_by_ward(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_views, "MOST_AT_ONCE", 3)
    house = build(world)
    admit(world, house, person=make_person(world, "Asep Suryana"))
    client = browser(world.carer)

    folded = read(client, "/hunian/")
    assert places(folded) == []
    assert "1 dari 4 tempat tidur terisi" in words(folded)

    (ward,) = folded.select(".ward-head a")
    assert places(read(client, f"/hunian/{ward['href']}"))[0] == "Tempat tidur 1 Asep Suryana"
    assert places(read(client, "/hunian/?semua=1"))[0] == "Tempat tidur 1 Asep Suryana"
    assert len(places(read(client, "/hunian/?tampil=free"))) == 3
