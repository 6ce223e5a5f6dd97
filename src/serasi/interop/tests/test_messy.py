"""Five hundred rows of a list as a unit really holds it, each with what must come of it."""

from typing import Any

import pytest

from serasi.access.models import Unit, User
from serasi.access.operations import acting
from serasi.interop.enums import RosterState
from serasi.interop.models import RosterImport
from serasi.interop.reading import Problem
from serasi.interop.tests.factories import load_lists, new_unit, new_user, outcomes, read, rows_of, save
from serasi.interop.tests.messy import HEADING, ROWS, lines, messy_file
from serasi.people.models import Address, HouseholdMember, Person, PersonKind

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def facts_of(person: Person, names: dict[str, Any]) -> dict[str, Any]:
    """The same facts of a person that a line promises."""
    found: dict[str, Any] = {}
    for name in names:
        if name == "kinds":
            kinds = PersonKind.objects.filter(person=person).order_by("kind_id")
            found[name] = list(kinds.values_list("kind_id", flat=True))
        elif name == "relation":
            found[name] = HouseholdMember.objects.get(person=person).relation
        elif name == "place":
            found[name] = Address.objects.values_list("region_id", "line", "rt", "rw").get(person=person)
        else:
            found[name] = getattr(person, name)
    return found


def told(written: list[Any]) -> tuple[str, str, str, bool]:
    problem = Problem.told(written)
    return problem.column, problem.what, problem.fix, problem.is_error


def people_of(roster: RosterImport, by: User) -> dict[int, Person]:
    return {number: row.person for number, row in rows_of(roster, by).items() if row.person is not None}


def test_a_list_of_five_hundred_messy_rows_comes_to_what_it_says() -> None:
    load_lists()
    unit: Unit = new_unit("PANTI-A")
    owner = new_user("owner", unit)
    listed = lines()
    assert len(listed) == ROWS
    content = messy_file(listed)

    roster = read(content, by=owner, unit=unit)

    assert (roster.state, roster.header_row) == (RosterState.READ, HEADING)
    assert roster.mapping == [
        *("", "name", "nik", "kk", "relation", "sex", "birth_date", "age", "address", "rt_rw", "village", "regency"),
        *("ppks_kind", "phone", ""),
    ]
    rows = rows_of(roster, owner)
    found = {number: (row.outcome, tuple(map(told, row.problems))) for number, row in rows.items()}
    assert found == {number: (line.outcome, line.problems) for number, line in listed.items()}

    roster = save(roster, by=owner)

    assert roster.state is RosterState.SAVED
    assert outcomes(roster, owner) == {number: line.outcome for number, line in listed.items()}
    people = people_of(roster, owner)
    assert set(people) == {number for number, line in listed.items() if line.outcome == "new"}
    promised = {number: line.facts for number, line in listed.items() if line.outcome == "new" and line.facts}
    with acting(owner, "test"):
        assert {number: facts_of(people[number], facts) for number, facts in promised.items()} == promised
        assert Person.objects.visible_to(owner).count() == len(people)

    again = read(content, by=owner, unit=unit)
    assert (again.pk, again.state) == (roster.pk, RosterState.SAVED)
    with acting(owner, "test"):
        assert RosterImport.objects.count() == 1

    newer = read(messy_file(listed | {max(listed) + 1: lines()[FIRST_PLAIN]}), by=owner, unit=unit)
    assert newer.pk != roster.pk
    known = {number: (row.outcome, row.person_id) for number, row in rows_of(newer, owner).items() if row.person_id}
    assert known == {number: ("known", person.pk) for number, person in people.items()}


FIRST_PLAIN = 65
