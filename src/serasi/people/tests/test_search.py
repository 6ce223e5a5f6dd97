"""Finding people however their names are spelt, and what a search outside one's units tells."""

import pytest
from django.db import connection

from serasi.access.enums import Role
from serasi.access.models import Look, User
from serasi.common.identifiers import uuid7
from serasi.people.operations import (
    FamilyCard,
    add_address,
    add_alias,
    change_person,
    join_household,
    keep_team,
    merge_people,
    rebuild_search,
    set_confidentiality,
)
from serasi.people.operations.registration import Place
from serasi.people.queries.search import Found, find_people, understand
from serasi.people.tests.factories import AT, TODAY, House, make_user, system
from serasi.people.tests.test_visibility import sight_of


def found_by(user: User, text: str, **narrowed: object) -> tuple[Found, ...]:
    with sight_of(user):
        return find_people(by=user, text=text, **narrowed)  # type: ignore[arg-type]


def names(user: User, text: str, **narrowed: object) -> list[str]:
    return [str(found.person) if found.person else found.card.initials for found in found_by(user, text, **narrowed)]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Muhammad Rizki Pratama", "Muh. Riski Pratama"),
        ("Muhammad Rizki Pratama", "M. Rizky Pratama"),
        ("Soeharto", "Suharto"),
        ("Siti Aminah", "Sitti Aminnah"),
        ("Siti Aminah", "Siti Aminh"),
        ("Siti Aminah", "St. Aminah binti Karim"),
        ("Djoko Tjahjono", "Joko Cahyono"),
        ("Drs. H. Achmad Yusuf, M.Si.", "ahmad jusuf"),
        ("Nurhayati", "Nur Hayati"),
        ("Abdurrahman Wahid", "Abdul Rahman Wachid"),
        ("Kusumawardhani", "kusuma"),
        ("Sukarno", "sukanro"),
        ("Muhammad Santosa", "Mohamad Satnoso"),
        ("Muhammad Santosa", "Mohamad Saitoso"),
        ("Wahyu Setiawan Nugroho", "wahyu nugroho"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(house: House, stored: str, typed: str) -> None:
    house.person(stored)
    house.person("Slamet Riyadi")
    assert names(house.colleague, typed) == [stored]


def test_the_closest_spelling_comes_first_and_says_why(house: House) -> None:
    house.person("Siti Aminah", sex="P")
    house.person("Siti Aisah", sex="P", birth_year_from=1950, birth_year_to=1950)
    house.person("Siti Aminah Rahayu", sex="P", birth_year_from=1960, birth_year_to=1960)
    found = found_by(house.owner, "siti aminah")
    assert [str(f.person) for f in found][:2] == ["Siti Aminah", "Siti Aminah Rahayu"]
    assert found[0].reasons == ("nama sama persis",)


def test_a_person_is_found_by_nik_kk_phone_alias_and_nickname(house: House) -> None:
    person = house.person("Budi Santoso", nik="3173041505900001", phone="+6281234567890", nickname="Kancil")
    add_alias(id=uuid7(), person=person, name="Tompel", kind="street", by=house.owner, at=AT)
    join_household(
        id=uuid7(), person=person, card=FamilyCard("3173041505120003", "anak"), since=TODAY, by=house.owner, at=AT
    )
    asked = ["3173 0415 0590 0001", "3173041505120003", "0812-3456-7890", "tompel", "kancil", str(person.pk)]
    assert {text: names(house.owner, text) for text in asked} == {text: ["Budi Santoso"] for text in asked}
    assert [f.reasons for text in asked[:3] for f in found_by(house.owner, text)] == [
        ("NIK sama",),
        ("nomor KK sama",),
        ("nomor telepon sama",),
    ]


def test_outside_ones_units_only_a_short_card_is_shown(house: House) -> None:
    person = house.person("Budi Santoso", birth_year_from=1990, birth_year_to=1991)
    add_address(
        id=uuid7(),
        person=person,
        kind="domicile",
        place=Place(region_id="31.73.04.1001"),
        since=TODAY,
        by=house.owner,
        at=AT,
    )
    [found] = found_by(house.outsider, "budi santosa")
    card = found.card
    assert (found.person, card.initials, card.sex, card.year_from, card.year_to, card.region, card.is_open) == (
        None,
        "B. S.",
        "L",
        1990,
        1991,
        "Jakarta Pusat",
        False,
    )
    assert found.reasons in {("nama sama atau sama bunyinya",), ("nama mirip",)}


def test_a_sealed_person_is_found_by_the_team_and_by_no_one_else(house: House) -> None:
    person = house.person("Maya Anggraini", sex="P", nik="3173045505900002", phone="+6281111111111")
    add_alias(id=uuid7(), person=person, name="Mawar", kind="alias", by=house.owner, at=AT)
    keep_team(person=person, members=[house.owner], by=house.owner, at=AT)
    set_confidentiality(person=person, confidentiality="sealed", by=house.owner, at=AT)
    asked = ["Maya Anggraini", "maya", "Mawar", "3173045505900002", "081111111111", str(person.pk)]
    for user in (house.colleague, house.outsider, house.head, house.officer):
        assert {text: names(user, text) for text in asked} == {text: [] for text in asked}
    assert {text: names(house.owner, text) for text in asked} == {text: ["Maya Anggraini"] for text in asked}


def test_sex_year_and_region_narrow_a_search(house: House) -> None:
    house.person("Siti Aminah", sex="P", birth_year_from=1990, birth_year_to=1990)
    house.person("Siti Aminah", sex="P", birth_year_from=1950, birth_year_to=1950, by=house.outsider, unit=house.kedoya)
    assert len(found_by(house.officer, "siti aminah")) == 2
    assert [f.card.year_from for f in found_by(house.officer, "siti aminah 1991")] == [1990]
    assert [f.card.year_from for f in found_by(house.officer, "siti aminah", year=1950)] == [1950]
    assert found_by(house.officer, "siti aminah", sex="L") == ()
    assert [f.card.year_from for f in found_by(house.owner, "siti aminah", own_units_only=True)] == [1990]
    assert found_by(house.officer, "siti aminah", region_id="35") == ()


def test_a_search_is_logged_without_what_was_typed(house: House) -> None:
    found_by(house.owner, "siti aminah")
    assert list(Look.objects.filter(user_id=house.owner.pk).values_list("purpose", flat=True)) == ["cari"]


def test_who_may_not_search_is_refused_by_the_database(house: House) -> None:
    for user in (house.student, house.administrator, house.ministry):
        with sight_of(user), pytest.raises(Exception, match="may not search"), connection.cursor() as cursor:  # noqa: PT012
            cursor.execute("SAVEPOINT before_refusal")
            try:
                find_people(by=user, text="siti")
            finally:
                cursor.execute("ROLLBACK TO SAVEPOINT before_refusal")


@pytest.mark.parametrize(
    "text", ["", " ", "'", "\\", "a'b|c&d!", "()", "\x00", "😀", "%", "_" * 300, "9" * 40, "siti:*", "<->", "陳", "ا"]
)
def test_whatever_is_typed_there_is_an_answer(house: House, text: str) -> None:
    house.person("Budi Santoso")
    assert found_by(house.owner, text) == ()


def test_the_search_table_equals_its_sources_after_every_kind_of_write(house: House) -> None:
    kept = house.person("Budi Santoso", nickname="Kancil")
    absorbed = house.person("Boedi Santoso", by=house.outsider, unit=house.kedoya, not_same_as=[kept.pk])
    officer = make_user("Kepala Dua Panti", (Role.HEAD, house.cipayung), (Role.HEAD, house.kedoya))
    add_alias(id=uuid7(), person=kept, name="Tompel", kind="street", by=house.owner, at=AT)
    change_person(person=kept, revision=1, full_name="Budi Susanto", nickname="", by=house.owner, at=AT)
    add_address(
        id=uuid7(), person=kept, kind="domicile", place=Place(region_id="35.78"), since=TODAY, by=house.owner, at=AT
    )
    merge_people(
        id=uuid7(),
        kept=kept,
        absorbed=absorbed,
        reason="orang yang sama",
        kept_revision=2,
        absorbed_revision=1,
        by=officer,
        at=AT,
    )
    columns = "person_id, root, kind, key, words::text, sex, year_from, year_to, region, is_sealed"
    difference = f"""DO $$ BEGIN
        PERFORM set_config('serasi.scope', 'system', true);
        IF EXISTS ((SELECT {columns} FROM people_searchname EXCEPT ALL SELECT {columns} FROM people_searchsource)
            UNION ALL (SELECT {columns} FROM people_searchsource EXCEPT ALL SELECT {columns} FROM people_searchname))
        OR (SELECT count(*) FROM people_searchname) <> 3 THEN RAISE EXCEPTION 'they differ'; END IF; END $$"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(difference)
        cursor.execute("SET ROLE serasi_app")
    assert rebuild_search(by=system(), at=AT) == 3
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(difference)
        cursor.execute("SET ROLE serasi_app")
    assert names(officer, "tompel") == ["Budi Susanto"]
    assert [f.person_id for f in found_by(officer, "boedi santoso")] == [kept.pk]


def test_the_search_box_understands_numbers_names_and_years() -> None:
    assert understand("3173 0415 0590 0001").nik == "3173041505900001"
    assert understand("+62 812-3456-7890").phones[0] == "+6281234567890"
    assert understand("NIK: 3173-0415-0590-0001").nik == "3173041505900001"
    assert understand("3173.0415.0590.0001 a.n. Budi").nik == "3173041505900001"
    assert understand("WA 0812 3456 7890 (anaknya)").phones[0] == "+6281234567890"
    assert understand("(021) 7654321").phones[0] == "+62217654321"
    assert understand("Ibu Hj. Siti Aminah, S.Sos").words == ("siti", "amina")
    assert understand("Budi lahir th. 1980").words == ("budi",)
    assert understand("ST-PL/2026/00123").is_number is False
    assert understand("Siti Aminah 1990").year == 1990
    assert understand("Siti Aminah 1990").name == "Siti Aminah"
