"""What no honest client sends gets the right 4xx with a sentence, and leaves no trace."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import etree

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.assessments.models import Assessment, Edition
from serasi.assessments.tests import factories as instruments
from serasi.assessments.tests.factories import TIDUR, WELL
from serasi.cases.models import Report
from serasi.cases.tests.factories import World, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.fieldwork.models import Difference, Submission, SubmissionFile
from serasi.fieldwork.queries import caseload
from serasi.fieldwork.tests.factories import (
    STREET,
    Phone,
    about,
    changed,
    filled,
    found,
    interviewed,
    phone_of,
    photo,
    said,
)
from serasi.people.models import Person
from serasi.surveys import operations as surveying
from serasi.surveys.models import Interview
from serasi.surveys.tests import factories as surveys

pytestmark = pytest.mark.django_db
OTHER_VERSION = "Versi formulir ini tidak dikenal. Perbarui formulir di perangkat, lalu isi lagi."
LAUGHS = b"&a;" * 10
BOMB = (
    b'<!DOCTYPE data [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "'
    + LAUGHS
    + b'">]><data id="serasi_temuan" version="1">&b;</data>'
)
OUTSIDE = (
    b"""<!DOCTYPE data [<!ENTITY a SYSTEM "file:///etc/passwd">]><data id="serasi_temuan" version="1">&a;</data>"""
)


@pytest.fixture
def edition(world: World) -> Edition:
    return instruments.published(world.panti, world.head)


@pytest.fixture
def phone(world: World) -> Phone:
    return phone_of(world.owner)


def traces() -> list[int]:
    kept = (Submission, SubmissionFile, Difference, Assessment, Interview, Report)
    with acting(User.objects.system(), "test.look"):
        return [model.objects.count() for model in kept]


NOTHING = [0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("xml", "status", "words"),
    [
        (b"bukan xml", 400, "Berkas ini bukan XML yang sah."),
        (b"<data><a></data>", 400, "Berkas ini bukan XML yang sah."),
        (b"\xff\xfe\x00", 400, "Berkas ini bukan XML yang sah."),
        (b"<a>" * 100 + b"</a>" * 100, 400, "Berkas XML ini bertingkat terlalu dalam."),
        (BOMB, 400, "Berkas XML tidak boleh memuat DOCTYPE."),
        (OUTSIDE, 400, "Berkas XML tidak boleh memuat DOCTYPE."),
        (b"<data/>", 400, "Kiriman ini tidak menyebut formulirnya."),
        (b'<data id="serasi_temuan" version="1"/>', 400, "Kiriman ini tidak memuat instanceID."),
    ],
)
def test_what_is_no_filled_form_is_said_to_be_none(
    world: World, phone: Phone, xml: bytes, status: int, words: str
) -> None:
    answer = said(phone.send(xml))

    assert (answer[0], answer[1][: len(words)]) == (status, words)
    assert traces() == NOTHING


@pytest.mark.parametrize(
    ("named", "words"),
    [
        (("tidak_ada", "1"), "Formulir ini tidak dikenal. Perbarui daftar formulir di perangkat."),
        (("serasi_temuan", "99"), OTHER_VERSION),
        (("serasi_temuan", "../../x"), OTHER_VERSION),
        (("uji_sejahtera", "2"), OTHER_VERSION),
        (("survei-x", "1"), "Survei ini tidak dikenal, atau Anda bukan pewawancaranya."),
        ((f"survei-{uuid7()}", "1"), "Survei ini tidak dikenal, atau Anda bukan pewawancaranya."),
    ],
)
def test_a_form_or_version_that_is_not_there_is_404(
    world: World, edition: Edition, phone: Phone, named: tuple[str, str], words: str
) -> None:
    root = etree.fromstring(found({}))
    root.set("id", named[0])
    root.set("version", named[1])

    assert said(phone.send(etree.tostring(root))) == (404, words)
    assert traces() == NOTHING


def test_a_form_of_others_is_forbidden(world: World, edition: Edition) -> None:
    case = make_case(world, with_report=False)

    assert said(phone_of(world.officer).send(filled(case, edition, {TIDUR: "1"})))[0] == 403
    assert traces() == NOTHING


@pytest.mark.parametrize("kasus", ["", "bukan-uuid", "01a20617-b2db-7622-b78e-70827c8eb7d4"])
def test_a_case_that_is_none_is_forbidden(world: World, edition: Edition, phone: Phone, kasus: str) -> None:
    assert said(phone.send(filled(kasus, edition, {TIDUR: "1"})))[0] == 403
    assert traces() == NOTHING


def test_a_case_outside_the_caseload_is_forbidden_whatever_its_user_may_at_a_desk(
    world: World, edition: Edition
) -> None:
    case = make_case(world, with_report=False)

    for who in (world.colleague, world.head, world.outsider):
        assert said(phone_of(who).send(filled(case, edition, {TIDUR: "1"})))[0] in {403, 404}
        assert said(phone_of(who).send(changed(case, {"apa": "telepon", "telepon": "0"})))[0] == 403
    assert traces() == NOTHING


def test_two_cases_in_one_form_are_none(world: World, edition: Edition, phone: Phone) -> None:
    theirs, mine = make_case(world, by=world.colleague, with_report=False), make_case(world, with_report=False)

    phone.send(about(str(mine.pk), filled(theirs, edition, {TIDUR: "1"})))

    with acting(User.objects.system(), "test.look"):
        assert list(Assessment.objects.exclude(case=mine)) == []


def test_an_answer_that_the_form_does_not_have_is_refused(world: World, edition: Edition, phone: Phone) -> None:
    case = make_case(world, with_report=False)
    root = etree.fromstring(filled(case, edition, WELL))
    etree.SubElement(root, "asing").text = "x"

    assert said(phone.send(etree.tostring(root)))[0] == 422
    assert traces() == NOTHING


def test_a_score_that_is_not_ours_is_refused_in_words(world: World, edition: Edition, phone: Phone) -> None:
    case = make_case(world, with_report=False)
    root = etree.fromstring(filled(case, edition, {TIDUR: "2"}))
    score = root.find("{*}sejahtera")
    assert score is not None
    score.text = "8"

    status, words = said(phone.send(etree.tostring(root)))

    assert (status, "dari perangkat (8) berbeda" in words) == (422, True)
    assert traces() == NOTHING


@pytest.mark.parametrize("name", ["../../keys.json", "a/b.jpg", "C:\\x.jpg", ".htaccess", "x" * 101])
def test_a_path_in_the_name_of_a_file_is_refused(world: World, phone: Phone, name: str) -> None:
    status, words = said(phone.send(found({"/data/tempat/foto": name}), {"x.jpg": photo()}))

    assert (status, words) == (
        400,
        "Nama berkas dalam isian ini tidak dapat dipakai. Ambil ulang foto atau rekamannya.",
    )
    assert traces() == NOTHING


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"MZ\x90\x00", b"%PDF-1.4\n", b"\xff\xd8\xff broken"]
)
def test_a_file_that_is_no_photo_is_refused_with_the_form(world: World, phone: Phone, content: bytes) -> None:
    assert said(phone.send(found({"/data/tempat/foto": "a.jpg"}), {"a.jpg": content}))[0] == 422
    assert traces() == NOTHING


def test_a_file_of_a_hundred_megabytes_is_refused_before_it_is_read(world: World, phone: Phone) -> None:
    body = b"--x\r\n"

    response = phone.client.generic(
        "POST",
        phone.at("submission"),
        body,
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(100 * 1024 * 1024),
    )

    assert said(response) == (413, "Kiriman ini lebih besar dari 20 MB. Perkecil fotonya, lalu kirim lagi.")
    assert traces() == NOTHING


def test_a_body_that_is_no_form_is_refused(world: World, phone: Phone) -> None:
    unreadable = "Kiriman ini tidak terbaca: bagian-bagiannya tidak lengkap."
    post = phone.client.post

    assert said(post(phone.at("submission"), b"<data/>", content_type="text/xml")) == (415, unreadable)
    assert said(post(phone.at("submission"), b"x", content_type="multipart/form-data"))[0] == 400
    assert said(post(phone.at("submission"), {"lain": "x"})) == (400, "Kiriman ini tidak memuat isian.")
    many = {f"{n}.jpg": SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)}
    assert said(post(phone.at("submission"), many)) == (400, unreadable)
    assert traces() == NOTHING


def test_a_survey_that_has_ended_takes_nothing_that_began_later(world: World) -> None:
    asking = surveys.enumerator(world, "Tono Pewawancara")
    survey = surveys.running(world, asking)
    phone = phone_of(asking)
    before = interviewed(survey, surveys.ANSWERS)
    surveying.close_survey(survey=survey, by=world.owner, at=now())

    assert said(phone.send(interviewed(survey, surveys.ANSWERS)))[0] == 422
    assert traces() == NOTHING
    assert said(phone.send(before))[0] == 201


def test_an_interview_by_somebody_else_is_refused(world: World) -> None:
    survey = surveys.running(world, surveys.enumerator(world, "Tono Pewawancara"))

    assert said(phone_of(world.outsider).send(interviewed(survey, surveys.ANSWERS)))[0] == 404
    assert said(phone_of(world.colleague).send(interviewed(survey, surveys.ANSWERS)))[0] == 422
    assert traces() == NOTHING


@pytest.mark.parametrize(
    "answer",
    [
        {"/data/siapa/nama": "x" * 151},
        {"/data/siapa/umur": "-1"},
        {"/data/siapa/umur": "tua"},
        {"/data/siapa/jk": "Z"},
        {"/data/bahaya/medis_darurat": "mungkin"},
        {"/data/bahaya/medis_darurat": ""},
    ],
)
def test_somebody_found_with_impossible_answers_is_refused(world: World, phone: Phone, answer: dict[str, str]) -> None:
    assert said(phone.send(found({**STREET, **answer})))[0] == 422
    assert traces() == NOTHING
    with acting(User.objects.system(), "test.look"):
        assert Person.objects.count() == 0


def test_a_change_that_is_too_long_is_refused(world: World, phone: Phone) -> None:
    case = make_case(world, person=make_person(world, phone="0811"), with_report=False)

    for answers in ({"apa": "telepon", "telepon": "0" * 300}, {"apa": "alamat", "alamat": "x" * 300, "sedesa": "ya"}):
        assert said(phone.send(changed(case, answers, base={"telepon": "0811"})))[0] == 422
    assert traces() == NOTHING


def test_no_more_cases_than_the_limit_are_on_a_phone(
    world: World, edition: Edition, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        make_case(world, with_report=False)
    monkeypatch.setattr(caseload, "MOST", 2)

    assert len(phone.get("media/uji_sejahtera/1/klien.csv").content.splitlines()) == 1 + 2
