"""Filling without script: part by part, and whole."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from serasi.access.tests.pages import browser, read, words
from serasi.assessments.models import Assessment, Edition
from serasi.assessments.operations import keep_answers
from serasi.assessments.queries import answers_of, differences_of
from serasi.assessments.tests import factories
from serasi.assessments.tests.factories import CATATAN, CEMAS, HARAPAN, MAKAN, TIDUR, score_of, typed
from serasi.cases.operations.team import add_member
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.common.identifiers import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(world: World) -> Edition:
    return factories.published(world.panti, world.head)


@pytest.fixture
def filling(world: World, edition: Edition) -> Assessment:
    case = make_case(world)
    add_member(id=uuid7(), case=case, user=world.psychologist, part="member", by=world.owner, at=now())
    return factories.begun(case, edition, world.owner)


def typed_in(page: BeautifulSoup, answers: dict[str, str]) -> dict[str, str]:
    """The form of the page with some of its questions answered, by their labels."""
    form = page.select_one("main form[novalidate]")
    assert form is not None
    told = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[type=hidden]")}
    for one in form.select("input[checked]"):
        told[str(one["name"])] = str(one["value"])
    for label, value in answers.items():
        named = next(each for each in form.select("legend, label") if each.get_text(" ", strip=True).startswith(label))
        field = (named.parent or form).select_one("input:not([type=hidden])")
        assert field is not None
        told[str(field["name"])] = value
    return told


def fill(client: Client, address: str, answers: dict[str, str]) -> str:
    sent = client.post(address, typed_in(read(client, address), answers))
    assert sent.status_code == 302, sent.content.decode()[-3000:]
    return sent["Location"]


def test_it_is_filled_part_by_part_and_finished(world: World, filling: Assessment) -> None:
    owner, psychologist = browser(world.owner), browser(world.psychologist)
    start = f"/asesmen/{filling.pk}/"
    link = BeautifulSoup(owner.get(start).content, "html.parser").select_one("noscript a")
    assert link is not None

    onward = fill(owner, str(link["href"]), {"Tidur nyenyak": "2", "Makan cukup": "2", "Catatan": "tenang"})
    assert onward == f"{start}bagian/batin/"
    assert fill(psychologist, onward, {"Merasa cemas": "0", "Punya harapan": "1"}) == start

    with as_user(world.owner):
        assert answers_of(filling) == {TIDUR: "2", MAKAN: "2", CATATAN: "tenang", CEMAS: "0", HARAPAN: "1"}
    assert owner.post(f"{start}selesai/")["Location"] == start
    assert score_of(filling, reader=world.owner).value == 7


def test_sent_again_as_it_stands_nothing_is_typed(world: World, filling: Assessment) -> None:
    owner = browser(world.owner)
    address = f"/asesmen/{filling.pk}/bagian/umum/"
    fill(owner, address, {"Tidur nyenyak": "2"})
    fill(owner, address, {})

    with as_user(world.owner):
        assert filling.answers.count() == 1


def test_the_part_of_another_profession_is_shown_and_not_taken(world: World, filling: Assessment) -> None:
    owner = browser(world.owner)
    address = f"/asesmen/{filling.pk}/bagian/batin/"

    assert "Bagian ini diisi oleh Psikolog." in words(read(owner, address))
    assert owner.post(address, {"q0": "1"}).status_code == 200
    with as_user(world.owner):
        assert answers_of(filling) == {}


def test_a_difference_is_decided(world: World, filling: Assessment) -> None:
    for answer in ("satu", "dua"):
        keep_answers(assessment=filling, typed=[typed(CATATAN, answer)], by=world.owner, at=now())
    owner = browser(world.owner)
    page = read(owner, f"/asesmen/{filling.pk}/bagian/umum/")
    hidden = page.select_one("input[name=difference]")
    assert hidden is not None

    owner.post(f"/asesmen/{filling.pk}/putuskan/", {"difference": hidden["value"], "take": "other"})

    with as_user(world.owner):
        assert (differences_of(filling), answers_of(filling)) == ([], {CATATAN: "dua"})


def test_a_difference_is_said_in_words(world: World, filling: Assessment) -> None:
    for answer in ("0", "2"):
        keep_answers(assessment=filling, typed=[typed(TIDUR, answer)], by=world.owner, at=now())

    told = words(read(browser(world.owner), f"/asesmen/{filling.pk}/bagian/umum/"))

    assert ("Tidur nyenyak" in told, "Rini Wulandari: Tidak pernah" in told, "Rini Wulandari: Sering" in told) == (
        (True,) * 3
    )


def test_a_part_that_does_not_exist_is_not_found(world: World, filling: Assessment) -> None:
    assert browser(world.owner).get(f"/asesmen/{filling.pk}/bagian/rahasia/").status_code == 404
