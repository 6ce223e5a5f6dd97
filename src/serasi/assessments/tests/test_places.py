"""Lists of places: cut to where somebody works, checked against the places there are, and read by name."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client

from serasi.access.models import Unit, User
from serasi.access.tests.pages import browser, read, words
from serasi.assessments import operations, queries
from serasi.assessments.models import Assessment, Edition
from serasi.assessments.operations import Unanswered, Upload
from serasi.assessments.tests import factories
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.common.identifiers import uuid7
from serasi.institutions.models import Institution, Region
from serasi.xforms.authoring.publish import author
from serasi.xforms.form import Form

pytestmark = pytest.mark.django_db

SOURCE = b"""
## instrumen

| nama | isi |
| --- | --- |
| jenis | kunjungan |
| lisensi | rekaan |
| sumber | rekaan |
| penilai | pekerja sosial |

## survey

| type | name | label | choice_filter | required | relevant | parameters |
| --- | --- | --- | --- | --- | --- | --- |
| begin_group | asal | Asal |  |  |  |  |
| select_one_from_file kecamatan.csv | kecamatan | Kecamatan |  | yes |  | label=lengkap |
| select_one_from_file desa.csv | desa | Desa | kecamatan = ${kecamatan} | yes | ${kecamatan} != 'luar' |  |
| text | desa_luar | Di mana? |  | yes | ${kecamatan} = 'luar' |  |
| end_group |  |  |  |  |  |  |

## settings

| form_title | form_id | version |
| --- | --- | --- |
| Asal usul | asal_usul | 1 |
"""
PLACES = (
    ("31", "DKI Jakarta"),
    ("31.75", "Kota Jakarta Timur"),
    ("31.75.09", "Ciracas"),
    ("31.75.09.1001", "Ciracas"),
    ("31.75.10", "Cipayung"),
    ("31.75.10.1001", "Cilangkap"),
    ("31.75.10.1002", "Setu"),
    ("31.73", "Kota Jakarta Barat"),
    ("31.73.05", "Kebon Jeruk"),
    ("31.73.05.1001", "Kedoya Utara"),
    ("35", "Jawa Timur"),
    ("35.78", "Kota Surabaya"),
    ("35.78.01", "Karang Pilang"),
    ("35.78.01.1001", "Waru Gunung"),
)
KECAMATAN, DESA, LUAR = "/data/asal/kecamatan", "/data/asal/desa", "/data/asal/desa_luar"


@pytest.fixture
def places(world: World) -> None:
    with as_user(User.objects.system()):
        for code, name in PLACES:
            Region.objects.create(
                code=code,
                name=name,
                level=code.count(".") + 1,
                parent_id=code.rpartition(".")[0] or None,
                edition="tes",
            )
        _stands(world.dinas, "31")
        _stands(world.panti, "31.75.10")


def _stands(unit: Unit, code: str) -> None:
    Institution.objects.update_or_create(unit=unit, defaults={"region_id": code})


@pytest.fixture
def edition(world: World) -> Edition:
    upload = Upload(author(SOURCE, "asal.md"), SOURCE, "asal.md")
    draft = operations.draft_edition(id=uuid7(), unit=world.panti, upload=upload, by=world.head, at=now())
    return operations.publish_edition(edition=draft, by=world.head, at=now())


@pytest.fixture
def filling(world: World, edition: Edition, places: None) -> Assessment:
    return factories.begun(make_case(world), edition, world.owner)


def rows(edition: Edition, reader: User, name: str, **facts: list[str]) -> list[dict[str, str]]:
    with as_user(reader):
        [medium] = [one for one in queries.media_of(edition, reader, **facts) if one.name == name]
    return list(csv.DictReader(io.StringIO(medium.content.decode())))


def test_who_works_in_a_house_gets_the_villages_of_its_regency_and_a_line_for_elsewhere(
    world: World, edition: Edition, places: None
) -> None:
    found = rows(edition, world.owner, "desa.csv")

    assert [row["name"] for row in found] == ["31.75.10.1001", "31.75.09.1001", "31.75.10.1002", "luar"]
    assert found[0] == {
        "name": "31.75.10.1001",
        "label": "Cilangkap",
        "lengkap": "Cilangkap, Cipayung",
        "provinsi": "31",
        "kabupaten": "31.75",
        "kecamatan": "31.75.10",
    }
    assert found[-1]["label"] == "Di luar wilayah saya"


def test_who_works_for_a_province_gets_all_of_it_and_no_other(world: World, edition: Edition, places: None) -> None:
    found = [row["name"] for row in rows(edition, world.administrator, "kecamatan.csv")]

    assert found == ["31.75.10", "31.75.09", "31.73.05", "luar"]


def test_a_house_that_does_not_say_where_it_is_is_where_its_dinas_is(
    world: World, edition: Edition, places: None
) -> None:
    with as_user(world.outsider):
        assert queries.areas_of(world.outsider) == {"31"}


def test_another_area_is_another_sum_and_the_same_area_the_same(world: World, edition: Edition, places: None) -> None:
    def sums(reader: User) -> list[str]:
        with as_user(reader):
            return [one.md5 for one in queries.media_of(edition, reader)]

    assert sums(world.owner) == sums(world.colleague) != sums(world.administrator)


def test_an_instrument_without_lists_brings_none(world: World, places: None) -> None:
    assert queries.media_of(factories.published(world.panti, world.head), world.owner) == ()


def test_a_village_is_held_against_its_district_and_read_by_its_full_name(world: World, filling: Assessment) -> None:
    factories.answer(filling, {KECAMATAN: "31.75.09", DESA: "31.75.10.1001"}, world.owner)
    with pytest.raises(Unanswered) as refused:
        operations.finish_filling(assessment=filling, by=world.owner, at=now())
    assert [(one.path, one.kind) for one in refused.value.problems] == [(DESA, "choice")]

    entry = factories.typed(DESA, "31.75.09.1001", before="31.75.10.1001")
    operations.keep_answers(assessment=filling, typed=[entry], by=world.owner, at=now())
    operations.finish_filling(assessment=filling, by=world.owner, at=now())

    told = words(read(browser(world.owner), f"/asesmen/{filling.pk}/"))
    assert "Ciracas, Kota Jakarta Timur, DKI Jakarta" in told


def test_what_lies_elsewhere_is_said_in_words(world: World, filling: Assessment) -> None:
    factories.answer(filling, {KECAMATAN: "luar", LUAR: "Waru Gunung, Surabaya"}, world.owner)
    operations.finish_filling(assessment=filling, by=world.owner, at=now())

    told = words(read(browser(world.owner), f"/asesmen/{filling.pk}/"))
    assert ("Di luar wilayah saya" in told, "Waru Gunung, Surabaya" in told) == (True, True)


def test_a_place_from_elsewhere_that_a_colleague_answered_with_is_taken_and_offered_beside(
    world: World, filling: Assessment
) -> None:
    factories.answer(filling, {KECAMATAN: "35.78.01", DESA: "35.78.01.1001"}, world.owner)

    owner = browser(world.owner)
    listed = owner.get(f"/asesmen/{filling.pk}/daftar/desa.csv").content.decode()
    assert "35.78.01.1001,Waru Gunung" in listed
    operations.finish_filling(assessment=filling, by=world.owner, at=now())


@pytest.mark.parametrize("wrong", ["99.99.99", "31.75.10.9999", "Ciracas", "31'; DROP TABLE x"])
def test_a_place_that_does_not_exist_stands_in_the_way(world: World, filling: Assessment, wrong: str) -> None:
    factories.answer(filling, {KECAMATAN: wrong, DESA: wrong}, world.owner)

    with pytest.raises(Unanswered):
        operations.finish_filling(assessment=filling, by=world.owner, at=now())


def test_the_lists_are_had_by_who_may_fill_and_no_other_name_is_answered(world: World, filling: Assessment) -> None:
    asked = {name: browser(world.owner).get(f"/asesmen/{filling.pk}/daftar/{name}") for name in ("desa.csv", "a.csv")}

    assert [asked[name].status_code for name in asked] == [200, 404]
    assert asked["desa.csv"].headers["Content-Type"] == "text/csv; charset=utf-8"
    assert browser(world.outsider).get(f"/asesmen/{filling.pk}/daftar/desa.csv").status_code == 404


def test_without_script_the_districts_are_a_list_and_the_villages_those_of_the_district(
    world: World, filling: Assessment
) -> None:
    owner, address = browser(world.owner), f"/asesmen/{filling.pk}/bagian/asal/"
    assert "Cipayung, Kota Jakarta Timur" in words(read(owner, address))

    factories.answer(filling, {KECAMATAN: "31.75.10"}, world.owner)
    villages = _offered(owner, address, "Desa")

    assert villages == ["", "31.75.10.1001", "31.75.10.1002"]
    sent = {"q0": "31.75.10", "q0_before": "31.75.10", "q1": "31.75.10.1002", "q1_before": ""}
    assert owner.post(address, sent).status_code == 302
    with as_user(world.owner):
        assert queries.answers_of(filling) == {KECAMATAN: "31.75.10", DESA: "31.75.10.1002"}


def _offered(client: Client, address: str, label: str) -> list[str]:
    form = client.get(address).context["form"]
    [name] = [name for name, field in form.fields.items() if str(field.label).startswith(label)]
    return [value for value, _label in form.fields[name].choices]


def test_a_village_in_a_repeat_is_checked_too(world: World, places: None) -> None:
    source = SOURCE.replace(b"begin_group", b"begin_repeat").replace(b"end_group", b"end_repeat")
    form = Form.parse(author(source, "asal.md").xform)
    row = "<asal><kecamatan>31.75.09</kecamatan><desa>{}</desa><desa_luar/></asal>"
    told = [
        queries.evaluated(
            form,
            f"<data>{row.format(code)}<meta/></data>".encode(),
            now=datetime(2026, 11, 23, tzinfo=UTC),
        ).problems
        for code in ("31.75.09.1001", "31.75.10.1001")
    ]

    assert [[(one.path, one.kind) for one in problems] for problems in told] == [
        [],
        [("/data/asal[1]/desa", "choice")],
    ]
