"""The pages of a person as their readers meet them."""

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from serasi.access.models import Look, User
from serasi.access.tests.pages import statements
from serasi.common.identifiers import uuid7
from serasi.people.models import Address, Distinction, Merge, Person, PersonKind, PersonUnit
from serasi.people.operations import (
    FamilyCard,
    add_alias,
    add_relationship,
    assign_kind,
    give_consent,
    join_household,
    keep_apart,
    keep_team,
    set_confidentiality,
)
from serasi.people.tests.factories import AT, TODAY, House
from serasi.people.tests.test_visibility import sight_of


def page_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def typed(**facts: object) -> dict[str, object]:
    return {
        "id": str(uuid7()),
        "full_name": "Budi Santoso",
        "identity_state": "menurut_pengakuan",
        "sex": "L",
        "birth_date": "15/05/1990",
        "no_nik_reason": "tidak_membawa_dokumen",
    } | facts


def people(user: User) -> list[str]:
    with sight_of(user):
        return sorted(Person.objects.values_list("full_name", flat=True))


def test_a_person_is_registered_with_place_family_and_kind(house: House) -> None:
    answer = page_of(house.owner).post(
        "/orang/daftar/",
        typed(
            no_nik_reason="",
            nik="3173041505900001",
            kk="3173041505120003",
            relation="anak",
            region="31.73.04.1001",
            line="Jl. Kramat 1",
            kind="gelandangan",
            phone="0812 3456 7890",
        ),
    )
    assert answer.status_code == 302
    with sight_of(house.owner):
        person = Person.objects.get()
        assert answer["Location"] == f"/orang/{person.pk}/"
        assert (person.nik, person.phone, person.birth_year_from, person.revision) == (
            "3173041505900001",
            "+6281234567890",
            1990,
            1,
        )
        assert [a.region_id for a in Address.objects.all()] == ["31.73.04.1001"]
        assert [k.kind_id for k in PersonKind.objects.all()] == ["gelandangan"]
        assert [m.relation for m in person.memberships.all()] == ["anak"]


def test_a_wholly_unknown_person_is_registered_by_what_is_seen(house: House) -> None:
    answer = page_of(house.owner).post(
        "/orang/daftar/tidak-dikenal/",
        {
            "id": str(uuid7()),
            "description": "laki-laki, ±40, ditemukan di Pasar Senen",
            "sex": "L",
            "age_amount": "40",
            "age_unit": "year",
            "line": "Pasar Senen",
        },
    )
    assert answer.status_code == 302
    with sight_of(house.owner):
        person = Person.objects.get()
        assert (person.full_name, person.identity_state, person.no_nik_reason) == (
            "",
            "tidak_dikenal",
            "identitas_belum_diketahui",
        )
        assert person.birth_year_from is not None


@pytest.mark.parametrize(
    ("words", "filled"),
    [
        ("Wagiman Tirtorejo 1955", {"full_name": "Wagiman Tirtorejo", "age_amount": str(TODAY.year - 1955)}),
        ("Wagiman Tirtorejo", {"full_name": "Wagiman Tirtorejo"}),
        ("3578091506550001", {"nik": "3578091506550001"}),
        ("0812-3456-7890", {"phone": "0812-3456-7890"}),
    ],
)
def test_what_was_searched_for_in_vain_is_filled_in_and_stands_in_no_address(
    house: House, words: str, filled: dict[str, str]
) -> None:
    client = page_of(house.owner)
    results = client.post(reverse("people:list"), {"_cari": "1", "q": words}, follow=True)
    page = BeautifulSoup(results.text, "html.parser")
    link = next(str(a["href"]) for a in page.select("main a") if "daftar/" in str(a["href"]))
    form = BeautifulSoup(client.get(link).text, "html.parser")
    boxes = form.select("main input[type=text], main input[type=tel], main input:not([type])")
    assert {str(box["name"]): str(box["value"]) for box in boxes if box.get("value")} == filled
    assert [part for part in words.split() if part in link + results.redirect_chain[-1][0]] == []


def test_the_same_form_sent_fifty_times_makes_one_person(house: House) -> None:
    client, form = page_of(house.owner), typed()
    answers = {client.post("/orang/daftar/", form)["Location"] for _ in range(50)}
    assert len(answers) == 1
    assert people(house.owner) == ["Budi Santoso"]


def test_someone_alike_is_shown_before_a_second_record_is_made(house: House) -> None:
    house.person("Budi Santoso", birth_year_from=1990, birth_year_to=1990)
    client, form = page_of(house.owner), typed(full_name="Boedi Santosa")
    answer = client.post("/orang/daftar/", form)
    assert answer.status_code == 200
    assert "Mungkin orangnya sudah terdaftar" in answer.text
    assert people(house.owner) == ["Budi Santoso"]
    known = answer.context["decided"]
    answer = client.post("/orang/daftar/", form | {"checked": "1", "not_same_as": known})
    assert answer.status_code == 302
    assert people(house.owner) == ["Boedi Santosa", "Budi Santoso"]
    with sight_of(house.owner):
        assert Distinction.objects.count() == 1


def test_the_same_nik_on_two_people_needs_a_reason(house: House) -> None:
    known = house.person("Budi Santoso", nik="3173041505900001")
    client = page_of(house.owner)
    form = typed(
        full_name="Ujang Komar", nik="3173041505900001", no_nik_reason="", not_same_as=[str(known.pk)], checked="1"
    )
    answer = client.post("/orang/daftar/", form)
    assert (answer.status_code, people(house.owner)) == (422, ["Budi Santoso"])
    assert client.post("/orang/daftar/", form | {"distinct_reason": "NIK ganda setelah pindah"}).status_code == 302
    assert people(house.owner) == ["Budi Santoso", "Ujang Komar"]


def test_a_doubtful_nik_warns_and_passes_when_confirmed(house: House) -> None:
    client = page_of(house.owner)
    form = typed(nik="9901015505900001", no_nik_reason="", kind="perempuan_rawan")
    answer = client.post("/orang/daftar/", form)
    assert answer.status_code == 200
    assert answer.context["doubts"] != []
    assert people(house.owner) == []
    assert client.post("/orang/daftar/", form | {"checked": "1"}).status_code == 302


BAD = {
    "full_name": ["", "a" * 151, "Budi\x00", "Budi\x07"],
    "birth_date": ["31/02/1990", "1/13/1990", "besok", "01/01/3000", "9" * 60],
    "sex": ["", "Z"],
    "nik": ["123", "3173041505900000", "3173049905900001", "abc", "9" * 100],
    "kk": ["1", "x"],
    "phone": ["12", "0" * 50, "<script>"],
    "region": ["99.99", "entah", "31.73.04.1001; DROP TABLE"],
    "kind": ["tidak-ada"],
    "id": ["", "bukan", str(UUID(int=1)), "\x00"],
    "age_amount": ["-1", "999999999999", "x"],
    "unit": [],
}


@pytest.mark.parametrize(("field", "value"), [(f, v) for f, values in BAD.items() for v in values])
def test_bad_input_is_answered_and_changes_nothing(house: House, field: str, value: str) -> None:
    form = typed(no_nik_reason="" if field == "nik" else "tidak_membawa_dokumen", age_unit="year") | {field: value}
    if field == "age_amount":
        form["birth_date"] = ""
    answer = page_of(house.owner).post("/orang/daftar/", form)
    expected = (302, ["Budi Santoso"]) if value == "31.73.04.1001; DROP TABLE" else (422, [])
    assert (answer.status_code, people(house.owner)) == expected


def test_an_emoji_in_a_name_is_kept_as_typed(house: House) -> None:
    assert page_of(house.owner).post("/orang/daftar/", typed(full_name="Budi 😀")).status_code == 302
    assert people(house.owner) == ["Budi 😀"]


def test_a_forged_id_of_someone_elses_record_changes_nothing(house: House) -> None:
    theirs = house.person("Joko Susilo", by=house.outsider, unit=house.kedoya)
    answer = page_of(house.owner).post("/orang/daftar/", typed(id=str(theirs.pk)))
    assert (answer.status_code, people(house.owner), people(house.outsider)) == (422, [], ["Joko Susilo"])


def a_full_person(house: House, times: int) -> Person:
    person = house.person("Budi Santoso", nik="3173041505900001")
    for number in range(times):
        add_alias(id=uuid7(), person=person, name=f"Tompel {number}", kind="street", by=house.owner, at=AT)
        add_relationship(
            id=uuid7(), person=person, relation="wali", contact_name="Ibu Sri", since=TODAY, by=house.owner, at=AT
        )
        give_consent(
            id=uuid7(), person=person, purpose="care", text_version="1", method="signature", by=house.owner, at=AT
        )
        kind = ["gelandangan", "pengemis", "pemulung"][number]
        assign_kind(id=uuid7(), person=person, kind=kind, since=TODAY, by=house.owner, at=AT)
        member = house.person(f"Anak {['Satu', 'Dua', 'Tiga'][number]}", sex="P")
        for one in (member, *((person,) if number == 0 else ())):
            card = FamilyCard("3173041505120003", "anak")
            join_household(id=uuid7(), person=one, card=card, since=TODAY, by=house.owner, at=AT)
    return person


def cost(user: User, url: str) -> int:
    """What a page costs someone who is at work already (once a minute the session is written, too)."""
    client = page_of(user)
    client.get(url)
    return statements(client, url)


@pytest.mark.parametrize("address", ["person", "list", "search"])
def test_a_page_costs_the_same_with_one_and_with_three_of_everything(house: House, address: str) -> None:
    person = a_full_person(house, 1)
    url = {"person": f"/orang/{person.pk}/", "list": "/orang/", "search": "/orang/?q=budi"}[address]
    with_one = cost(house.owner, url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('serasi.actor', %s, true)", [str(house.owner.pk)])
    for number, kind in enumerate(["pengemis", "pemulung"]):
        add_alias(id=uuid7(), person=person, name=f"Lain {number}", kind="street", by=house.owner, at=AT)
        add_relationship(
            id=uuid7(), person=person, relation="wali", contact_name="Pak De", since=TODAY, by=house.owner, at=AT
        )
        give_consent(
            id=uuid7(), person=person, purpose="photo", text_version="1", method="signature", by=house.owner, at=AT
        )
        assign_kind(id=uuid7(), person=person, kind=kind, since=TODAY, by=house.owner, at=AT)
        other = house.person(f"Budi {['Raharjo', 'Hartanto'][number]}")
        card = FamilyCard("3173041505120003", "anak")
        join_household(id=uuid7(), person=other, card=card, since=TODAY, by=house.owner, at=AT)
    with_three = cost(house.owner, url)
    assert with_three == with_one
    assert with_three <= 15


def test_opening_a_person_is_logged_and_answers_who_opened_them(house: House) -> None:
    person = house.person("Budi Santoso")
    page_of(house.colleague).get(f"/orang/{person.pk}/")
    assert list(Look.objects.filter(subject_id=person.pk).values_list("user_id", "purpose")) == [
        (house.colleague.pk, "Membuka data orang")
    ]
    answer = page_of(house.head).get(f"/orang/{person.pk}/dibuka/")
    assert "Agus Salim" in answer.text
    assert page_of(house.colleague).get(f"/orang/{person.pk}/dibuka/").status_code == 403


def test_who_may_not_see_a_person_cannot_tell_that_there_is_one(house: House) -> None:
    person = house.person("Budi Santoso")
    sealed = house.person("Maya Anggraini", sex="P")
    keep_team(person=sealed, members=[house.owner], by=house.owner, at=AT)
    set_confidentiality(person=sealed, confidentiality="sealed", by=house.owner, at=AT)
    nobody = uuid7()
    for address in ("", "ubah/", "foto/", "gabung/", "nama/tambah/", "kenali/"):
        answers = [page_of(house.colleague).get(f"/orang/{pk}/{address}") for pk in (sealed.pk, nobody)]
        assert [answer.status_code for answer in answers] == [404, 404], address
        assert page_of(house.outsider).get(f"/orang/{sealed.pk}/{address}").status_code == 404
    assert page_of(house.outsider).get(f"/orang/{person.pk}/").status_code == 404
    assert page_of(house.owner).get(f"/orang/{sealed.pk}/").status_code == 200


def test_someone_from_another_unit_is_recognised_with_a_reason(house: House) -> None:
    person = house.person("Budi Santoso")
    client = page_of(house.outsider)
    assert client.get(f"/orang/{person.pk}/kenali/").status_code == 200
    assert client.post(f"/orang/{person.pk}/kenali/", {"id": str(uuid7()), "reason": ""}).status_code == 422
    answer = client.post(f"/orang/{person.pk}/kenali/", {"id": str(uuid7()), "reason": "datang kembali"})
    assert answer["Location"] == f"/orang/{person.pk}/"
    assert client.get(f"/orang/{person.pk}/").status_code == 200
    with sight_of(house.outsider):
        assert list(PersonUnit.objects.values_list("unit__code", "reason")) == [("PS-KEDOYA", "datang kembali")]


def test_two_editors_both_keep_their_work(house: House) -> None:
    person = house.person("Budi Santoso")
    first, second = page_of(house.owner), page_of(house.colleague)
    form = {
        "revision": "1",
        "full_name": "Budi Santoso",
        "identity_state": "menurut_pengakuan",
        "sex": "L",
        "no_nik_reason": "dokumen_hilang",
    }
    url = f"/orang/{person.pk}/ubah/"
    assert first.post(url, form | {"mother_name": "Sulastri"}).status_code == 302
    answer = second.post(url, form | {"mother_name": "Sulasmi"})
    assert answer.status_code == 409
    assert "Sulastri" in answer.text
    assert "Sulasmi" in answer.text
    assert second.post(url, form | {"mother_name": "Sulasmi", "revision": "2"}).status_code == 302
    with sight_of(house.owner):
        assert Person.objects.get().mother_name == "Sulasmi"


def test_a_nik_is_masked_and_shown_whole_only_for_a_reason_that_is_logged(house: House) -> None:
    person = house.person("Budi Santoso", nik="3173041505900001")
    client = page_of(house.owner)
    assert "3173041505900001" not in client.get(f"/orang/{person.pk}/").text
    assert client.post(f"/orang/{person.pk}/nik/", {"purpose": ""}).status_code == 422
    answer = client.post(f"/orang/{person.pk}/nik/", {"purpose": "mengurus KTP"})
    assert "3173 0415 0590 0001" in answer.text
    assert Look.objects.filter(subject_id=person.pk, purpose="NIK: mengurus KTP").count() == 1


def test_a_child_in_a_court_case_is_initials_to_all_but_the_team(house: House) -> None:
    child = house.person("Andi Pratama", birth_year_from=2012, birth_year_to=2012, mother_name="Sulastri")
    keep_team(person=child, members=[house.owner], by=house.owner, at=AT)
    set_confidentiality(person=child, confidentiality="sppa", by=house.owner, at=AT)
    for url in ("/orang/", "/orang/?q=andi+pratama", f"/orang/{child.pk}/"):
        seen = page_of(house.colleague).get(url).text.replace("andi+pratama", "").replace('value="andi pratama"', "")
        assert ("A. P." in seen, "Andi Pratama" in seen, "Sulastri" in seen) == (True, False, False), url
    assert "Andi Pratama" in page_of(house.owner).get(f"/orang/{child.pk}/").text


def test_two_records_are_compared_merged_and_made_two_again(house: House) -> None:
    kept = house.person("Budi Santoso")
    other = house.person("Boedi Santoso", phone="+6281234567890", not_same_as=[kept.pk])
    client = page_of(house.owner)
    assert "Boedi Santoso" in client.get(f"/orang/{kept.pk}/gabung/").text
    page = client.get(f"/orang/{kept.pk}/gabung/?dengan={other.pk}")
    form = {
        "id": str(uuid7()),
        "reason": "keluarga membenarkan",
        "kept_revision": "1",
        "absorbed_revision": "1",
        "take_full_name": "kept",
        "take_phone": "absorbed",
    }
    assert page.status_code == 200
    assert client.post(f"/orang/{kept.pk}/gabung/?dengan={other.pk}", form).status_code == 302
    assert client.get(f"/orang/{other.pk}/")["Location"] == f"/orang/{kept.pk}/"
    with sight_of(house.owner):
        assert Person.objects.get(pk=kept.pk).phone == "+6281234567890"
        merge = Merge.objects.get()
    assert client.post(f"/orang/{kept.pk}/gabung/{merge.pk}/batal/", {"reason": "keliru"}).status_code == 302
    with sight_of(house.owner):
        assert [(p.full_name, p.phone, p.merged_into_id) for p in Person.objects.all()] == [
            ("Boedi Santoso", "+6281234567890", None),
            ("Budi Santoso", "", None),
        ]


@pytest.mark.parametrize(
    "url",
    ["/orang/?q=%00", "/orang/?hal=99999999999999999999", "/orang/?year=abc&sex=Q&kind=zzz", "/orang/?q=" + "a" * 3000],
)
def test_a_wrong_query_narrows_nothing_and_breaks_nothing(house: House, url: str) -> None:
    house.person("Budi Santoso")
    assert page_of(house.owner).get(url).status_code == 200


@pytest.mark.parametrize("role", ["administrator", "ministry"])
def test_roles_without_names_see_no_page_of_people(house: House, role: str) -> None:
    person = house.person("Budi Santoso")
    client = page_of(getattr(house, role))
    urls = ["/orang/", "/orang/daftar/", f"/orang/{person.pk}/", f"/orang/{person.pk}/ubah/"]
    assert [client.get(url).status_code for url in urls] == [403] * 4


def test_a_household_shows_whom_the_reader_may_see_and_takes_in_members(house: House) -> None:
    ours = house.person("Budi Santoso")
    theirs = house.person("Sri Wahyuni", sex="P", by=house.outsider, unit=house.kedoya)
    child = house.person("Andi Pratama")
    card = FamilyCard("3173041505120003", "kepala_keluarga")
    member = join_household(id=uuid7(), person=ours, card=card, since=TODAY, by=house.owner, at=AT)
    join_household(id=uuid7(), person=theirs, card=card, since=TODAY, by=house.outsider, at=AT)
    url, client = f"/orang/keluarga/{member.household_id}/", page_of(house.owner)
    page = client.get(url).text
    assert ("Budi Santoso" in page, "Sri Wahyuni" in page) == (True, False)
    assert "Andi Pratama" in client.get(f"{url}?q=andi").text
    join = {"id": str(uuid7()), "relation": "anak", "since": "20/11/2026"}
    assert client.post(f"{url}?dengan={child.pk}", join).status_code == 302
    assert "Andi Pratama" in client.get(url).text
    assert client.post(f"{url}?dengan={theirs.pk}", join | {"id": str(uuid7())}).status_code == 404
    assert page_of(house.head).get(f"/orang/keluarga/{uuid7()}/").status_code == 404


def test_a_registered_relative_is_linked_and_a_contact_is_only_named(house: House) -> None:
    person, aunt = house.person("Budi Santoso"), house.person("Sri Wahyuni", sex="P")
    url, client = f"/orang/{person.pk}/kerabat/tambah/", page_of(house.owner)
    assert "Sri Wahyuni" in client.get(f"{url}?q=sri").text
    form = {"id": str(uuid7()), "relation": "wali", "since": "20/11/2026"}
    assert client.post(f"{url}?dengan={aunt.pk}", form).status_code == 302
    assert client.post(url, form | {"id": str(uuid7())}).status_code == 422
    assert client.post(url, form | {"id": str(uuid7()), "contact_name": "Pak Karno"}).status_code == 302
    assert client.get(f"{url}?dengan={uuid7()}").status_code == 404
    with sight_of(house.owner):
        assert sorted((r.contact_name, r.other_id) for r in person.relationships.all()) == [
            ("", aunt.pk),
            ("Pak Karno", None),
        ]


def test_a_photo_is_drawn_anew_and_shown_to_who_may_see_the_person(house: House, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    person, picture = house.person("Budi Santoso"), BytesIO()
    Image.new("RGB", (64, 64), "teal").save(picture, "JPEG")
    client = page_of(house.owner)
    photo = SimpleUploadedFile("saya.jpg", picture.getvalue(), "image/jpeg")
    url = f"/orang/{person.pk}/foto/"
    assert client.post(f"{url}ganti/", {"revision": "1", "photo": photo}).status_code == 302
    assert client.get(url).getvalue()[:2] == b"\xff\xd8"
    assert page_of(house.outsider).get(url).status_code == 404
    wrong = SimpleUploadedFile("saya.jpg", b"GIF89a <script>", "image/jpeg")
    assert client.post(f"{url}ganti/", {"revision": "2", "photo": wrong}).status_code == 422


def test_a_consent_is_recorded_by_the_text_that_was_read(house: House) -> None:
    child = house.person("Andi Pratama", birth_year_from=2015, birth_year_to=2015)
    client = page_of(house.owner)
    form = {"id": str(uuid7()), "text_version": "care_v1", "given_by": "self", "method": "signature"}
    answer = client.post(f"/orang/{child.pk}/persetujuan/tambah/", form, follow=True)
    assert "Untuk anak" in answer.text
    with sight_of(house.owner):
        [consent] = child.consents.all()
        assert (consent.purpose, consent.text_version) == ("care", "care_v1")
    url = f"/orang/{child.pk}/persetujuan/{consent.pk}/tarik/"
    assert client.post(url, {"reason": "tidak lagi mau"}).status_code == 302


def test_two_alike_records_are_remembered_as_two_people(house: House) -> None:
    one, other = house.person("Budi Satu"), house.person("Joko Dua")
    client, form = page_of(house.owner), {"id": str(uuid7()), "reason": "kembar"}
    for _time in range(2):
        assert client.post(f"/orang/{one.pk}/gabung/{other.pk}/beda/", form).status_code == 302
    with sight_of(house.owner):
        assert [d.reason for d in one.distinctions.all()] == ["kembar"]
    theirs = house.person("Slamet Tiga", by=house.outsider, unit=house.kedoya)
    assert client.post(f"/orang/{one.pk}/gabung/{theirs.pk}/beda/", form).status_code == 404


def test_every_simple_form_page_opens_and_refuses_emptiness(house: House) -> None:
    person = house.person("Budi Santoso")
    client = page_of(house.owner)
    for name in (
        "new_alias",
        "new_address",
        "new_household",
        "new_relationship",
        "new_kind",
        "new_consent",
        "photo_form",
    ):
        url = reverse(f"people:{name}", args=[person.pk])
        assert client.get(url).status_code == 200, name
        assert client.post(url, {}).status_code == 422, name


def edited(person: Person, **facts: str) -> dict[str, str]:
    typed_before = {
        "revision": str(Person.objects.get(pk=person.pk).revision),
        "full_name": person.full_name,
        "identity_state": person.identity_state,
        "sex": person.sex,
        "no_nik_reason": person.no_nik_reason,
    }
    return typed_before | facts


def test_an_edit_that_makes_two_alike_warns_until_they_are_decided_to_be_two(house: House) -> None:
    one, other = house.person("Siti Aminah", sex="P"), house.person("Wagiyem", sex="P")
    client = page_of(house.owner)

    def warned(name: str) -> list[str]:
        with sight_of(house.owner):
            facts = edited(other, full_name=name)
        answer = client.post(f"/orang/{other.pk}/ubah/", facts, follow=True)
        assert answer.status_code == 200, answer.context["form"].errors
        return [str(message) for message in answer.context["messages"] if "mirip" in str(message)]

    def decided() -> bool:
        return "sudah dinyatakan orang lain" in client.get(f"/orang/{one.pk}/gabung/").content.decode()

    assert (len(warned("Siti Aminah")), decided()) == (1, False)
    keep_apart(id=uuid7(), person=one, other=other, reason="bertetangga", by=house.owner, at=AT)
    assert (len(warned("Siti Amina")), decided()) == (0, True)
    third = house.person("Siti Aminah", sex="P", not_same_as=[one.pk, other.pk])
    assert warned("Siti Aminah") == []  # registering the third decided about both
    with sight_of(house.owner):
        assert {row.other_id for row in Distinction.objects.filter(person=third)} == {one.pk, other.pk}


def test_the_window_of_a_person_is_not_titled_with_the_name(house: House) -> None:
    person = house.person("Budi Santoso")
    page = page_of(house.owner).get(f"/orang/{person.pk}/").text
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert ("Data orang" in title, "Budi" in title) == (True, False)


def test_namesakes_are_told_apart_where_one_is_chosen(house: House) -> None:
    kept = house.person("Budi Santoso", birth_year_from=1980, birth_year_to=1980)
    house.person("Budi Santoso", birth_year_from=1960, birth_year_to=1960)
    child = house.person("Budi Santoso", birth_year_from=2010, birth_year_to=2010)
    set_confidentiality(person=child, confidentiality="sppa", by=house.owner, at=AT)

    page = page_of(house.owner).get(f"/orang/{kept.pk}/gabung/").text

    assert "Laki-laki · sekitar 66 tahun" in page
    assert "<strong>B. S.</strong><br>Laki-laki · sekitar 16 tahun" in page
