"""A kind of PPKS that tells of HIV is read as the HIV part of a file is: by some professions of the team, and heads."""

import pytest
from django.urls import reverse

from serasi.access.enums import Role
from serasi.access.models import User
from serasi.access.operations import acting
from serasi.common.identifiers import uuid7
from serasi.people.models import Person, PersonKind
from serasi.people.operations import assign_kind, keep_team, set_confidentiality
from serasi.people.tests.factories import AT, TODAY, House, make_user
from serasi.people.tests.test_pages import page_of
from serasi.people.tests.test_visibility import sight_of

HIV = "orang_dengan_hiv_aids"


@pytest.fixture
def staff(house: House) -> dict[str, User]:
    """Everyone whom the question may concern; the second half is on the person's team."""
    near = {
        name: make_user(f"{name} Cipayung", (role, house.cipayung))
        for name, role in {
            "Psikolog": Role.PSYCHOLOGIST,
            "Pengasuh": Role.CARER,
            "Instruktur": Role.INSTRUCTOR,
            "Petugas LKS": Role.LKS_WORKER,
            "Supervisor": Role.SUPERVISOR,
        }.items()
    }
    return {
        "owner": house.owner,
        "colleague": house.colleague,
        "outsider": house.outsider,
        "head": house.head,
        "dinas officer": house.officer,
        "psychologist beside": make_user("Psikolog Lain", (Role.PSYCHOLOGIST, house.cipayung)),
        "psychologist": near["Psikolog"],
        "carer": near["Pengasuh"],
        "instructor": near["Instruktur"],
        "LKS worker": near["Petugas LKS"],
        "supervisor": near["Supervisor"],
        "student": house.student,
    }


@pytest.fixture
def person(house: House, staff: dict[str, User]) -> Person:
    someone = house.person("Tono Sugiri", kinds=[HIV, "pengemis"])
    team = [staff[name] for name in ("owner", "psychologist", "carer", "instructor", "LKS worker", "student")]
    keep_team(person=someone, members=team, by=house.owner, at=AT)
    return someone


READERS = {"owner", "psychologist", "supervisor", "head"}


def test_the_database_shows_it_to_the_team_that_may_read_of_hiv_and_to_the_heads_alone(
    person: Person, staff: dict[str, User]
) -> None:
    by_database, by_queryset = set(), set()
    for name, user in staff.items():
        with sight_of(user):
            kinds = PersonKind.objects.filter(person=person)
            by_database |= {name} if kinds.filter(kind=HIV).exists() else set()
            by_queryset |= {name} if kinds.readable_by(user).filter(kind=HIV).exists() else set()
            assert kinds.filter(kind="pengemis").exists() == (name != "outsider"), name
    assert by_database == by_queryset == READERS


def test_the_queryset_says_the_same_where_the_database_shows_everything(person: Person, staff: dict[str, User]) -> None:
    with acting(User.objects.system(), "test.look"):
        assert {name for name, user in staff.items() if _reads(person, user)} == READERS


def _reads(person: Person, user: User) -> bool:
    return PersonKind.objects.filter(person=person, kind=HIV).readable_by(user).exists()


def test_the_page_of_the_person_says_it_to_the_same_people(person: Person, staff: dict[str, User]) -> None:
    told = set()
    for name, user in staff.items():
        page = page_of(user).get(reverse("people:person", args=[person.pk]))
        told |= {name} if "HIV" in page.text else set()
        assert page.status_code == (404 if name == "outsider" else 200), name
    assert told == READERS


def test_of_a_sealed_person_only_the_team_reads_it(person: Person, staff: dict[str, User], house: House) -> None:
    set_confidentiality(person=person, confidentiality="sealed", by=house.owner, at=AT)
    told = set()
    for name, user in staff.items():
        with sight_of(user):
            told |= {name} if PersonKind.objects.filter(kind=HIV).exists() else set()
    assert told == {"owner", "psychologist"}


def test_no_list_tells_it_not_even_to_the_team(person: Person, house: House) -> None:
    client = page_of(house.owner)
    assert "HIV" not in client.get("/orang/").text
    assert "HIV" not in client.get("/orang/", {"kind": HIV}).text
    everyone = client.get("/orang/").context["count"]
    assert client.get("/orang/", {"kind": HIV}).context["count"] == everyone


def test_whoever_may_not_read_it_may_write_it_down_and_learns_nothing(person: Person, house: House) -> None:
    healthy = house.person("Budi Raharjo")
    told = []
    for someone in (person, healthy):
        page = page_of(house.colleague).post(
            reverse("people:new_kind", args=[someone.pk]),
            {"id": str(uuid7()), "kind": HIV, "since": TODAY.strftime("%d/%m/%Y"), "note": ""},
            follow=True,
        )
        told.append((page.status_code, [str(message) for message in page.context["messages"]], "HIV" in page.text))
    assert told[0] == told[1]
    with sight_of(house.head):
        written = PersonKind.objects.filter(kind=HIV).values_list("person__full_name", flat=True)
        assert sorted(written) == ["Budi Raharjo", "Tono Sugiri"]


def test_whoever_reads_it_is_told_that_it_stands_there_already(person: Person, house: House) -> None:
    page = page_of(house.owner).post(
        reverse("people:new_kind", args=[person.pk]),
        {"id": str(uuid7()), "kind": HIV, "since": TODAY.strftime("%d/%m/%Y"), "note": ""},
    )
    assert (page.status_code, "sudah tercatat" in page.text) == (422, True)


def test_it_is_ended_by_whoever_reads_it_and_is_not_there_for_others(person: Person, house: House) -> None:
    with sight_of(house.owner):
        kind = PersonKind.objects.get(person=person, kind=HIV)
    url = reverse("people:close_kind", args=[person.pk, kind.pk])
    assert [page_of(user).get(url).status_code for user in (house.owner, house.colleague)] == [200, 404]


def test_a_kind_that_is_chosen_stands_in_no_address(person: Person, house: House) -> None:
    client = page_of(house.owner)
    url = reverse("people:new_kind", args=[person.pk])
    sent_to = client.post(url, {"_cari": "1", "jenis_ppks": HIV})["Location"]
    assert HIV not in sent_to
    page = client.get(sent_to)
    assert page.context["form"].initial == {"kind": HIV}


def test_a_row_of_a_roster_may_bring_it_again(person: Person, house: House) -> None:
    assign_kind(id=uuid7(), person=person, kind=HIV, since=TODAY, by=house.colleague, at=AT)
    with sight_of(house.head):
        assert PersonKind.objects.filter(person=person, kind=HIV).count() == 1
