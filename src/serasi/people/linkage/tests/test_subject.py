"""What matching knows of a person: forms of names, dates that were meant, numbers as they are written."""

from collections import Counter
from datetime import date

import pytest

from serasi.common.names import name_forms
from serasi.people.linkage.many.columns import COLUMNS, batch_of, batches
from serasi.people.linkage.many.invented import invented_people
from serasi.people.linkage.subject import Person, Subject, prepared


def subject(**facts: object) -> Subject:
    return prepared(Person(**{"id": "a", "name": "Siti", **facts}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "normal", "lead", "consonants"),
    [
        ("H. Moh. Rizqi, S.Pd", "muhamad rizqi", "riski", "mhmt rsk"),
        ("St. Aminah", "siti aminah", "amina", "mn st"),
        ("Soeharto", "suharto", "suharto", "shrt"),
        ("I Wyn. Sudarma", "wayan sudarma", "sudarma", "n sdrm"),
        ("Tigor Simanjuntak", "tigor simanjuntak", "tigor", "smntk tgr"),
        ("Nurhayati", "nur hayati", "hayati", "ht nr"),
        ("Siti", "siti", "siti", "st"),
        ("Eua", "eua", "eua", "eua"),
        ("…", "", "", ""),
    ],
)
def test_forms_of_a_name(name: str, normal: str, lead: str, consonants: str) -> None:
    forms = name_forms(name)
    assert (forms.normal, forms.lead, forms.consonants) == (normal, lead, consonants)


def test_words_are_sorted_and_the_father_is_kept_aside() -> None:
    forms = name_forms("Siti Aminah binti Abdul Rahman")
    assert (forms.ordered, forms.words, forms.father) == ("amina siti", ("amina", "siti"), "abdul rahman")


@pytest.mark.parametrize("born", [date(1950, 1, 1), date(1950, 7, 1), date(1950, 12, 31)])
def test_a_guessed_birthday_is_a_year_and_no_date(born: date) -> None:
    guessed = subject(birth_date=born)
    assert (guessed.birth_number, guessed.birth_guessed) == (None, True)
    assert (guessed.birth_first, guessed.birth_last) == (1950, 1950)


def test_day_and_month_meet_their_swapped_twin() -> None:
    assert subject(birth_date=date(1987, 3, 12)).birth_either == subject(birth_date=date(1987, 12, 3)).birth_either


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("3171 0152-0387 0001", "3171015203870001"),
        ("3171019903870001", "3171019903870001"),  # no such day: one digit is wrong, the others tell all the more
        ("3.17101520387E+15", None),
        ("0000000000000000", None),
        ("1234567890123456", None),
        ("317101520387000", None),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_a_nik_is_compared_as_it_is_written(written: str | None, read: str | None) -> None:
    found = subject(nik=written)
    assert (found.nik, found.nik_stem) == (read, read[:12] if read else None)


@pytest.mark.parametrize(
    ("code", "levels"),
    [
        ("31.71.01.1003", ("31", "31.71", "31.71.01", "31.71.01.1003")),
        ("3171011003", ("31", "31.71", "31.71.01", "31.71.01.1003")),
        ("31.71", ("31", "31.71", None, None)),
        ("Jakarta", (None, None, None, None)),
    ],
)
def test_a_place_is_known_down_to_what_was_said(code: str, levels: tuple[str | None, ...]) -> None:
    found = subject(region=code)
    assert (found.province, found.regency, found.district, found.village) == levels


def test_nothing_known_is_nothing_compared() -> None:
    empty = subject(name="")
    assert {getattr(empty, name) for name in COLUMNS} == {"a", "", None, False}


def test_columns_and_a_single_person_are_made_alike() -> None:
    people = list(invented_people(200))
    rows = batch_of(people).to_pylist()
    singles = [{name: getattr(prepared(person), name) for name in COLUMNS} for person in people]
    for single in singles:
        single.update({name: list(value) for name, value in single.items() if isinstance(value, tuple)})
    assert rows == singles


@pytest.mark.slow
def test_two_processes_give_what_one_gives() -> None:
    people = list(invented_people(45_000))
    told: list[int] = []
    assert list(batches(people, processes=2, told=told.append)) == list(batches(people))
    assert told == [20_000, 40_000, 45_000]


class TestInventedPeople:
    def test_are_the_same_from_the_same_seed(self) -> None:
        assert list(invented_people(300, seed=5)) == list(invented_people(300, seed=5))
        assert list(invented_people(300, seed=5)) != list(invented_people(300, seed=6))

    def test_are_as_many_as_asked_and_each_once(self) -> None:
        assert len({person.id for person in invented_people(2_345)}) == 2_345

    def test_stand_in_lists_once_to_four_times(self) -> None:
        people = invented_people(20_000)
        times = Counter(Counter(person.id.partition("-")[0] for person in people).values())
        assert set(times) == {1, 2, 3, 4}
        assert 0.17 < 1 - times[1] / times.total() < 0.27

    def test_leave_out_and_mistake_what_lists_do(self) -> None:
        people = list(invented_people(5_000))
        shares = {
            "no NIK": sum(person.nik is None for person in people),
            "no KK": sum(person.kk is None for person in people),
            "no mother": sum(person.mother is None for person in people),
            "guessed": sum(prepared(person).birth_guessed for person in people),
            "one word": sum(len(person.name.split()) == 1 for person in people),
        }
        assert {name: round(count / 5_000, 1) for name, count in shares.items()} == {
            "no NIK": 0.3, "no KK": 0.4, "no mother": 0.2, "guessed": 0.1, "one word": 0.2,
        }  # fmt: skip
