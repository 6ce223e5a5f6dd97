"""The pages of instruments: the catalogue, filling together, results, development; who sees what, and what it costs."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from serasi.access.models import User
from serasi.access.tests.pages import MOST_STATEMENTS, browser, read, statements, words
from serasi.assessments import operations
from serasi.assessments.models import Assessment, Edition
from serasi.assessments.operations import SentFile
from serasi.assessments.shipped import shipped
from serasi.assessments.tests import factories
from serasi.assessments.tests.factories import CATATAN, HARAPAN, MAKAN, POORLY, TIDUR, WELL, score_of
from serasi.cases.enums import Confidentiality
from serasi.cases.models import Case
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.team import add_member
from serasi.cases.tests.factories import World, make_case, now
from serasi.common.identifiers import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(world: World) -> Edition:
    return factories.published(world.panti, world.head)


@pytest.fixture
def case(world: World) -> Case:
    made = make_case(world)
    add_member(id=uuid7(), case=made, user=world.psychologist, part="member", by=world.owner, at=now())
    return made


@pytest.fixture
def filling(world: World, case: Case, edition: Edition) -> Assessment:
    return factories.begun(case, edition, world.owner)


def send(client: Client, filling: Assessment, entries: Any, *, cursor: int = 0) -> dict[str, Any]:
    body = json.dumps({"cursor": cursor, "entries": entries})
    response = client.post(f"/asesmen/{filling.pk}/simpan/", body, content_type="application/json")
    assert response.status_code == 200, response.content
    told: dict[str, Any] = response.json()
    return told


def entry(path: str, value: str, before: str = "") -> dict[str, str]:
    return {"id": str(uuid7()), "path": path, "value": value, "before": before}


def test_a_social_worker_finds_what_fits_and_begins_to_fill_it(world: World, case: Case, edition: Edition) -> None:
    client = browser(world.owner)

    page = read(client, f"/asesmen/kasus/{case.pk}/pilih/")
    assert "Kesejahteraan sehari-hari" in words(page)
    address = f"/asesmen/kasus/{case.pk}/mulai/{edition.pk}/"
    form = read(client, address).select_one("main form")
    assert form is not None
    told = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden], input[type=text]")}
    sent = client.post(address, {**told, "mode": "interview"})

    made = Assessment.objects.get(case=case)
    assert (sent.status_code, sent["Location"]) == (302, f"/asesmen/{made.pk}/")
    assert read(client, sent["Location"]).select_one("[data-fill]") is not None


def test_two_who_fill_it_hear_of_each_other(world: World, filling: Assessment) -> None:
    owner, psychologist = browser(world.owner), browser(world.psychologist)

    first = send(owner, filling, [entry(TIDUR, "2")])
    heard = send(psychologist, filling, [entry(HARAPAN, "1")])

    assert (first["cursor"], len(first["taken"]), len(first["news"])) == (1, 1, 1)
    assert [(one["path"], one["value"], one["by"]) for one in heard["news"]] == [
        (TIDUR, "2", str(world.owner)),
        (HARAPAN, "1", str(world.psychologist)),
    ]
    answers = owner.get(f"/asesmen/{filling.pk}/isian/").json()
    assert "<tidur>2</tidur>" in answers["instance"]
    assert [(one["name"], one["may_write"]) for one in answers["sections"]] == [("umum", True), ("batin", False)]


def test_a_difference_is_told_with_both_sides_and_to_a_third_reader_with_both_names(
    world: World, case: Case, filling: Assessment
) -> None:
    add_member(id=uuid7(), case=case, user=world.colleague, part="member", by=world.owner, at=now())
    owner, colleague, third = (browser(one) for one in (world.owner, world.colleague, world.psychologist))
    send(owner, filling, [entry(CATATAN, "satu")])

    send(colleague, filling, [entry(CATATAN, "dua", before="nol")])

    def sides(reader: Client) -> list[str]:
        [told] = reader.get(f"/asesmen/{filling.pk}/isian/").json()["differences"]
        return [told[name] for name in ("before", "mine", "ours", "by", "theirs")]

    assert sides(owner) == ["nol", "", "satu", str(world.colleague), "dua"]
    assert sides(colleague) == ["nol", "", "dua", str(world.owner), "satu"]
    assert sides(third) == ["nol", str(world.colleague), "dua", str(world.owner), "satu"]


BROKEN = [
    b"",
    b"[]",
    b"null",
    b"{",
    b'{"entries": 5}',
    b'{"entries": [5]}',
    b'{"entries": [{"id": "x"}]}',
    b'{"entries": [{"id": "0190f0f0-0000-7000-8000-000000000000", "path": 5}]}',
    b'{"cursor": "x"}',
    b'{"cursor": 1e999}',
    b'{"entries": [{"id": "0190f0f0-0000-7000-8000-000000000000", "path": "/a", "settles": "zz"}]}',
    b"\xff\xfe",
    b"[" * 100_000,
    json.dumps({"entries": [{"id": str(uuid7()), "path": "/x"}] * 501}).encode(),
]


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_sending_of_ours_is_refused_with_words(world: World, filling: Assessment, body: bytes) -> None:
    response = browser(world.owner).post(f"/asesmen/{filling.pk}/simpan/", body, content_type="application/json")

    assert response.status_code == 422
    assert set(response.json()) == {"message"}


def test_finishing_says_what_is_missing_and_then_what_was_found(world: World, filling: Assessment) -> None:
    owner, psychologist = browser(world.owner), browser(world.psychologist)
    send(owner, filling, [entry(TIDUR, "0"), entry(MAKAN, "1")])
    address = f"/asesmen/{filling.pk}/"

    refused = owner.post(f"{address}selesai/")
    assert (refused.status_code, "Batin: Punya harapan – Isian ini wajib." in refused.content.decode()) == (422, True)

    send(psychologist, filling, [entry("/data/batin/cemas", "2"), entry(HARAPAN, "1")])
    assert owner.post(f"{address}selesai/")["Location"] == address
    told = words(read(owner, address))
    assert "Kesejahteraan Rendah 2 dari 8 Perlu ditemani." in told
    assert "Tindak lanjut : Temui lagi dalam sepekan. Nilainya rendah." in told
    assert "Tidur nyenyak Tidak pernah" in told


def test_a_photo_belongs_to_an_answer_and_is_read_by_the_team_alone(world: World, filling: Assessment) -> None:
    owner = browser(world.owner)
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
    )
    tried = {"id": str(uuid7()), "path": CATATAN, "file": SimpleUploadedFile("../../a.png", png)}
    refused = owner.post(f"/asesmen/{filling.pk}/berkas/", tried)
    assert (refused.status_code, "message" in refused.json()) == (422, True)  # one pixel is no photo

    sound = {"id": str(uuid7()), "path": CATATAN, "file": SimpleUploadedFile("../../a.exe", b"OggS" + b"\x00" * 40)}
    name = owner.post(f"/asesmen/{filling.pk}/berkas/", sound).json()["name"]
    assert name == f"{sound['id']}.ogg"
    assert owner.post(f"/asesmen/{filling.pk}/berkas/", sound).json()["name"] == name
    assert owner.get(f"/asesmen/{filling.pk}/berkas/{name}").status_code == 200
    assert browser(world.outsider).get(f"/asesmen/{filling.pk}/berkas/{name}").status_code == 404


def test_a_photo_that_has_not_come_yet_is_said_and_one_that_has_is_opened_by_the_name_of_the_phone(
    world: World, case: Case
) -> None:
    edition = factories.published(world.panti, world.head, "8", asks="audio suara; image foto", rater="")
    there = SentFile("rekaman “satu”.ogg", "audio/ogg", b"OggS" + b"\x00" * 40)
    named = WELL | {"/data/umum/suara": there.name, "/data/umum/foto": "1763800000001.jpg"}
    filling = factories.received(case, edition, world.owner, named, files=[there])
    owner = browser(world.owner)

    told = words(read(owner, f"/asesmen/{filling.pk}/"))

    assert (told.count("Buka berkas"), told.count("Berkas ini belum tiba")) == (1, 1)
    assert owner.get(f"/asesmen/{filling.pk}/berkas/{there.name}").status_code == 200


@pytest.fixture
def measured(world: World, case: Case, edition: Edition) -> Case:
    today = world.panti.day_at(now())
    for days, answers in ((0, POORLY), (0, WELL)):
        filling = factories.finished(
            case, edition, world.owner, answers, helper=world.psychologist, on=today - timedelta(days=days)
        )
        assert filling.is_finished
    return case


def test_development_compares_with_the_own_start_and_says_whether_it_is_more_than_error(
    world: World, measured: Case
) -> None:
    told = words(read(browser(world.owner), f"/asesmen/kasus/{measured.pk}/perkembangan/"))

    assert "+5 dari awalnya sendiri" in told
    assert "ke arah yang lebih baik; lebih besar dari galat alat ukurnya." in told


def test_another_opinion_stands_beside_the_score(world: World, case: Case, edition: Edition) -> None:
    filling = factories.finished(case, edition, world.owner, WELL, helper=world.psychologist)
    score = score_of(filling, reader=world.psychologist)
    client = browser(world.psychologist)
    address = f"/asesmen/skor/{score.pk}/pendapat/"
    form = read(client, address).select_one("main form")
    assert form is not None
    hidden = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}

    assert client.post(address, {**hidden, "reason": "Ia belum mau bercerita."}).status_code == 302

    assert "Pendapat lain, " in words(read(client, f"/asesmen/{filling.pk}/"))


def test_a_workbook_with_mistakes_says_where_they_stand_and_a_mended_one_becomes_a_draft(world: World) -> None:
    head = browser(world.head)
    source = factories.upload().source
    hidden = read(head, "/instrumen/unggah/").select("main form input[type=hidden]")
    told = {one["name"]: one.get("value", "") for one in hidden} | {"unit": str(world.panti.pk)}

    wrong = SimpleUploadedFile("uji.md", source.replace(b"| sejahtera | cukup | 4 |", b"| sejahtera | cukup | 3 |"))
    refused = head.post("/instrumen/unggah/", told | {"file": wrong})
    assert refused.status_code == 422
    assert "pita" in refused.content.decode()

    sent = head.post("/instrumen/unggah/", told | {"file": SimpleUploadedFile("uji.md", source)})
    assert sent.status_code == 302
    page = read(head, sent["Location"])
    assert "Rancangan" in words(page)
    assert read(head, f"{sent['Location']}coba/").select_one("[data-fill]") is not None
    assert head.get(f"{sent['Location']}sumber/").content == source
    assert head.get(f"{sent['Location']}lembar.xlsx").content.startswith(b"PK")
    assert head.post(f"{sent['Location']}terbitkan/")["Location"] == sent["Location"]
    assert "Terbit" in words(read(browser(world.owner), sent["Location"]))


def test_only_pages_that_fill_forms_may_compile_webassembly(world: World, filling: Assessment) -> None:
    owner = browser(world.owner)

    policies = {
        url: "'wasm-unsafe-eval'" in owner.get(url)["Content-Security-Policy"]
        for url in (f"/asesmen/{filling.pk}/", "/instrumen/", f"/instrumen/edisi/{filling.edition_id}/coba/", "/")
    }

    assert list(policies.values()) == [True, False, True, False]


def test_pages_cost_the_same_for_one_and_three(world: World, case: Case, edition: Edition) -> None:
    owner = browser(world.owner)
    filling = factories.finished(case, edition, world.owner, WELL, helper=world.psychologist)
    urls = [
        "/instrumen/",
        f"/instrumen/edisi/{edition.pk}/",
        f"/asesmen/kasus/{case.pk}/",
        f"/asesmen/kasus/{case.pk}/pilih/",
        f"/asesmen/kasus/{case.pk}/perkembangan/",
        f"/asesmen/{filling.pk}/",
    ]
    for url in urls:
        read(owner, url)
    once = {url: statements(owner, url) for url in urls}
    for _time in range(2):
        factories.finished(case, edition, world.owner, POORLY, helper=world.psychologist)

    assert {url: statements(owner, url) for url in urls} == once
    assert {url: count for url, count in once.items() if count > MOST_STATEMENTS} == {}


def test_an_outsider_finds_nothing(world: World, filling: Assessment) -> None:
    client = browser(world.outsider)

    for url in (f"/asesmen/{filling.pk}/", f"/asesmen/{filling.pk}/isian/", f"/asesmen/kasus/{filling.case_id}/"):
        assert client.get(url).status_code == 404
    body = json.dumps({"entries": [entry(TIDUR, "1")]})
    assert client.post(f"/asesmen/{filling.pk}/simpan/", body, content_type="application/json").status_code == 404
    assert client.post(f"/asesmen/{filling.pk}/selesai/").status_code == 404


def test_who_reads_a_child_by_initials_reads_no_answers(world: World, case: Case, edition: Edition) -> None:
    classify(case=case, confidentiality=Confidentiality.SPPA, tags=[], by=world.owner, at=now())
    filling = factories.begun(case, edition, world.owner)
    factories.answer(filling, {CATATAN: "Bejo rindu ibunya"}, world.owner)
    head = browser(world.head)

    page = read(head, f"/asesmen/{filling.pk}/")
    assert (page.select_one("[data-fill]"), "Bejo" in words(page)) == (None, False)
    assert head.get(f"/asesmen/{filling.pk}/isian/").status_code == 403
    assert head.get(f"/asesmen/{filling.pk}/bagian/umum/").status_code == 403


def test_a_voided_filling_stays_readable(world: World, case: Case, edition: Edition) -> None:
    filling = factories.finished(case, edition, world.owner, WELL, helper=world.psychologist)
    operations.void_filling(assessment=filling, reason="Salah orang", by=world.owner, at=now())

    told = words(read(browser(world.owner), f"/asesmen/{filling.pk}/"))
    assert "Dibatalkan: tidak dihitung" in told
    assert "Salah orang" in told


def test_what_an_instrument_is_called_is_read_in_the_language_of_the_reader(world: World) -> None:
    [source] = [one for one in shipped() if one.name == "kegiatan_sehari.md"]
    [edition] = operations.load_reference(by=User.objects.system(), at=now(), only=[source])
    owner, address = browser(world.owner), f"/instrumen/edisi/{edition.pk}/"

    titles = ("Skala kegiatan sehari-hari", "Kemandirian sehari-hari", "Sedikit dibantu")
    assert [title in words(read(owner, address)) for title in titles] == [True] * 3
    owner.post("/bahasa/", {"language": "en"})
    told = words(read(owner, address))
    assert [title in told for title in titles] == [False] * 3
    assert [title in told for title in ("Daily living scale", "Daily independence", "A little help")] == [True] * 3
