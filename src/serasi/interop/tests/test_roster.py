"""A roster from upload to people: what becomes of each row, twice, after a break, when cancelled, when decided."""

import pytest

from serasi.access.models import Unit, User
from serasi.access.operations import acting
from serasi.interop.enums import RosterState
from serasi.interop.tests.factories import load_lists, new_unit, new_user, nik, outcomes, read, rows_of, save, workbook
from serasi.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    load_lists()
    return new_unit("PANTI-A")


@pytest.fixture
def owner(unit: Unit) -> User:
    return new_user("owner", unit)


HEAD = ["NO", "NAMA", "NIK", "TGL LAHIR", "L/P", "JENIS PMKS"]


def test_a_first_roster_makes_people(owner: User, unit: Unit) -> None:
    content = workbook(
        [
            HEAD,
            [1, "Budi Santoso", nik(1), "15/06/1980", "L", "Lanjut usia telantar"],
            [2, "Siti Aminah", "", "1950", "P", ""],
        ]
    )

    roster = read(content, by=owner, unit=unit)
    assert roster.state is RosterState.READ
    print({n: (r.outcome, r.problems) for n, r in rows_of(roster, owner).items()})
    assert outcomes(roster, owner) == {2: "new", 3: "new"}
    roster = save(roster, by=owner)
    assert roster.state is RosterState.SAVED
    with acting(owner, "test"):
        assert sorted(Person.objects.visible_to(owner).values_list("full_name", flat=True)) == [
            "Budi Santoso",
            "Siti Aminah",
        ]
