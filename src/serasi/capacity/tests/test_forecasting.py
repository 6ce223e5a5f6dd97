"""The reckoning by itself: days and people, no database."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serasi.capacity.forecasting import Flow, outlooks

TODAY = 10_000


def steady(*, per_month: int, months: int, stays: int, seed: int = 7) -> list[Flow]:
    """So many come every month, and each stays about so long."""
    chance = Random(seed)
    flows = []
    for month in range(months):
        for _ in range(per_month):
            came = TODAY - month * 30 - chance.randrange(30)
            left = came + chance.randrange(stays // 2, stays * 3 // 2)
            flows.append(Flow(came, left if left <= TODAY else None))
    return flows


def test_a_house_where_nobody_comes_or_goes_stays_as_it_is() -> None:
    found = outlooks([Flow(TODAY - 500)] * 40, today=TODAY)
    assert [(one.horizon, round(one.expected), round(one.low), round(one.high)) for one in found] == [
        (30, 40, 40, 40),
        (60, 40, 40, 40),
        (90, 40, 40, 40),
    ]


def test_a_house_in_balance_is_expected_to_stay_in_balance() -> None:
    flows = steady(per_month=20, months=40, stays=180)
    now = sum(one.is_there(TODAY) for one in flows)
    (month, *_rest) = outlooks(flows, today=TODAY)
    assert month.expected == pytest.approx(now, rel=0.1)
    assert month.leaving == pytest.approx(month.coming, rel=0.5)


def test_a_house_that_takes_in_more_than_it_sends_home_is_seen_to_fill() -> None:
    """Until half a year ago ten came a month, since then thirty; saying that nothing changes would be wrong."""
    flows = steady(per_month=10, months=40, stays=300) + steady(per_month=20, months=6, stays=300, seed=8)
    now = sum(one.is_there(TODAY) for one in flows)
    expected = [one.expected for one in outlooks(flows, today=TODAY)]
    assert now < expected[0] < expected[1] < expected[2]


def test_a_planned_end_counts_by_how_plans_were_kept() -> None:
    stayed = [Flow(TODAY - 400)] * 20
    kept = [Flow(TODAY - 400, TODAY - 100, TODAY - 101)] * 20
    broken = [Flow(TODAY - 400, TODAY - 20, TODAY - 101)] * 20
    with_plan = [Flow(TODAY - 200, None, TODAY + 10)] * 10
    after_kept, after_broken = (
        outlooks([*stayed, *history, *with_plan], today=TODAY, horizons=[30])[0].leaving for history in (kept, broken)
    )
    assert after_kept > after_broken
    assert after_kept == pytest.approx(10, abs=3)


def test_who_is_announced_is_expected_even_where_few_came_before() -> None:
    house = [Flow(TODAY - 500)] * 10
    (found,) = outlooks(house, today=TODAY, announced=[TODAY + 3] * 4, horizons=[30])
    assert round(found.expected) == 14


def test_without_half_a_year_of_records_no_past_error_is_claimed() -> None:
    (found,) = outlooks([Flow(TODAY - 40)] * 10, today=TODAY, horizons=[30])
    assert found.error is None


def test_the_past_error_is_that_of_days_that_have_come() -> None:
    (found,) = outlooks(steady(per_month=20, months=40, stays=180), today=TODAY, horizons=[30])
    assert found.error is not None
    assert found.error.tries == 12
    assert found.error.mean < 30


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 900), st.one_of(st.none(), st.integers(0, 900)), st.one_of(st.none(), st.integers(-200, 200))
        ),
        max_size=40,
    ),
    st.lists(st.integers(-20, 120), max_size=5),
)
def test_whatever_happened_the_expected_number_lies_in_its_range(
    told: list[tuple[int, int | None, int | None]], announced: list[int]
) -> None:
    flows = [
        Flow(
            TODAY - ago,
            None if stayed is None or TODAY - ago + stayed > TODAY else TODAY - ago + stayed,
            None if planned is None else TODAY + planned,
        )
        for ago, stayed, planned in told
    ]
    present = sum(one.is_there(TODAY) for one in flows)
    for one in outlooks(flows, today=TODAY, announced=[TODAY + day for day in announced]):
        assert 0 <= one.low <= one.expected <= one.high
        assert 0 <= one.leaving <= present + 1e-9
        assert one.expected == pytest.approx(present - one.leaving + one.coming)
