"""What the database itself refuses, each rule broken once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from serasi.access.operations import acting
from serasi.common.identifiers import uuid7
from serasi.people.models import (
    Address,
    Alias,
    Consent,
    Distinction,
    Household,
    HouseholdMember,
    Merge,
    Person,
    PersonKind,
    PersonTeam,
    PersonUnit,
    Relationship,
)
from serasi.people.tests.factories import AT, TODAY, House, later, system

OPEN = DateRange(TODAY, None)
EMPTY = DateRange(TODAY, TODAY)
UNBOUNDED = DateRange(None, TODAY)


def broken(write: Callable[[], object]) -> str:
    """The name of the constraint that stops a write."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic(), acting(system(), "test"):  # noqa: PT012
        write()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return str(caught.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


def changed(person: Person, **facts: object) -> Callable[[], object]:
    return lambda: Person.objects.filter(pk=person.pk).update(**facts)


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"full_name": ""}, "people_person_can_be_told_apart"),
        ({"no_nik_reason": ""}, "people_person_has_nik_or_a_reason"),
        ({"nik": "3173041505900001"}, "people_person_has_nik_or_a_reason"),
        ({"nik_hash": "3173041505900001"}, "people_person_has_nik_or_a_reason"),
        ({"birth_year_from": 1990}, "people_person_birth_years_are_ordered"),
        ({"birth_year_from": 1990, "birth_year_to": 1980}, "people_person_birth_years_are_ordered"),
        ({"birth_year_from": 1700, "birth_year_to": 1980}, "people_person_birth_years_are_ordered"),
        (
            {"birth_date": date(1990, 1, 1), "birth_year_from": 1991, "birth_year_to": 1991},
            "people_person_birth_years_follow_the_day",
        ),
        (
            {
                "birth_date": date(1990, 1, 2),
                "birth_year_from": 1990,
                "birth_year_to": 1990,
                "died_on": date(1990, 1, 1),
            },
            "people_person_dies_after_birth",
        ),
        ({"sex": "Q"}, "people_person_codes_are_known"),
        ({"confidentiality": "open"}, "people_person_codes_are_known"),
        ({"identity_state": "?"}, "people_person_codes_are_known"),
    ],
)
def test_a_person_that_cannot_be_is_refused(house: House, facts: dict[str, object], rule: str) -> None:
    assert broken(changed(house.person(), **facts)) == rule


def test_merges_point_straight_at_a_root(house: House) -> None:
    one, two, three = house.person("Budi Satu"), house.person("Joko Dua"), house.person("Slamet Tiga")
    assert broken(changed(one, merged_into=one)) == "people_person_is_not_merged_into_itself"
    with acting(system(), "test"):
        changed(one, merged_into=two)()
    assert broken(changed(two, merged_into=three)) == "people_merge_points_at_root"
    assert broken(changed(three, merged_into=one)) == "people_merge_points_at_root"


def test_names_and_addresses(house: House) -> None:
    person = house.person()

    def alias(name: str) -> Callable[[], object]:
        return lambda: Alias.objects.bulk_create([Alias(person=person, name=name, name_key="x") for _ in range(2)])

    def address(**facts: object) -> Callable[[], object]:
        defaults: dict[str, object] = {"kind": "domicile", "line": "Jl. Satu", "period": OPEN}
        return lambda: Address.objects.create(person=person, **(defaults | facts))

    assert broken(alias("")) == "people_alias_has_a_name"
    assert broken(alias("Tompel")) == "people_alias_stands_once"
    assert broken(address(line="")) == "people_address_says_where"
    assert broken(address(rt="1a")) == "people_address_rt_rw_are_digits"
    assert broken(address(period=EMPTY)) == "people_address_has_a_start"
    assert broken(address(period=UNBOUNDED)) == "people_address_has_a_start"
    with acting(system(), "test"):
        address()()
    assert (
        broken(address(period=DateRange(TODAY + timedelta(days=9), None))) == "people_one_address_of_a_kind_at_a_time"
    )
    with acting(system(), "test"):
        address(kind="origin")()


def test_units_and_team(house: House) -> None:
    person = house.person()

    def unit(**facts: object) -> Callable[[], object]:
        return lambda: PersonUnit.objects.create(
            **({"person": person, "unit": house.kedoya, "since_at": AT, "id": uuid7()} | facts)
        )

    def team(**facts: object) -> Callable[[], object]:
        return lambda: PersonTeam.objects.create(
            **({"person": person, "user": house.owner, "since_at": AT, "id": uuid7()} | facts)
        )

    assert broken(unit(until_at=later(-1))) == "people_unit_ends_after_it_begins"
    assert broken(unit(unit=house.cipayung)) == "people_unit_knows_a_person_once"
    assert broken(team(until_at=later(-1))) == "people_team_ends_after_it_begins"
    with acting(system(), "test"):
        team()()
    assert broken(team()) == "people_team_has_a_user_once"


def test_households(house: House) -> None:
    person = house.person()
    with acting(system(), "test"):
        first = Household.objects.create(kk="3173041505120003")
        second = Household.objects.create()

    def member(**facts: object) -> Callable[[], object]:
        defaults: dict[str, object] = {"household": first, "person": person, "relation": "anak", "period": OPEN}
        return lambda: HouseholdMember.objects.create(**(defaults | facts))

    assert broken(lambda: Household.objects.create(kk="3173041505120003")) == "people_one_household_per_kk"
    assert broken(lambda: Household.objects.create(rt="12x")) == "people_household_rt_rw_are_digits"
    assert broken(lambda: Household.objects.filter(pk=first.pk).update(kk=None)) == "people_household_kk_is_whole"
    assert broken(member(relation="")) == "people_household_member_has_a_relation"
    assert broken(member(period=EMPTY)) == "people_household_member_has_a_start"
    with acting(system(), "test"):
        member()()
    assert broken(member(household=second)) == "people_one_household_at_a_time"


def test_relationships(house: House) -> None:
    person, other = house.person("Budi Santoso"), house.person("Joko Susilo")

    def tie(**facts: object) -> Callable[[], object]:
        defaults: dict[str, object] = {"person": person, "relation": "wali", "contact_name": "Bu Sri", "period": OPEN}
        return lambda: Relationship.objects.create(**(defaults | facts))

    assert broken(tie(contact_name="")) == "people_relationship_names_one_other"
    assert broken(tie(other=other)) == "people_relationship_names_one_other"
    assert broken(tie(other=person, contact_name="")) == "people_relationship_is_with_another"
    assert broken(tie(relation="")) == "people_relationship_has_a_kind"
    assert broken(tie(period=EMPTY)) == "people_relationship_has_a_start"


def test_kinds(house: House) -> None:
    person = house.person()

    def kind(**facts: object) -> Callable[[], object]:
        defaults: dict[str, object] = {"person": person, "kind_id": "gelandangan", "period": OPEN}
        return lambda: PersonKind.objects.create(**(defaults | facts))

    assert broken(kind(period=EMPTY)) == "people_kind_has_a_start"
    with acting(system(), "test"):
        kind()()
        kind(kind_id="pengemis")()
    assert broken(kind(period=DateRange(TODAY, TODAY + timedelta(days=2)))) == "people_one_kind_once_at_a_time"


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"given_by": "guardian"}, "people_consent_names_its_guardian"),
        ({"guardian_name": "Bu Sri"}, "people_consent_names_its_guardian"),
        ({"method": "thumbprint"}, "people_consent_without_signature_has_a_witness"),
        ({"withdrawn_at": later()}, "people_consent_withdrawal_is_whole"),
        ({"withdrawal_reason": "berubah"}, "people_consent_withdrawal_is_whole"),
        ({"stopped_at": later()}, "people_consent_withdrawal_is_whole"),
        (
            {"withdrawn_at": later(-5), "withdrawal_reason": "x", "withdrawal_due_at": later(90)},
            "people_consent_withdrawal_is_whole",
        ),
        ({"withdrawal_reason": "x", "withdrawal_due_at": later(90)}, "people_consent_withdrawal_is_whole"),
        ({"text_version": ""}, "people_consent_names_its_text"),
    ],
)
def test_consents(house: House, facts: dict[str, object], rule: str) -> None:
    defaults: dict[str, object] = {
        "person": house.person(),
        "purpose": "care",
        "text_version": "1",
        "explained_by": house.owner,
        "given_by": "self",
        "method": "signature",
        "given_at": AT,
    }
    assert broken(lambda: Consent.objects.create(**(defaults | facts))) == rule


def test_merges_and_distinctions(house: House) -> None:
    one, two = house.person("Budi Satu"), house.person("Joko Dua")

    def merge(**facts: object) -> Callable[[], object]:
        defaults: dict[str, object] = {
            "kept": one,
            "absorbed": two,
            "reason": "sama",
            "merged_at": AT,
            "merged_by": house.owner,
            "id": uuid7(),
        }
        return lambda: Merge.objects.create(**(defaults | facts))

    def apart(**facts: object) -> Callable[[], object]:
        defaults: dict[str, object] = {
            "person": one,
            "other": two,
            "decided_at": AT,
            "decided_by": house.owner,
            "id": uuid7(),
        }
        return lambda: Distinction.objects.create(**(defaults | facts))

    assert broken(merge(absorbed=one)) == "people_merge_is_of_two"
    assert broken(merge(reason="")) == "people_merge_has_a_reason"
    assert broken(merge(undone_at=later())) == "people_merge_undo_is_whole"
    assert broken(merge(undone_by=house.owner, undo_reason="x")) == "people_merge_undo_is_whole"
    assert broken(apart(other=one)) == "people_distinction_is_of_two"
    with acting(system(), "test"):
        merge()()
        apart()()
    assert broken(merge()) == "people_absorbed_into_one_at_a_time"
    assert broken(apart()) == "people_distinction_stands_once"


def test_every_constraint_with_a_sentence_says_it_in_indonesian() -> None:
    models = (Person, Alias, Address, Household, HouseholdMember, Relationship, PersonKind, Consent, Merge)
    silent = [
        constraint.name
        for model in models
        for constraint in model._meta.constraints
        if "violated" in str(constraint.get_violation_error_message()).lower()
        or "dilanggar" in str(constraint.get_violation_error_message()).lower()
    ]
    assert sorted(silent) == [
        "people_absorbed_into_one_at_a_time",
        "people_consent_names_its_text",
        "people_household_kk_is_whole",
        "people_merge_is_of_two",
        "people_merge_undo_is_whole",
    ], "only what no form can cause stays without a sentence"
