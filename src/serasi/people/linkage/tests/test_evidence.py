"""A desk in Python and many pairs in SQL judge alike, however nasty the pair."""

from datetime import date

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serasi.people.linkage.evidence import EVIDENCE, levels_of
from serasi.people.linkage.many.columns import batch_of
from serasi.people.linkage.subject import Person, prepared

NAMES = st.one_of(
    st.sampled_from(
        ["Siti Aminah", "St. Aminah", "Aminah Siti", "Moh. Rizki", "Muhammad Rizqi", "H. M. Rizky, S.Pd", "Soeharto",
         "Suharto", "Soehartono", "Wayan Sudarma", "I Wyn. Sudarma", "Tigor Simanjuntak", "Tigor", "Nurhayati",
         "Nur Hayati", "Ahmad bin Salim", "Achmad bin Saleem", "O'Brien", "Çağla", "李明", "…", "", "Aminah Aminah"]
    ),
    st.text(max_size=12),
    st.text("aimnrstuy ", min_size=1, max_size=14),
)  # fmt: skip
DATES = st.one_of(
    st.none(),
    st.sampled_from([date(1960, 1, 1), date(1987, 3, 12), date(1987, 12, 3), date(1988, 3, 12), date(1997, 3, 12)]),
    st.dates(date(1985, 1, 1), date(1988, 12, 31)),
)
NUMBERS = st.one_of(
    st.none(),
    st.sampled_from(
        ["3171015203870001", "3171015203870002", "3171015203870010", "3171015203870000", "3171015203870011",
         "3172015203870001", "1271115203870001", "3171011203870001", "3171015203780001", "1111111111111111", "31710"]
    ),
    st.text("013", min_size=16, max_size=16),
)  # fmt: skip
PLACES = st.sampled_from([None, "", "31", "31.71", "31.71.01", "3171011001", "31.71.01.1001", "31.71.02.1001", "x"])
YEARS = st.none() | st.tuples(st.integers(1955, 1990), st.integers(0, 5)).map(lambda span: (span[0], sum(span)))
PEOPLE = st.builds(
    Person,
    id=st.just("a"),
    name=NAMES,
    sex=st.sampled_from(["L", "P", None]),
    birth_date=DATES,
    birth_years=YEARS,
    nik=NUMBERS,
    kk=NUMBERS,
    mother=st.none() | NAMES,
    region=PLACES,
)


def levels_in_sql(pairs: list[tuple[Person, Person]]) -> list[list[str | None]]:
    """The level of every comparison for every pair, as DuckDB sees them."""
    sides = {}
    for side, people in zip("lr", zip(*pairs, strict=True), strict=True):
        batch = batch_of(people)
        sides[side] = pa.table(
            [*batch.columns, pa.array(range(len(pairs)))],
            names=[*(f"{name}_{side}" for name in batch.schema.names), f"at_{side}"],
        )
    asked = []
    for comparison in EVIDENCE:
        cases = " ".join(
            f"when {level.condition.sql} then '{level.code}'" if level.condition else f"else '{level.code}'"
            for level in comparison.levels
        )
        asked.append(f"case when {comparison.missing.sql} then null {cases} end")
    with duckdb.connect() as connection:
        connection.register("l", sides["l"])
        connection.register("r", sides["r"])
        rows = connection.execute(f"select {', '.join(asked)} from l join r on at_l = at_r order by at_l").fetchall()  # noqa: S608
    return [list(row) for row in rows]


def levels_in_python(pairs: list[tuple[Person, Person]]) -> list[list[str | None]]:
    judged = [levels_of(prepared(one), prepared(other)) for one, other in pairs]
    return [[level.code if level else None for level in levels.values()] for levels in judged]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PEOPLE, PEOPLE), min_size=1, max_size=40))
def test_sql_and_python_see_the_same_level(pairs: list[tuple[Person, Person]]) -> None:
    assert levels_in_sql(pairs) == levels_in_python(pairs)


def seen(one: dict[str, object], other: dict[str, object]) -> dict[str, str | None]:
    """The levels of two people told by what they differ in, both in SQL and in Python."""
    pair = Person(**{"id": "a", "name": "", **one}), Person(**{"id": "b", "name": "", **other})  # type: ignore[arg-type]
    in_sql, in_python = levels_in_sql([pair]), levels_in_python([pair])
    assert in_sql == in_python
    return dict(zip([comparison.code for comparison in EVIDENCE], in_python[0], strict=True))


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Muhammad Rizki", "H. Moh. Rizki, S.Pd", "same"),
        ("Soeharto", "Suharto", "same"),
        ("Siti Aminah", "Aminah Siti", "respelt"),
        ("Muhammad Rizki", "Mohamad Rizqi", "respelt"),
        ("Nurhayati", "Nur Hayati", "same"),
        ("Tuminem", "Tuminam", "consonants"),
        ("Tigor Simanjuntak", "Tigor", "part"),
        ("I Wayan Sudarma", "Wyn. Sudarma", "same"),
        ("Suharsono", "Suharsino", "consonants"),
        ("Sumarni", "Sumarti", "close"),
        ("Siti Aminah", "Nur Aminah", "lead"),
        ("Budi", "Painem", "other"),
        ("Budi", "", None),
    ],
)
def test_names(one: str, other: str, level: str | None) -> None:
    assert seen({"name": one}, {"name": other})["name"] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (date(1987, 3, 12), date(1987, 3, 12), "same"),
        (date(1987, 3, 12), date(1987, 12, 3), "swapped"),
        (date(1987, 3, 12), date(1986, 3, 12), "year_slip"),
        (date(1987, 3, 12), date(1977, 3, 12), "year_slip"),
        (date(1987, 3, 12), date(1987, 3, 14), "two_parts"),
        (date(1987, 3, 12), date(1987, 1, 1), "guess_fits"),
        (date(1987, 1, 1), date(1987, 12, 31), "guess_fits"),
        (date(1987, 3, 12), date(1987, 5, 14), "year"),
        (date(1987, 3, 12), date(1985, 7, 1), "guess_near"),
        (date(1987, 3, 12), date(1991, 5, 14), "other"),
        (date(1987, 3, 12), None, None),
    ],
)
def test_birth_dates(one: date, other: date | None, level: str | None) -> None:
    assert seen({"birth_date": one}, {"birth_date": other})["birth"] == level


def test_years_that_were_guessed() -> None:
    assert seen({"birth_years": (1950, 1955)}, {"birth_date": date(1953, 3, 9)})["birth"] == "guess_fits"
    assert seen({"birth_years": (1950, 1955)}, {"birth_date": date(1958, 3, 9)})["birth"] == "guess_near"


NIK_OF_SITI, CARD = "3171015203870001", "3171010101110001"
HER_DAY, OTHER_DAY = date(1987, 3, 12), date(1991, 5, 14)


@pytest.mark.parametrize(
    ("other", "kk", "born", "level"),
    [
        (NIK_OF_SITI, None, HER_DAY, "same"),
        (NIK_OF_SITI, CARD, HER_DAY, "same_in_kk"),
        ("3171015203870000", None, HER_DAY, "rounded"),
        ("3171015203870002", CARD, HER_DAY, "twin"),
        ("3171015203870002", None, HER_DAY, "neighbour"),
        ("3171015203870002", CARD, OTHER_DAY, "date_inside"),
        ("3171015203780001", None, HER_DAY, "slip"),
        ("3171015203970001", None, HER_DAY, "slip"),
        ("3171105203870001", None, HER_DAY, "slip"),
        ("3202115203870001", None, HER_DAY, "other_region_same_birth"),
        ("3202115203870001", None, OTHER_DAY, "other_region"),
        ("3202111409800007", None, HER_DAY, "other"),
        ("1111111111111111", None, HER_DAY, None),
    ],
)
def test_niks(other: str, kk: str | None, born: date, level: str | None) -> None:
    siti: dict[str, object] = {"nik": NIK_OF_SITI, "kk": kk, "birth_date": HER_DAY}
    assert seen(siti, {"nik": other, "kk": kk, "birth_date": born})["nik"] == level


def test_inside_one_family_card_mother_and_house_say_nothing() -> None:
    home: dict[str, object] = {"kk": CARD, "mother": "Siti Aminah", "region": "31.71.01.1001"}
    assert {"mother": "inside_kk", "place": "inside_kk", "kk": "same"}.items() <= seen(home, home).items()


def test_every_comparison_ends_with_all_that_is_left() -> None:
    assert all(comparison.levels[-1].condition is None for comparison in EVIDENCE)
    assert all(level.condition for comparison in EVIDENCE for level in comparison.levels[:-1])


def test_every_level_has_words() -> None:
    words = [level.words for comparison in EVIDENCE for level in comparison.levels]
    assert len(set(words)) == len(words)
