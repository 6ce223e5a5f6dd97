from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serasi.common.periods import (
    WIB,
    WIT,
    WITA,
    AgeEstimate,
    DateSpan,
    add_months,
    age_on,
    is_national_holiday,
    working_days_after,
    working_days_between,
    zone_name,
    zone_of_province,
)

days = st.dates(date(1920, 1, 1), date(2080, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> DateSpan:
    start = draw(days)
    length = draw(st.one_of(st.none(), st.integers(0, 400)))
    return DateSpan(start, None if length is None else start + timedelta(days=length))


def test_the_end_of_a_period_is_not_in_it() -> None:
    stay = DateSpan(date(2026, 1, 1), date(2026, 1, 3))
    assert [date(2026, 1, day) in stay for day in (1, 2, 3)] == [True, True, False]
    assert stay.last_day == date(2026, 1, 2)
    assert stay.days() == 2


def test_one_stay_may_begin_on_the_day_another_ends() -> None:
    first = DateSpan(date(2026, 1, 1), date(2026, 1, 3))
    second = DateSpan(date(2026, 1, 3))
    assert not first.overlaps(second)
    assert first.overlaps(DateSpan(date(2026, 1, 2)))


def test_a_period_said_with_its_last_day_holds_it() -> None:
    assert DateSpan.through(date(2026, 1, 1), date(2026, 1, 31)) == DateSpan.of_month(2026, 1)
    assert DateSpan.of_year(2024).days() == 366


def test_an_open_period_is_counted_until_a_day() -> None:
    stay = DateSpan(date(2026, 1, 1))
    assert stay.days(until=date(2026, 1, 11)) == 10
    assert stay.days(until=date(2025, 1, 1)) == 0
    assert DateSpan(date(2026, 1, 1), date(2026, 1, 5)).days(until=date(2026, 1, 11)) == 4
    with pytest.raises(ValueError, match="open"):
        stay.days()


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before"):
        DateSpan(date(2026, 1, 2), date(2026, 1, 1))


@settings(deadline=None)
@given(spans(), spans(), days)
def test_a_day_is_shared_exactly_when_both_periods_hold_it(one: DateSpan, other: DateSpan, day: date) -> None:
    shared = one.intersection(other)
    assert shared == other.intersection(one)
    assert (day in one and day in other) == (shared is not None and day in shared)
    assert one.overlaps(other) == other.overlaps(one)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 5, 10), date(2018, 5, 9), 17),
        (date(2000, 5, 10), date(2018, 5, 10), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_an_age_is_counted_in_completed_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def test_nobody_has_an_age_before_birth() -> None:
    with pytest.raises(ValueError, match="born"):
        age_on(date(2026, 1, 2), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
        (date(2026, 1, 15), -12, date(2025, 1, 15)),
    ],
)
def test_months_are_added_without_leaving_the_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@settings(deadline=None)
@given(days, st.integers(-600, 600))
def test_adding_months_moves_exactly_that_many_months(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day <= day.day


def test_independence_day_and_weekends_are_no_working_days() -> None:
    assert is_national_holiday(date(2026, 8, 17))
    friday = date(2026, 8, 14)
    assert working_days_after(friday, 0) == friday
    assert working_days_after(friday, 1) == date(2026, 8, 18)
    assert working_days_between(friday, date(2026, 8, 18)) == 1


def test_joint_leave_is_no_working_day() -> None:
    assert is_national_holiday(date(2026, 12, 24))


def test_a_corrected_table_replaces_the_library() -> None:
    assert working_days_after(date(2026, 8, 14), 1, is_holiday=lambda _day: False) == date(2026, 8, 17)


@settings(deadline=None)
@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 60))
def test_counting_back_gives_the_count(day: date, count: int) -> None:
    assert working_days_between(day, working_days_after(day, count)) == count


@pytest.mark.parametrize("count", [-1, 5_001])
def test_an_unreasonable_count_of_working_days_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="5,000"):
        working_days_after(date(2026, 1, 1), count)


def test_a_guessed_age_leaves_room_for_a_year() -> None:
    guess = AgeEstimate.from_ages(16, 16, on=date(2026, 6, 15))
    assert guess == AgeEstimate(date(2009, 6, 16), date(2010, 6, 15))
    assert guess.ages_on(date(2026, 6, 15)) == (16, 16)
    assert guess.ages_on(date(2028, 1, 1)) == (17, 18)
    assert guess.is_possibly_under(18, on=date(2028, 1, 1))
    assert not guess.is_certainly_under(18, on=date(2028, 1, 1))


def test_a_remembered_year_and_a_known_date_are_estimates_too() -> None:
    year = AgeEstimate.from_year(1960)
    assert year.includes(date(1960, 7, 1))
    assert not year.includes(date(1961, 1, 1))
    assert year.midpoint.year == 1960
    assert not year.is_exact
    assert AgeEstimate.from_birth_date(date(1960, 7, 1)).is_exact
    assert year.ages_on(date(1960, 3, 1)) == (0, 0)
    with pytest.raises(ValueError, match="precede"):
        AgeEstimate(date(2000, 1, 2), date(2000, 1, 1))


@settings(deadline=None)
@given(st.integers(0, 99), st.integers(0, 10), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_guess_means_exactly_the_ages_it_was_made_of(youngest: int, more: int, on: date) -> None:
    guess = AgeEstimate.from_ages(youngest, youngest + more, on=on)
    assert guess.ages_on(on) == (youngest, youngest + more)


def test_every_province_has_its_zone() -> None:
    wib = [
        "11",
        "12",
        "13",
        "14",
        "15",
        "16",
        "17",
        "18",
        "19",
        "21",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "61",
        "62",
    ]
    wita = ["51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"]
    wit = ["81", "82", "91", "92", "93", "94", "95", "96"]
    assert len(wib + wita + wit) == 38
    assert {zone_of_province(code) for code in wib} == {WIB}
    assert {zone_of_province(code) for code in wita} == {WITA}
    assert {zone_of_province(code) for code in wit} == {WIT}
    assert zone_of_province("35.78.01") is WIB
    assert [zone_name(zone) for zone in (WIB, WITA, WIT)] == ["WIB", "WITA", "WIT"]


@pytest.mark.parametrize("code", ["", "3", "0x", "00", "ab", "49"])
def test_what_is_no_region_code_has_no_zone(code: str) -> None:
    with pytest.raises(ValueError, match="region"):
        zone_of_province(code)
