"""The whole register compared with itself, by the model that is shipped."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from serasi.access.operations import NotAllowed, acting
from serasi.people.enums import AddressKind
from serasi.people.linkage.many.workspace import Cancelled, Step, Watch
from serasi.people.management.finding import find_candidates
from serasi.people.models import Candidate, Person
from serasi.people.operations import Place, keep_team, set_confidentiality
from serasi.people.tests.factories import AT, House, make_person, system

pytestmark = pytest.mark.slow
WORDS = ("Sugeng", "Wahyono", "Tukijan", "Marsudi", "Legiman", "Partono", "Ngadiman", "Suroto", "Rustam", "Hadimulyo")


@pytest.fixture
def town(house: House) -> House:
    """Sixty people with names, birthdays and mothers of their own."""
    for place in range(60):
        name = f"{WORDS[place % 10]} {WORDS[(place // 6 + 3) % 10]}"
        decided = {"not_same_as": tuple(_alike(name))}
        born = date(1950, 2, 3) + timedelta(days=397 * place)
        house.person(name, birth_date=born, mother_name=f"{WORDS[(place + 5) % 10]}i", **decided)
    return house


def _alike(name: str) -> list[Any]:
    with acting(system(), "test.look"):
        return list(Person.objects.values_list("pk", flat=True))


def twice(house: House) -> tuple[Person, Person]:
    """One man in two houses: his name in two spellings, day and month of his birth exchanged, one NIK unknown."""
    senen = Place(region_id="31.73.04.1001", line="Jalan Kramat 2")
    facts: dict[str, Any] = {"mother_name": "Siti Aminah", "places": {AddressKind.DOMICILE: senen}}
    one = house.person("Muhammad Soeharto", birth_date=date(1961, 4, 9), nik="3173040904610002", **facts)
    two = make_person(
        "Moh. Suharto",
        unit=house.kedoya,
        by=house.outsider,
        birth_date=date(1961, 9, 4),
        not_same_as=(one.pk,),
        **facts,
    )
    return one, two


def pairs() -> list[set[Any]]:
    with acting(system(), "test.look"):
        return [set(pair) for pair in Candidate.objects.values_list("person", "other")]


def find(folder: Path, **facts: Any) -> int:
    return find_candidates(folder=folder / "register", by=system(), at=AT, **facts)


def test_a_man_who_stands_in_two_houses_is_found(town: House, tmp_path: Path) -> None:
    one, two = twice(town)

    count = find(tmp_path)

    assert {one.pk, two.pk} in pairs()
    assert (count, list(tmp_path.iterdir())) == (len(pairs()), [])
    with acting(system(), "test.look"):
        pair = Candidate.objects.get(person=min(one.pk, two.pk), other=max(one.pk, two.pk))
    assert {code: level for code, (level, _bits) in pair.evidence.items() if code in {"birth", "mother"}} == {
        "birth": "swapped",
        "mother": "same",
    }
    assert pair.model.startswith("indonesia-1")


def test_of_people_found_on_the_street_a_rare_name_and_an_age_that_fits_are_enough(town: House, tmp_path: Path) -> None:
    found: dict[str, Any] = {"birth_year_from": 1960, "birth_year_to": 1964}
    one = town.person("Soeharto Wibisono", **found)
    two = make_person("Suharto Wibisono", unit=town.kedoya, by=town.outsider, not_same_as=(one.pk,), **found)

    find(tmp_path)

    assert {one.pk, two.pk} in pairs()


def test_the_sealed_are_never_compared(town: House, tmp_path: Path) -> None:
    one, two = twice(town)
    keep_team(person=one, members=[town.owner], by=system(), at=AT)
    set_confidentiality(person=one, confidentiality="sealed", by=system(), at=AT)

    find(tmp_path)

    assert not any({one.pk, two.pk} & pair for pair in pairs())


def test_a_run_that_was_stopped_goes_on_and_one_over_another_register_begins_anew(town: House, tmp_path: Path) -> None:
    one, two = twice(town)
    asked: list[Step] = []

    def stop() -> bool:
        return any(step.name == "weighing" for step in asked)

    with pytest.raises(Cancelled):
        find(tmp_path, watch=Watch(asked.append, stop))
    assert pairs() == []
    three = town.person("Paijo Kertarajasa", birth_date=date(1999, 2, 2), mother_name="Waginem")

    find(tmp_path)

    assert ({one.pk, two.pk} in pairs(), any(three.pk in pair for pair in pairs())) == (True, False)


def test_only_the_system_compares_everybody(house: House, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        find_candidates(folder=tmp_path / "register", by=house.head, at=AT)


def test_the_command_says_how_many(town: House, tmp_path: Path, settings: Any) -> None:
    settings.SERASI_HOME = tmp_path
    twice(town)
    said = StringIO()

    call_command("link_register", "--json", stdout=said)

    assert json.loads(said.getvalue()) == {"pairs": len(pairs())}
