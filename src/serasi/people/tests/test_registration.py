"""Many are registered at once by the same checks as one: nobody twice, nobody lost, each told of their own fault."""

from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from serasi.access.models import TrailEntry
from serasi.access.operations import NotAllowed, Refused
from serasi.common.identifiers import uuid7
from serasi.people.enums import IdentityState, Sex
from serasi.people.models import HouseholdMember, Person
from serasi.people.operations import FamilyCard, LikelySame, NewPerson, NikRefused, SameNikNeedsReason, register_people
from serasi.people.queries.matching import Described, alike_among, likely_matches
from serasi.people.tests.factories import AT, House
from serasi.people.tests.test_visibility import sight_of

pytestmark = pytest.mark.django_db
NIK = "3173041505900001"
KK = "3173041505120003"


def told(full_name: str, **facts: Any) -> NewPerson:
    if "nik" not in facts:
        facts.setdefault("no_nik_reason", "tidak_membawa_dokumen")
    return NewPerson(full_name=full_name, **{"identity_state": IdentityState.STATED, "sex": Sex.MALE} | facts)


def registered(house: House, *people: NewPerson) -> list[Person | Refused]:
    given = {uuid7(): new for new in people}
    outcomes = register_people(people=given, unit=house.cipayung, by=house.owner, at=AT)
    return [outcomes[record] for record in given]


def names(house: House) -> list[str]:
    with sight_of(house.owner):
        return sorted(Person.objects.values_list("full_name", flat=True))


def kinds_of(outcomes: list[Person | Refused]) -> list[type]:
    return [type(outcome) for outcome in outcomes]


def test_many_come_in_together_each_with_a_line_in_the_trail(house: House) -> None:
    outcomes = registered(house, told("Budi Santoso"), told("Dewi Lestari", sex="P"), told("Slamet Riyadi"))
    assert kinds_of(outcomes) == [Person, Person, Person]
    assert names(house) == ["Budi Santoso", "Dewi Lestari", "Slamet Riyadi"]
    lines = TrailEntry.objects.filter(table_name="people_person")
    assert [(line.actor_id, line.operation) for line in lines] == [
        (house.owner.pk, "people.registration.register_people")
    ] * 3


def test_two_of_one_list_who_are_alike_are_one_person_and_a_question(house: House) -> None:
    first, second, third = registered(house, told("Siti Aminah"), told("Sitti Aminnah"), told("Slamet Riyadi"))
    assert isinstance(first, Person)
    assert isinstance(second, LikelySame)
    assert [match.person_id for match in second.matches] == [first.pk]
    assert isinstance(third, Person)
    assert names(house) == ["Siti Aminah", "Slamet Riyadi"]


def test_one_nik_twice_in_a_list_is_one_person_and_a_question(house: House) -> None:
    outcomes = registered(house, told("Budi Santoso", nik=NIK), told("Ujang Komar", nik=NIK))
    assert kinds_of(outcomes) == [Person, LikelySame]


def test_who_looks_like_someone_registered_is_not_written_and_the_others_are(house: House) -> None:
    known = house.person("Budi Santoso", nik=NIK)
    outcomes = registered(
        house, told("Boedi Santosa"), told("Ujang Komar", nik=NIK, not_same_as=[known.pk]), told("Slamet Riyadi")
    )
    assert kinds_of(outcomes) == [LikelySame, SameNikNeedsReason, Person]
    assert names(house) == ["Budi Santoso", "Slamet Riyadi"]


def test_whom_the_database_refuses_is_told_why_and_harms_no_other(house: House) -> None:
    nobody = told("")
    outcomes = registered(house, told("Budi Santoso"), nobody, told("Slamet Riyadi", kinds=["tidak_ada"]), told("Wati"))
    assert [str(outcome.message) if isinstance(outcome, Refused) else str(outcome) for outcome in outcomes] == [
        "Budi Santoso",
        "Isi nama, nama panggilan, atau ciri-ciri orang ini.",
        "Halaman ini sudah tidak berlaku. Muat ulang, lalu isi kembali.",
        "Wati",
    ]
    assert names(house) == ["Budi Santoso", "Wati"]


def test_the_same_list_again_makes_nobody_new(house: House) -> None:
    given: dict[UUID, NewPerson] = {uuid7(): told("Budi Santoso"), uuid7(): told("Slamet Riyadi")}
    first = register_people(people=given, unit=house.cipayung, by=house.owner, at=AT)
    assert register_people(people=given, unit=house.cipayung, by=house.owner, at=AT) == first
    assert names(house) == ["Budi Santoso", "Slamet Riyadi"]


def test_a_family_of_one_card_is_one_household(house: House) -> None:
    outcomes = registered(
        house,
        told("Budi Santoso", family_card=FamilyCard(KK, "kepala_keluarga")),
        told("Dewi Lestari", sex="P", family_card=FamilyCard(KK, "istri")),
        told("Slamet Riyadi", family_card=FamilyCard("", "kepala_keluarga")),
    )
    assert kinds_of(outcomes) == [Person, Person, Person]
    with sight_of(house.owner):
        homes = dict(HouseholdMember.objects.values_list("person__full_name", "household_id"))
    assert homes["Budi Santoso"] == homes["Dewi Lestari"] != homes["Slamet Riyadi"]


def test_one_and_three_cost_the_same_statements(house: House) -> None:
    def statements(*people: NewPerson) -> int:
        with CaptureQueriesContext(connection) as captured:
            registered(house, *people)
        return len(captured)

    family = FamilyCard(KK, "anak")
    one = statements(told("Budi Santoso", family_card=family))
    three = statements(
        told("Dewi Lestari", family_card=family), told("Slamet Riyadi"), told("Ujang Komar", family_card=family)
    )
    assert three <= one


def test_nobody_registers_many_where_they_do_not_work(house: House) -> None:
    with pytest.raises(NotAllowed):
        register_people(people={uuid7(): told("Budi Santoso")}, unit=house.cipayung, by=house.outsider, at=AT)
    assert names(house) == []


def test_an_impossible_nik_is_refused_before_anything_is_written() -> None:
    with pytest.raises(NikRefused):
        told("Budi Santoso", nik="3173049905900001")


def test_whoever_the_search_finds_likely_the_same_is_also_alike_within_a_list(house: House) -> None:
    """Within a list the search cannot help, for nobody of it is registered yet; what stands in for it misses nobody."""
    dice = Random(7)
    people = ["Muhammad Rizki Pratama", "Siti Nurhaliza", "Agus", "Dewi Rambe", "I Wayan Sudarta", "Abdurrahman Saleh"]
    for name in people:
        house.person(name)
    typed = [_misspelt(dice, name) for name in people for _ in range(12)]
    found = 0
    with sight_of(house.owner):
        for name in typed:
            for match in likely_matches(by=house.owner, described=Described(full_name=name)):
                assert match.person is not None
                found += 1
                assert alike_among([Described(full_name=match.person.full_name), Described(full_name=name)]) == {1}, (
                    name
                )
    assert found > 40


def _misspelt(dice: Random, name: str) -> str:
    at = dice.randrange(1, len(name) - 1)
    return dice.choice([name[:at] + name[at + 1 :], name[:at] + "e" + name[at:], name[:at] + "a" + name[at + 1 :]])
