"""The pages of a wave, as those meet them who stand at the gate."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from PIL import Image

from serasi.access.models import User
from serasi.access.operations.outbox import receive_entry
from serasi.access.tests.pages import MOST_STATEMENTS, browser, moment, statements, words
from serasi.access.tests.pages import read as read_page
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.encryption import keyring
from serasi.common.envelopes import public_key, seal_envelope
from serasi.common.identifiers import uuid7
from serasi.shelters import operations as shelters
from serasi.shelters.models import Arrival, Gathering, TagRange
from serasi.shelters.queries import account_of
from serasi.shelters.tests.factories import arrive, open_shelter, send_on

pytestmark = pytest.mark.django_db


def read(client: Client, path: str) -> Any:
    return read_page(client, path)


def url(name: str, record: Any) -> str:
    return reverse(f"shelters:{name}", args=[record.pk])


def typed(tag: int, **changed: Any) -> dict[str, Any]:
    return {"id": uuid7(), "tag": tag, "age": "30", "sex": "L", "health": "green"} | changed


def picture() -> SimpleUploadedFile:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Ponsel Rahasia"
    Image.new("RGB", (64, 64), "brown").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("wajah.jpg", out.getvalue(), "image/jpeg")


def came(world: World, gathering: Gathering, *names: str) -> list[Any]:
    with as_user(world.head):
        return list(Arrival.objects.filter(gathering=gathering).order_by("tag").values_list(*names))


def at_the_gate(user: User, gathering: Gathering) -> Client:
    client = browser(user)
    client.post(url("begin", gathering))
    return client


def test_a_head_opens_a_shelter_with_three_answers(world: World) -> None:
    client = browser(world.head)
    page = read(client, "/penampungan/buka/")
    answer = client.post(
        "/penampungan/buka/",
        {
            "id": page.select_one("[name=id]")["value"],
            "unit": world.panti.pk,
            "kind": "round_up",
            "place": "Halaman Satpol PP",
        },
    )

    opened = read(client, answer["Location"])
    assert "Halaman Satpol PP" in words(opened.select_one("h1"))
    assert words(read(client, "/penampungan/").select_one("tbody")).startswith("Halaman Satpol PP")


def test_a_carer_registers_one_after_another_with_numbers_filled_in(world: World) -> None:
    gathering = open_shelter(world)
    client = at_the_gate(world.carer, gathering)
    for expected in ("1", "2"):
        page = read(client, url("register", gathering))
        tag = page.select_one("[name=tag]")["value"]
        assert tag == expected
        assert client.post(url("register", gathering), typed(int(tag))).status_code == 302

    assert came(world, gathering, "tag", "group_tag") == [(1, 1), (2, 2)]
    assert page.select_one("form[data-outbox]")["data-tags"] == "1-100"


def test_two_phones_of_one_person_never_give_the_same_number(world: World) -> None:
    gathering = open_shelter(world)
    phones = [at_the_gate(world.carer, gathering) for _ in range(2)]

    shown = [read(phone, url("register", gathering)).select_one("[name=tag]")["value"] for phone in phones]

    assert shown == ["1", "101"]


def test_a_family_keeps_the_number_of_its_head(world: World) -> None:
    gathering = open_shelter(world)
    client = at_the_gate(world.carer, gathering)

    answer = client.post(url("register", gathering), typed(1, next="family"))
    page = read(client, answer["Location"])

    assert (page.select_one("[name=group_tag]")["value"], page.select_one("[name=tag]")["value"]) == ("1", "2")


def test_more_numbers_are_set_aside_before_they_run_out(world: World) -> None:
    gathering = open_shelter(world)
    client = at_the_gate(world.carer, gathering)
    client.post(url("register", gathering), typed(85))

    page = read(client, url("register", gathering))

    assert page.select_one("form[data-tags]")["data-tags"] == "1-100,101-200"
    assert TagRange.objects.count() == 2


def test_a_photo_is_kept_without_what_the_phone_says_of_itself(world: World) -> None:
    gathering = open_shelter(world)
    client = at_the_gate(world.carer, gathering)
    client.post(url("register", gathering), typed(1, photo=picture()))
    [(pk, photo)] = came(world, gathering, "pk", "photo")

    answer: Any = client.get(reverse("shelters:photo", args=[pk]))

    content = b"".join(answer.streaming_content)
    assert photo.startswith("shelters/photos/")
    assert (answer["Content-Type"], b"Rahasia" in content, content[:2]) == ("image/jpeg", False, b"\xff\xd8")
    assert browser(world.outsider).get(reverse("shelters:photo", args=[pk])).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"tag": ""}, "“Nomor” belum diisi"),
        ({"tag": "banyak"}, "angka bulat"),
        ({"tag": "999999"}, "paling besar"),
        ({"age": "-1"}, "paling kecil"),
        ({"age": ""}, "belum diisi"),
        ({"sex": ""}, "belum dipilih"),
        ({"health": "hitam"}, "Pilih salah satu"),
        ({"dangers": "naga"}, "Pilih dari daftar"),
        ({"name": "a\x00b"}, "karakter"),
        ({"photo": SimpleUploadedFile("a.jpg", b"bukan foto")}, "Foto"),
    ],
)
def test_what_is_typed_wrong_is_said_and_nothing_is_written(world: World, wrong: dict[str, Any], says: str) -> None:
    gathering = open_shelter(world)
    client = at_the_gate(world.carer, gathering)

    answer = client.post(url("register", gathering), typed(1) | wrong)

    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert came(world, gathering, "tag") == []


def test_a_number_that_is_worn_is_said_beside_the_form(world: World) -> None:
    gathering = open_shelter(world)
    arrive(world, gathering, tag=1)

    answer = at_the_gate(world.carer, gathering).post(url("register", gathering), typed(1))

    assert (answer.status_code, "sudah dipakai orang lain" in answer.content.decode()) == (422, True)


def test_an_unaccompanied_child_is_flagged_at_once_and_stands_on_todays_page(world: World) -> None:
    gathering = open_shelter(world)
    child = arrive(world, gathering, tag=7, age=9, name="Dito")
    client = browser(world.owner)

    assert "Anak tanpa orang dewasa" in words(read(client, url("gathering", gathering)).select_one(".arrivals"))
    today = words(read(client, "/").select_one("main"))
    assert ("Anak datang tanpa orang dewasa" in today, "#7, GOR Ciracas" in today, "Dito" in today) == (
        True,
        True,
        False,
    )
    send_on(world, gathering, [child], "police")
    assert "Anak datang tanpa" not in words(read(client, "/").select_one("main"))


def test_numbers_stand_on_top_and_lead_to_the_list_narrowed_to_them(world: World) -> None:
    gathering = open_shelter(world, capacity=2)
    arrive(world, gathering, tag=1, health="red", name="Merah Padam")
    arrive(world, gathering, tag=2, age=30)
    gone = arrive(world, gathering, tag=3, dangers=["violence"])
    send_on(world, gathering, [gone])
    client = browser(world.carer)

    page = read(client, url("gathering", gathering))
    tiles = {words(one.select_one(".tile-label")): words(one.select_one(".tile-count")) for one in page.select(".tile")}
    narrowed = read(client, url("gathering", gathering) + "?tampil=red")

    assert (tiles["Datang"], tiles["Masih di sini"], tiles["Sudah diteruskan"], tiles["Merah"]) == ("3", "2", "1", "1")
    assert [words(one) for one in narrowed.select(".arrival-tag")] == ["1"]
    assert "3" in words(read(client, url("count", gathering)))


@pytest.mark.parametrize("only", ["", "here", "gone", "alone", "red", "yellow", "danger", "unmatched", "late", "naga"])
def test_every_narrowing_answers(world: World, only: str) -> None:
    gathering = open_shelter(world)
    arrive(world, gathering)

    assert browser(world.carer).get(url("gathering", gathering), {"tampil": only}).status_code == 200


def test_a_search_by_name_or_number_leaves_no_name_in_the_address(world: World) -> None:
    gathering = open_shelter(world)
    arrive(world, gathering, tag=1, name="Karto Suwiryo")
    arrive(world, gathering, tag=2, name="Sulastri")
    client = browser(world.carer)

    sent = client.post(url("gathering", gathering), {"_cari": "1", "q": "karto"})
    page = read(client, sent["Location"])

    assert "karto" not in sent["Location"].lower()
    assert [words(one) for one in page.select(".arrival-tag")] == ["1"]


def test_people_go_on_by_their_numbers_together(world: World) -> None:
    gathering = open_shelter(world)
    for tag in (1, 2, 3, 9):
        arrive(world, gathering, tag=tag)
    client = browser(world.owner)
    page = read(client, url("onward", gathering) + "?nomor=1&nomor=9")
    assert page.select_one("[name=arrivals]")["value"] == "1, 9"

    form = {
        "id": page.select_one("[name=id]")["value"],
        "arrivals": "1-3, 9",
        "kind": "family",
        **moment("happened_at", now()),
    }
    sent = [client.post(url("onward", gathering), form).status_code for _ in range(2)]

    with as_user(world.head):
        assert (sent, account_of(gathering).gone) == ([302, 302], 4)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"arrivals": "77"}, "Tidak ada orang dengan nomor 77"),
        ({"arrivals": "satu"}, "bukan nomor"),
        ({"arrivals": "9-1"}, "paling banyak 2.000"),
        ({"arrivals": "1-99999"}, "paling banyak 2.000"),
        ({"arrivals": ""}, "belum diisi"),
        ({"kind": "naga"}, "Pilih salah satu"),
        ({"kind": "placed"}, "Pilih unit tujuan"),
        ({"to_unit": "x"}, "Pilih salah satu"),
    ],
)
def test_a_batch_that_cannot_be_is_refused_whole(world: World, wrong: dict[str, Any], says: str) -> None:
    gathering = open_shelter(world)
    arrive(world, gathering, tag=1)
    form = {"id": uuid7(), "arrivals": "1", "kind": "family", **moment("happened_at", now())} | wrong

    answer = browser(world.owner).post(url("onward", gathering), form)

    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    with as_user(world.head):
        assert account_of(gathering).gone == 0


def test_closing_says_who_is_left(world: World) -> None:
    gathering = open_shelter(world)
    left = arrive(world, gathering, tag=12)
    client = browser(world.head)

    refused = client.post(url("close", gathering), follow=True)
    send_on(world, gathering, [left])
    done = client.post(url("close", gathering), follow=True)

    assert "1 orang belum diteruskan: nomor 12." in refused.content.decode()
    assert "Semua orang tercatat ke mana perginya" in done.content.decode()


def test_what_was_written_in_a_hurry_is_mended_and_going_on_taken_back(world: World) -> None:
    gathering = open_shelter(world)
    made = arrive(world, gathering, tag=1, age=20, name="Karto")
    client = browser(world.owner)
    fields = {"sex": "L", "age": "8", "name": "Karto kecil", "health": "yellow", "revision": "1"}

    assert client.post(url("change", made), fields).status_code == 302
    assert client.post(url("change", made), fields).status_code == 409
    assert came(world, gathering, "age", "name", "group_tag") == [(8, "Karto kecil", 1)]
    send_on(world, gathering, [made])
    assert client.post(url("withdraw", made), {"reason": ""}).status_code == 422
    assert client.post(url("withdraw", made), {"reason": "Keluarga tidak jadi datang"}).status_code == 302
    assert client.post(url("withdraw", made), {"reason": "x"}).status_code == 404


def test_the_manifest_names_people_only_when_asked_by_who_may(world: World) -> None:
    gathering = open_shelter(world)
    one, two = (
        arrive(world, gathering, tag=1, name="Karto"),
        arrive(world, gathering, tag=2, name="Ujang", belongings="tas"),
    )
    send_on(world, gathering, [one], "placed", to_unit=world.other)

    def rows(user: User, query: str) -> list[list[str]]:
        page = read(browser(user), url("manifest", gathering) + query)
        return [[words(cell) for cell in row.select("th, td")] for row in page.select("tbody tr")]

    assert [row[0] for row in rows(world.owner, "")] == ["1", "2"]
    assert "Karto" not in str(rows(world.owner, ""))
    assert [row[:2] for row in rows(world.owner, "?nama=on&tujuan=placed")] == [["1", "Karto"]]
    assert [row[:2] for row in rows(world.carer, "?nama=on&tujuan=here")] == [["2", "Laki-laki, ±35 tahun"]]
    assert two.tag == 2


def test_those_who_came_are_matched_with_the_register_many_at_once(world: World) -> None:
    gathering = open_shelter(world)
    known = make_person(world, "Sulastri Rahayu", sex="P", by=world.outsider, unit=world.other)
    same = arrive(world, gathering, tag=1, name="Sulastri Rahayu", sex="P")
    later = arrive(world, gathering, tag=2, name="Sulastri Rahayu", sex="P")
    fresh = arrive(world, gathering, tag=3, name="Gatotkaca Purbaya")
    client = browser(world.owner)
    page = read(client, url("recognise", gathering))
    seen = {field["name"]: field["value"] for field in page.select("section input[type=hidden]")}

    chosen = {f"siapa_{same.pk}": str(known.pk), f"siapa_{later.pk}": "nanti", f"siapa_{fresh.pk}": "nanti"}
    done = client.post(url("recognise", gathering), seen | chosen | {"semua_baru": "1"})

    assert done.status_code == 302
    with as_user(world.owner):
        people = {one.tag: str(one.person or "") for one in Arrival.objects.select_related("person")}
    assert people == {1: "Sulastri Rahayu", 2: "", 3: "Gatotkaca Purbaya"}
    forged = client.post(url("recognise", gathering), {f"siapa_{later.pk}": str(known.pk), "siapa_x": "baru"})
    assert forged.status_code == 302
    with as_user(world.owner):
        assert Arrival.objects.get(pk=later.pk).person_id is None


def test_whoever_is_let_in_with_the_code_works_beside_the_others(world: World) -> None:
    gathering = open_shelter(world)
    client = browser(world.outsider)
    assert client.get(url("gathering", gathering)).status_code == 404

    assert client.post("/penampungan/bantu/", {"code": "AAAAAA"}).status_code == 422
    client.post("/penampungan/bantu/", {"code": gathering.join_code})
    client.post(url("begin", gathering))

    assert client.post(url("register", gathering), typed(1)).status_code == 302
    assert client.post(url("close", gathering)).status_code == 403


def test_a_page_is_one_for_those_who_may(world: World) -> None:
    gathering = open_shelter(world)
    made = arrive(world, gathering)
    carer, officer = browser(world.carer), browser(world.officer)

    asked = {
        "carer on": carer.get(url("onward", gathering)).status_code,
        "carer recognises": carer.get(url("recognise", gathering)).status_code,
        "carer closes": carer.post(url("close", gathering)).status_code,
        "officer sees": officer.get(url("gathering", gathering)).status_code,
        "officer registers": officer.get(url("register", gathering)).status_code,
        "officer changes": officer.post(url("change", made)).status_code,
    }

    assert list(asked.values()) == [403, 403, 403, 200, 403, 403]


def test_one_row_and_three_cost_the_same_statements(world: World) -> None:
    gathering = open_shelter(world)
    client = at_the_gate(world.owner, gathering)
    made = arrive(world, gathering, tag=1, name="Karto")
    pages = [url(name, gathering) for name in ("gathering", "register", "onward", "manifest", "recognise", "count")]
    pages += ["/penampungan/", url("arrival", made)]
    once = {page: statements(client, page) for page in pages}
    for tag in (2, 3):
        arrive(world, gathering, tag=tag, name=f"Ujang {tag}", group_tag=1)
        open_shelter(world)
    send_on(world, gathering, [made])

    thrice = {page: statements(client, page) for page in pages}

    assert thrice == once
    assert max(once.values()) <= MOST_STATEMENTS


def test_without_a_session_of_its_own_a_phone_is_asked_to_begin(world: World) -> None:
    gathering = open_shelter(world)

    page = read(browser(world.carer), url("register", gathering))

    assert "Mulai mencatat" in words(page.select_one("main"))


def test_what_a_phone_sends_after_closing_opens_the_shelter_again(world: World) -> None:
    gathering = open_shelter(world)
    client = at_the_gate(world.carer, gathering)
    shelters.close_gathering(gathering=gathering, by=world.head, at=now())

    assert client.post(url("register", gathering), typed(1)).status_code == 302

    page = words(read(browser(world.head), url("gathering", gathering)).select_one("main"))
    assert ("terbuka lagi" in page, "Datang terlambat" in page) == (True, True)


def test_looking_at_a_refused_arrival_sets_no_numbers_aside(world: World) -> None:
    gathering = open_shelter(world)
    client, record = at_the_gate(world.carer, gathering), uuid7()
    with as_user(world.carer):
        receive_entry(
            id=record,
            address=url("register", gathering),
            label="Kedatangan 85",
            typed_at=now(),
            status=422,
            content_type="application/x-www-form-urlencoded",
            content=urlencode(typed(85)).encode(),
            by=world.carer,
            at=now(),
        )

    looked = client.get(f"/kiriman/{record}/").status_code

    assert (looked, client.session["arrival_tags"], TagRange.objects.count()) == (
        200,
        {str(gathering.pk): [[1, 100]]},
        1,
    )
    assert client.post(f"/kiriman/{record}/").status_code == 302
    assert (len(client.session["arrival_tags"][str(gathering.pk)]), TagRange.objects.count()) == (2, 2)


def test_an_arrival_that_waited_says_when_it_was_typed(world: World) -> None:
    gathering = open_shelter(world)
    client, typed_at = at_the_gate(world.carer, gathering), now() - timedelta(hours=1)
    told = {"id": str(uuid7()), "user": str(world.carer.pk), "address": url("register", gathering), "label": "x"}
    told |= {"at": typed_at.isoformat(), "type": "application/x-www-form-urlencoded"}
    content = json.dumps(told).encode() + b"\n" + urlencode(typed(1)).encode()
    envelope = seal_envelope(content, public_key(keyring()))

    for _ in range(2):
        client.post("/kiriman/terima/", envelope, content_type="application/octet-stream")

    assert came(world, gathering, "tag", "arrived_at") == [(1, typed_at)]
