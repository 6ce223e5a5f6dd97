"""A client that is not ours: the public ODK engine opens our forms as the list names them, fills and sends them."""

import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import sync_playwright

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.assessments.models import Assessment
from serasi.assessments.operations import load_reference
from serasi.assessments.shipped import shipped
from serasi.assessments.tests import factories as instruments
from serasi.assessments.tests import medicines
from serasi.assessments.tests.factories import WELL
from serasi.assessments.tests.medicines import JENIS, OBAT
from serasi.cases.models import Report
from serasi.cases.tests.factories import World, make_case, make_person, now
from serasi.fieldwork.tests.factories import STREET, Phone, phone_of, photo, said
from serasi.people.models import Person
from serasi.surveys.models import Interview
from serasi.surveys.tests import factories as surveys
from serasi.xforms.tests.engine import FRONTEND, PAGE

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
Fill: TypeAlias = Callable[[Phone, str, Mapping[str, str]], tuple[bytes, dict[str, bytes]]]


@pytest.fixture(scope="module")
def ask_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[list[Any]], Any]]:
    """The engine in a browser: given a form, its files and answers, what it would send.

    The browser lives in a thread of its own, away from the sessions of the database.
    """
    script = tmp_path_factory.mktemp("engine") / "fill.js"
    subprocess.run(  # noqa: S603
        [
            FRONTEND / "node_modules" / ".bin" / "esbuild",
            Path(__file__).with_name("engine.js"),
            "--bundle",
            "--format=esm",
            f"--outfile={script}",
        ],
        env={**os.environ, "NODE_PATH": str(FRONTEND / "node_modules")},
        capture_output=True,
        check=True,
    )

    def start() -> tuple[Any, Any]:
        playwright = sync_playwright().start()
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(timezone_id="Asia/Jakarta", locale="id-ID").new_page()
        page.route(PAGE, lambda route: route.fulfill(content_type="text/html", body="<!doctype html>"))
        page.goto(PAGE)
        page.add_script_tag(path=script, type="module")
        page.wait_for_function("() => 'fill' in window")
        return playwright, page

    with ThreadPoolExecutor(1) as thread:
        playwright, page = thread.submit(start).result()
        asked = "([form, media, answers]) => window.fill(form, media, answers)"
        yield lambda told: thread.submit(page.evaluate, asked, told).result()
        thread.submit(playwright.stop).result()


@pytest.fixture
def fill(ask_engine: Callable[[list[Any]], Any]) -> Fill:
    """Get a form from the list with all that its manifest names, answer it, and give the XML and the files."""

    def filling(phone: Phone, form_id: str, answers: Mapping[str, str]) -> tuple[bytes, dict[str, bytes]]:
        listed = phone.forms()[form_id]
        media = {}
        if "manifestUrl" in listed:
            files = phone.media(form_id)
            got = {name: phone.get(file["downloadUrl"]) for name, file in files.items()}
            media = {name: one.content.decode() for name, one in got.items() if one["Content-Type"].startswith("text/")}
        told = [phone.get(listed["downloadUrl"]).content.decode(), media, dict(answers)]
        found = ask_engine(told)
        assert (found["status"], found["violations"]) == ("ready", [])
        parts = {(field, name): b64decode(content) for field, name, content in found["sent"]}
        xml = next(content for (field, _name), content in parts.items() if field == "xml_submission_file")
        return xml, {name: content for (field, name), content in parts.items() if field != "xml_submission_file"}

    return filling


def everything(model: Any) -> Any:
    with acting(User.objects.system(), "test.look"):
        return list(model.objects.all())


def test_an_instrument_is_filled_for_a_case_of_the_list_and_scored_by_us(world: World, fill: Fill) -> None:
    instruments.published(world.panti, world.head)
    case = make_case(world, person=make_person(world, "Siti Aminah"), team=(world.psychologist,))
    phone = phone_of(world.psychologist)
    inner = {path: value for path, value in WELL.items() if path.startswith("/data/batin")}

    xml, files = fill(phone, "uji_sejahtera", {"/data/kasus": str(case.pk), **inner})

    assert said(phone.send(xml, files)) == (201, "Diterima.")
    [assessment] = everything(Assessment)
    assert (assessment.case_id, assessment.written_by_id) == (case.pk, world.psychologist.pk)


def test_an_answer_is_chosen_from_the_list_that_came_with_the_form(world: World, fill: Fill) -> None:
    medicines.published(world.panti, world.head)
    case, phone = make_case(world), phone_of(world.owner)

    xml, files = fill(phone, "obat_rumah", {"/data/kasus": str(case.pk), JENIS: "sirup", OBAT: "amoksisilin"})

    assert said(phone.send(xml, files)) == (201, "Diterima.")
    [assessment] = everything(Assessment)
    assert assessment.is_finished


def test_somebody_found_is_filled_with_a_photo(world: World, fill: Fill) -> None:
    phone = phone_of(world.owner)
    answers = {**STREET, "/data/siapa/nama": "Karsono Wiryo", "/data/tempat/foto": b64encode(photo()).decode()}
    del answers["/data/siapa/ciri"]

    xml, files = fill(phone, "serasi_temuan", answers)

    assert len(files) == 1
    assert said(phone.send(xml, files)) == (201, "Diterima.")
    [report], [person] = everything(Report), everything(Person)
    assert (report.person_id, person.full_name, bool(person.photo)) == (person.pk, "Karsono Wiryo", True)


def test_a_change_takes_its_base_from_the_list(world: World, fill: Fill) -> None:
    case = make_case(world, person=make_person(world, "Siti Aminah", phone="0811"))
    phone = phone_of(world.owner)

    xml, _files = fill(
        phone, "serasi_perubahan", {"/data/kasus": str(case.pk), "/data/apa": "telepon", "/data/telepon": "0822"}
    )

    assert b"<telepon_dasar>0811</telepon_dasar>" in xml
    assert said(phone.send(xml)) == (201, "Diterima.")
    [person] = everything(Person)
    assert person.phone == "0822"


def test_an_interview_is_filled_for_its_survey(world: World, fill: Fill) -> None:
    asking = surveys.enumerator(world, "Tono Pewawancara")
    survey = surveys.running(world, asking)
    phone = phone_of(asking)

    xml, files = fill(phone, f"survei-{survey.pk}", surveys.ANSWERS)

    assert said(phone.send(xml, files)) == (201, "Diterima.")
    [interview] = everything(Interview)
    assert interview.survey_id == survey.pk


def test_every_form_we_ship_is_opened_as_it_is_served(world: World, ask_engine: Callable[[list[Any]], Any]) -> None:
    with acting(User.objects.system(), "test.load"):
        load_reference(by=User.objects.system(), at=now())
    case = make_case(world, team=(world.psychologist, world.carer))
    opened = set()
    for user in (world.owner, world.psychologist, world.carer):
        phone = phone_of(user, name=user.full_name)
        for form_id, listed in phone.forms().items():
            if form_id in opened:
                continue
            media = {}
            if "manifestUrl" in listed:
                media = {
                    name: phone.get(one["downloadUrl"]).content.decode() for name, one in phone.media(form_id).items()
                }
            answers = {"/data/kasus": str(case.pk)} if "manifestUrl" in listed else {}
            told = [phone.get(listed["downloadUrl"]).content.decode(), media, answers]
            ask_engine(told)
            opened.add(form_id)

    assert len(opened) == len(list(shipped())) + 1  # without the one for surveys, with the two of this app
