"""An invented crowd for measuring: as many as asked, the same for the same seed, and no guard left down."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import Error, connection, transaction

from serasi.access.enums import Role
from serasi.access.models import Posting, TrailEntry, Unit, User
from serasi.access.operations import acting
from serasi.access.tests.factories import make_staff, make_unit
from serasi.cases.models import Case, Note
from serasi.institutions.models import Region
from serasi.people.models import Person
from serasi.people.queries.search import find_people
from serasi.start import desks
from serasi.start.crowd import load_crowd
from serasi.start.desks import NobodyToServe

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_works(db: None) -> None:
    with acting(User.objects.system(), "test"):
        Posting.objects.all().delete()


@pytest.fixture
def rini() -> User:
    """Rini at one panti, which is all there is, in a country of one village."""
    with acting(User.objects.system(), "test"):
        parent = None
        for level, code in enumerate(("32", "32.01", "32.01.01", "32.01.01.1001"), start=1):
            parent = Region.objects.create(code=code, name=code, level=level, parent=parent, edition="test")
    return make_staff(Role.SOCIAL_WORKER, make_unit(code="PANTI"), "Rini Wulandari")


def as_owner(load: Callable[[], int]) -> int:
    """The crowd is loaded by the owner of the schema; everybody else reads as the application."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        loaded = load()
        cursor.execute(f'SET LOCAL ROLE "{settings.APPLICATION_ROLE}"')
    return loaded


def picture() -> dict[str, Any]:
    with acting(User.objects.system(), "test.look"):
        return {
            "people": sorted(Person.objects.values_list("pk", "full_name", "birth_date", "nik_hash")),
            "cases": sorted(Case.objects.values_list("pk", "number", "person", "opened_at")),
            "notes": Note.objects.count(),
        }


def test_as_many_people_come_as_were_asked_for_and_a_fifth_have_a_case(rini: User) -> None:
    assert as_owner(lambda: load_crowd(persons=50, seed=1, at=AT)) == 50
    seen = picture()
    assert (len(seen["people"]), len(seen["cases"]), seen["notes"]) == (50, 10, 30)
    with acting(rini.refresh_scope(), "test.look"):
        assert Case.objects.filter(opened_by=rini).count() == 10
        person = Person.objects.order_by("full_name")[0]
        assert person in {found.person for found in find_people(by=rini, text=person.full_name)}


def test_the_same_seed_makes_the_same_crowd(rini: User) -> None:
    pictures = []
    for _ in range(2):
        before = transaction.savepoint()
        as_owner(lambda: load_crowd(persons=30, seed=7, at=AT))
        pictures.append(picture())
        transaction.savepoint_rollback(before)
    assert pictures[0] == pictures[1]


def test_every_guard_stands_again_afterwards_and_the_trail_says_what_came(rini: User) -> None:
    as_owner(lambda: load_crowd(persons=5, seed=1, at=AT))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class JOIN pg_trigger ON tgrelid = pg_class.oid"
            " WHERE tgenabled = 'D' OR (relname = 'people_person' AND NOT (relrowsecurity AND relforcerowsecurity))"
        )
        assert cursor.fetchone() == (0,)
    with acting(User.objects.system(), "test.look"):
        before = TrailEntry.objects.count()
        Person.objects.filter(pk=Person.objects.all()[:1].get().pk).update(description="Rambut ikal")
        assert TrailEntry.objects.count() == before + 1


def test_a_large_crowd_gets_desks_of_its_own(rini: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "PEOPLE", 10)
    as_owner(lambda: load_crowd(persons=40, seed=1, at=AT))
    with acting(User.objects.system(), "test.look"):
        served = {unit.code: Person.objects.known_to(unit).count() for unit in Unit.objects.all()}
    assert {code: number for code, number in served.items() if number} == {
        "PANTI": 10,
        "CONTOH-0001": 10,
        "CONTOH-0002": 10,
        "CONTOH-0003": 10,
    }


def test_nobody_comes_where_nobody_serves() -> None:
    with pytest.raises((NobodyToServe, Error)):
        as_owner(lambda: load_crowd(persons=5, seed=1, at=AT))
