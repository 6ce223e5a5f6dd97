"""The files of a form belong to its edition: named, brought, frozen, carried on, served."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from serasi.access.operations import NotAllowed, Refused
from serasi.access.tests.pages import browser, read, words
from serasi.assessments import operations, queries
from serasi.assessments.models import Assessment, Edition, EditionFile
from serasi.assessments.operations import AlreadyPublished, FilesMissing, TooHeavy, Unanswered, Upload
from serasi.assessments.operations import edition_files as files_of_editions
from serasi.assessments.tests import factories
from serasi.assessments.tests.medicines import OBAT, SOUND, drafted, published, ready, source
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.common.identifiers import uuid7
from serasi.xforms.authoring.files import Brought, brought
from serasi.xforms.authoring.publish import author
from serasi.xforms.authoring.tests.medicines import ASK, MEDICINES, ROWS, TABLET, picture
from serasi.xforms.files import FileKind
from serasi.xforms.form import Form

pytestmark = pytest.mark.django_db


def missing(edition: Edition) -> list[str]:
    return [file.name for file in edition.files.missing()]


def test_what_a_form_names_is_missing_until_it_is_brought_and_only_then_is_it_published(world: World) -> None:
    edition = drafted(world.panti, world.head)
    assert missing(edition) == [MEDICINES, TABLET, ASK]
    with pytest.raises(FilesMissing, match=f"Belum ada berkas: {MEDICINES}, {TABLET}, {ASK}"):
        operations.publish_edition(edition=edition, by=world.head, at=now())

    operations.bring_files(edition=edition, files=ready(edition), by=world.head, at=now())

    assert missing(edition) == []
    assert not operations.publish_edition(edition=edition, by=world.head, at=now()).is_draft


def test_files_that_come_with_the_workbook_are_there_at_once(world: World) -> None:
    form = Form.parse(author(source(), "obat.md").xform)

    assert missing(drafted(world.panti, world.head, files=brought(form, [(MEDICINES, ROWS)]))) == [TABLET, ASK]


def test_nobody_changes_the_files_of_a_published_edition(world: World) -> None:
    edition = published(world.panti, world.head)
    with pytest.raises(AlreadyPublished):
        operations.bring_files(edition=edition, files=ready(edition), by=world.head, at=now())

    for change in (
        lambda: edition.files.update(data=b"lain"),
        lambda: edition.files.all().delete(),
        lambda: EditionFile.objects.create(edition=edition, name="baru.png", kind="picture"),
    ):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            change()


def test_a_file_that_is_there_says_what_it_is(world: World) -> None:
    edition = drafted(world.panti, world.head)

    with pytest.raises(IntegrityError, match="assessments_brought_file_says_what_it_is"), transaction.atomic():
        edition.files.filter(name=TABLET).update(data=b"gambar")
    with pytest.raises(IntegrityError, match="assessments_form_names_a_file_once"), transaction.atomic():
        EditionFile.objects.create(edition=edition, name=TABLET, kind="picture")


def test_the_next_edition_carries_on_what_it_still_names_unless_it_is_replaced(world: World) -> None:
    first = published(world.panti, world.head)
    second = drafted(world.panti, world.head, "2", audio="ajakan.mp3")
    assert missing(second) == ["ajakan.mp3"]

    [other] = brought(Form.parse(second.form.xform.encode()), [(TABLET, picture(80))])
    operations.bring_files(edition=second, files=[other], by=world.head, at=now())

    assert second.files.get(name=MEDICINES).md5 == first.files.get(name=MEDICINES).md5
    assert second.files.get(name=TABLET).content == other.content != first.files.get(name=TABLET).content


def test_a_list_without_a_column_that_the_next_edition_asks_for_is_not_carried_on(world: World) -> None:
    published(world.panti, world.head)

    asking = source("2").replace(b"jenis = ${jenis}", b"bentuk = ${jenis}")
    upload = Upload(author(asking, "obat.md"), asking, "obat.md")
    second = operations.draft_edition(id=uuid7(), unit=world.panti, upload=upload, by=world.head, at=now())

    assert missing(second) == [MEDICINES]


def test_a_draft_that_is_drafted_anew_keeps_its_files(world: World) -> None:
    draft = drafted(world.panti, world.head)
    operations.bring_files(edition=draft, files=ready(draft), by=world.head, at=now())

    assert missing(drafted(world.panti, world.head)) == []


def test_files_of_one_form_are_not_heavier_than_a_phone_carries(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_of_editions, "MEGABYTES_IN_ALL", 0)
    edition = drafted(world.panti, world.head)

    with pytest.raises(TooHeavy):
        operations.bring_files(edition=edition, files=ready(edition), by=world.head, at=now())


def test_only_who_writes_instruments_of_the_unit_brings_files(world: World) -> None:
    edition = drafted(world.panti, world.head)

    with pytest.raises(NotAllowed):
        operations.bring_files(edition=edition, files=ready(edition), by=world.owner, at=now())
    stranger = Brought("lain.png", FileKind.PICTURE, "image/jpeg", b"x")
    with pytest.raises(Refused, match="tidak menyebut berkas"):
        operations.bring_files(edition=edition, files=[stranger], by=world.head, at=now())


@pytest.fixture
def filling(world: World) -> Assessment:
    return factories.begun(make_case(world), published(world.panti, world.head), world.owner)


def test_who_fills_the_form_gets_its_files_and_nobody_else_does(world: World, filling: Assessment) -> None:
    owner = browser(world.owner)

    def got(name: str) -> tuple[int, str, bytes]:
        answer = owner.get(f"/asesmen/{filling.pk}/daftar/{name}")
        return answer.status_code, answer.headers["Content-Type"], answer.content

    assert got(MEDICINES) == (200, "text/csv; charset=utf-8", ROWS)
    assert got(ASK) == (200, "audio/mpeg", SOUND)
    assert got(TABLET)[:2] == (200, "image/jpeg")
    assert got("lain.png")[0] == 404
    assert browser(world.outsider).get(f"/asesmen/{filling.pk}/daftar/{TABLET}").status_code == 404


def test_an_answer_outside_the_list_of_the_author_is_refused_at_the_end(world: World, filling: Assessment) -> None:
    factories.answer(filling, {"/data/rumah/jenis": "tablet", OBAT: "jamu"}, world.owner)
    with pytest.raises(Unanswered) as refused:
        operations.finish_filling(assessment=filling, by=world.owner, at=now())
    assert [problem.path for problem in refused.value.problems] == [OBAT]

    mended = factories.typed(OBAT, "parasetamol", before="jamu")
    operations.keep_answers(assessment=filling, typed=[mended], by=world.owner, at=now())
    operations.finish_filling(assessment=filling, by=world.owner, at=now())

    assert "Parasetamol" in words_of(world, f"/asesmen/{filling.pk}/")


def test_without_script_the_list_is_chosen_from_too(world: World, filling: Assessment) -> None:
    factories.answer(filling, {"/data/rumah/jenis": "sirup"}, world.owner)

    page = read(browser(world.owner), f"/asesmen/{filling.pk}/bagian/rumah/")

    assert ("Amoksisilin" in words(page), "Parasetamol" in words(page)) == (True, False)
    beside = [(one["alt"], str(one["src"]).rpartition("/")[2]) for one in page.select("main figure img")]
    assert beside == [("Jenis apa?", TABLET), ("Tablet", TABLET)]
    assert [str(one["src"]).rpartition("/")[2] for one in page.select("main figure audio")] == ["tanya%20ibu.mp3"]


def words_of(world: World, address: str) -> str:
    return said(browser(world.owner).get(address))


def said(answer: Any) -> str:
    return words(BeautifulSoup(answer.content, "html.parser"))


def test_the_lists_that_a_draft_is_given_later_are_in_its_form_at_once(world: World) -> None:
    edition = drafted(world.panti, world.head)
    assert queries.form_of(edition.pk).choices(OBAT) == ()

    operations.bring_files(edition=edition, files=ready(edition), by=world.head, at=now())

    assert len(queries.form_of(edition.pk).choices(OBAT)) == 2


def test_a_file_costs_no_more_where_there_are_others(world: World, filling: Assessment) -> None:
    with as_user(world.owner):
        media = queries.media_of(filling.edition, world.owner)

        assert [one.name for one in media] == [MEDICINES, TABLET, ASK]
        assert all("data" in one.get_deferred_fields() for one in media if isinstance(one, EditionFile))


def test_the_page_of_a_draft_says_what_is_missing_and_takes_it(world: World) -> None:
    head, edition = browser(world.head), drafted(world.panti, world.head)
    address = f"/instrumen/edisi/{edition.pk}/"
    told = said(head.get(address))
    assert f"Formulir ini menyebut berkas yang belum ada: {MEDICINES}, {TABLET}, {ASK}." in told
    assert "survey, baris 4, kolom type" in told

    wrong = [SimpleUploadedFile(MEDICINES, b"name,label\na,A\n"), SimpleUploadedFile("lain.png", picture(64))]
    refused = head.post(f"{address}berkas/", {"attached": wrong})
    assert refused.status_code == 422
    assert "Kolom jenis belum ada" in said(refused)
    assert "tidak menyebut berkas “lain.png”" in said(refused)
    assert len(missing(edition)) == 3

    right = [SimpleUploadedFile(name, content) for name, content in ((MEDICINES, ROWS), (TABLET, picture(64)))]
    assert head.post(f"{address}berkas/", {"attached": right}).headers["Location"] == address
    assert missing(edition) == [ASK]
    assert "Belum ada berkas: tanya ibu.mp3" in said(head.post(f"{address}terbitkan/", follow=True))
    assert head.post(f"{address}berkas/", {"attached": []}).status_code == 422
    assert browser(world.owner).post(f"{address}berkas/", {"attached": right}).status_code == 403


def test_the_files_of_a_published_edition_are_listed_and_no_longer_taken(world: World) -> None:
    edition = published(world.panti, world.head)
    address = f"/instrumen/edisi/{edition.pk}/"

    told = browser(world.head).post(f"{address}berkas/", {"attached": SimpleUploadedFile(TABLET, b"x")}, follow=True)

    assert "Edisi ini sudah terbit dan tidak berubah lagi." in str(told.content.decode())
    assert f"{address}daftar/{TABLET}" in told.content.decode()


def test_a_workbook_is_uploaded_with_its_files(world: World) -> None:
    head = browser(world.head)
    given = {"id": str(uuid7()), "unit": str(world.panti.pk)}

    def files(medicines: bytes) -> dict[str, object]:
        return {
            "file": SimpleUploadedFile("obat.md", source()),
            "attached": [SimpleUploadedFile(MEDICINES, medicines), SimpleUploadedFile(TABLET, picture(64))],
        }

    refused = head.post("/instrumen/unggah/", given | files(b"name\n"))
    assert refused.status_code == 422
    assert f"Betulkan di berkas {MEDICINES}, {TABLET}" in said(refused)
    assert not Edition.objects.exists()

    sent = head.post("/instrumen/unggah/", given | files(ROWS))
    assert missing(Edition.objects.get(pk=given["id"])) == [ASK], sent.content.decode()
