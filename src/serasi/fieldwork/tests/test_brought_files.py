"""The files of a form come wherever the form goes: to ODK Collect, into the pocket, to an interview on line."""

import hashlib
from urllib.parse import unquote

import pytest
from django.test import Client

from serasi.access.tests.pages import browser
from serasi.assessments.models import Assessment, Edition
from serasi.assessments.tests import medicines
from serasi.assessments.tests.medicines import JENIS, OBAT, SOUND
from serasi.cases.tests.factories import World, as_user, make_case
from serasi.fieldwork.enums import DeviceKind
from serasi.fieldwork.tests.factories import filled, phone_of
from serasi.surveys.tests.factories import enumerator, running
from serasi.xforms.authoring.tests.medicines import ASK, MEDICINES, ROWS, TABLET

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(world: World) -> Edition:
    return medicines.published(world.panti, world.head)


def test_odk_collect_finds_them_in_the_manifest_with_their_hashes(world: World, edition: Edition) -> None:
    phone = phone_of(world.owner)

    listed = phone.media("obat_rumah")

    assert list(listed) == ["klien.csv", MEDICINES, TABLET, ASK]
    for name, media_type in ((MEDICINES, "text/csv; charset=utf-8"), (TABLET, "image/jpeg"), (ASK, "audio/mpeg")):
        served = phone.get(listed[name]["downloadUrl"])
        assert (served.status_code, served["Content-Type"]) == (200, media_type)
        assert listed[name]["hash"] == f"md5:{hashlib.md5(served.content).hexdigest()}"  # noqa: S324
    assert phone_of(world.outsider).get("manifest/obat_rumah/1").status_code == 404


def test_an_answer_that_is_not_in_the_list_leaves_the_filling_open(world: World, edition: Edition) -> None:
    first, second, phone = make_case(world), make_case(world), phone_of(world.owner)

    phone.send(filled(first, edition, {JENIS: "tablet", OBAT: "parasetamol"}))
    phone.send(filled(second, edition, {JENIS: "tablet", OBAT: "jamu"}))

    with as_user(world.owner):
        assert Assessment.objects.get(case=first).is_finished
        assert Assessment.objects.get(case=second).is_open


def test_the_pocket_carries_them(world: World, edition: Edition) -> None:
    phone = phone_of(world.owner, kind=DeviceKind.PAGE)
    client, headers = Client(), {"X-Serasi-Device": phone.token}
    address = "/lapangan/formulir/obat_rumah/1/"

    form = client.get(address, headers=headers)

    assert [unquote(name) for name in form["X-Serasi-Media"].split()] == [MEDICINES, TABLET, ASK]
    got = [client.get(f"{address}{name}", headers=headers) for name in form["X-Serasi-Media"].split()]
    assert [one["Content-Type"] for one in got] == ["text/csv", "image/jpeg", "audio/mpeg"]
    assert (got[0].content, got[2].content) == (ROWS, SOUND)


def test_an_interview_on_line_has_them(world: World) -> None:
    asking = enumerator(world, "Sari Pewawancara")
    edition = medicines.published(world.panti, world.head, kind="survei")
    survey = running(world, asking, edition=edition)
    sari = browser(asking)
    draft = sari.post(f"/survei/{survey.pk}/mulai/")["Location"]

    assert sari.get(f"{draft}daftar/{MEDICINES}").content == ROWS
    assert sari.get(f"{draft}daftar/{TABLET}")["Content-Type"] == "image/jpeg"
    assert browser(world.outsider).get(f"{draft}daftar/{TABLET}").status_code in {403, 404}
