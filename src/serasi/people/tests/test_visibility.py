"""Who sees a person: the database under the application and the queryset above it say the same."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from serasi.access.models import User
from serasi.common.identifiers import uuid7
from serasi.people.models import Alias, Person, PersonTeam, PersonUnit
from serasi.people.operations import (
    add_alias,
    change_person,
    keep_team,
    link_to_unit,
    merge_people,
    set_confidentiality,
    undo_merge,
)
from serasi.people.queries.page import PeopleListed
from serasi.people.tests.factories import AT, House, later


@contextmanager
def sight_of(user: User) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('serasi.actor', %s, true), set_config('serasi.scope', '', true)", [str(user.pk)]
        )
    yield


def seen_by(user: User) -> tuple[set[str], set[str]]:
    """What the database lets through, and what the queryset says."""
    with sight_of(user):
        return (
            set(Person.objects.values_list("full_name", flat=True)),
            set(Person.objects.visible_to(user).values_list("full_name", flat=True)),
        )


def test_the_database_and_the_queryset_agree_on_every_role(house: House) -> None:
    house.person("Budi Santoso")
    house.person("Joko Susilo", by=house.outsider, unit=house.kedoya)
    sealed = house.person("Maya Anggraini", sex="P")
    keep_team(person=sealed, members=[house.owner], by=house.owner, at=AT)
    set_confidentiality(person=sealed, confidentiality="sealed", by=house.owner, at=AT)
    with_student = house.person("Slamet Riyadi")
    keep_team(person=with_student, members=[house.student], by=house.owner, at=AT)
    expected = {
        house.owner: {"Budi Santoso", "Maya Anggraini", "Slamet Riyadi"},
        house.colleague: {"Budi Santoso", "Slamet Riyadi"},
        house.outsider: {"Joko Susilo"},
        house.head: {"Budi Santoso", "Slamet Riyadi"},
        house.officer: {"Budi Santoso", "Slamet Riyadi", "Joko Susilo"},
        house.student: {"Slamet Riyadi"},
        house.administrator: set(),
        house.ministry: set(),
    }
    assert {user.full_name: seen_by(user) for user in expected} == {
        user.full_name: (names, names) for user, names in expected.items()
    }


def test_the_parts_of_a_sealed_person_are_sealed_too(house: House) -> None:
    person = house.person("Maya Anggraini", sex="P")
    add_alias(id=uuid7(), person=person, name="Mawar", kind="alias", by=house.owner, at=AT)
    keep_team(person=person, members=[house.owner], by=house.owner, at=AT)
    set_confidentiality(person=person, confidentiality="sealed", by=house.owner, at=AT)
    with sight_of(house.colleague):
        assert (Alias.objects.count(), PersonUnit.objects.count(), PersonTeam.objects.count()) == (0, 0, 0)
    with sight_of(house.owner):
        assert (Alias.objects.count(), PersonUnit.objects.count(), PersonTeam.objects.count()) == (1, 1, 1)


def test_leaving_the_team_closes_the_file_at_once(house: House) -> None:
    person = house.person("Slamet Riyadi", by=house.outsider, unit=house.kedoya)
    keep_team(person=person, members=[house.student], by=house.outsider, at=AT)
    assert seen_by(house.student) == ({"Slamet Riyadi"}, {"Slamet Riyadi"})
    keep_team(person=person, members=[], by=house.outsider, at=later())
    assert seen_by(house.student) == (set(), set())


def test_the_search_table_cannot_be_read_by_the_application(house: House) -> None:
    house.person("Budi Santoso")
    for table in ("people_searchname", "people_nameword"):
        with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):  # noqa: PT012
            cursor.execute("SAVEPOINT before_refusal")
            try:
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            finally:
                cursor.execute("ROLLBACK TO SAVEPOINT before_refusal")


def listed_to(user: User) -> list[str]:
    with sight_of(user):
        listed = PeopleListed(user)
        names = [str(person) for person in listed[0:25]]
        assert len(listed) == len(names)
        return names


def test_the_list_holds_whom_the_reader_may_open_by_name_and_each_once(house: House) -> None:
    house.person("Wati Lestari", sex="P")
    shared = house.person("Budi Santoso")
    link_to_unit(id=uuid7(), person=shared, unit=house.kedoya, by=house.officer, at=AT)
    keep_team(person=shared, members=[house.owner], by=house.owner, at=AT)
    sealed = house.person("Maya Anggraini", sex="P")
    keep_team(person=sealed, members=[house.owner], by=house.owner, at=AT)
    set_confidentiality(person=sealed, confidentiality="sealed", by=house.owner, at=AT)
    house.person("", description="Perempuan, ±60, Pasar Senen", sex="P")

    unknown = "Perempuan, ±60, Pasar Senen"
    assert listed_to(house.owner) == [unknown, "Budi Santoso", "Maya Anggraini", "Wati Lestari"]
    assert listed_to(house.colleague) == [unknown, "Budi Santoso", "Wati Lestari"]
    assert listed_to(house.outsider) == ["Budi Santoso"]
    assert listed_to(house.officer) == [unknown, "Budi Santoso", "Wati Lestari"]


def test_the_list_follows_a_new_name_a_merge_and_its_undoing(house: House) -> None:
    kept, absorbed = house.person("Budi Santoso"), house.person("Tono Susilo")
    change_person(person=kept, revision=1, full_name="Zainal Budi Santoso", by=house.owner, at=AT)
    assert listed_to(house.owner) == ["Tono Susilo", "Zainal Budi Santoso"]

    merge = merge_people(
        id=uuid7(),
        kept=kept,
        absorbed=absorbed,
        kept_revision=2,
        absorbed_revision=1,
        take=(),
        reason="Orang yang sama.",
        by=house.owner,
        at=AT,
    )
    assert listed_to(house.owner) == ["Zainal Budi Santoso"]

    undo_merge(merge=merge, reason="Keliru.", by=house.owner, at=later(hours=1))
    assert listed_to(house.owner) == ["Tono Susilo", "Zainal Budi Santoso"]
