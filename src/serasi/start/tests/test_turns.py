"""Whose turn it is to be told: per unit in the order of beginning, and several at once where units differ."""

from datetime import UTC, datetime, timedelta

from serasi.start.world.turns import Turn, Turns

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


def test_in_one_unit_the_earliest_goes_first_and_the_next_waits_until_it_has_ended() -> None:
    turns = Turns([Turn("wahyu", {"sentra": TUESDAY}), Turn("bagas", {"sentra": MONDAY})])

    assert turns.take(2) == ["bagas"]
    assert turns.take(2) == []

    turns.end("bagas")

    assert turns.take(2) == ["wahyu"]


def test_units_do_not_wait_for_each_other_and_the_longest_line_goes_first() -> None:
    turns = Turns(
        [Turn("embun", {"panti": MONDAY}), Turn("bagas", {"sentra": TUESDAY}), Turn("rizki", {"sentra": WEDNESDAY})]
    )

    assert turns.take(5) == ["bagas", "embun"]


def test_a_line_that_ends_with_a_long_story_is_a_long_line() -> None:
    turns = Turns(
        [
            Turn("bagas", {"sentra": MONDAY}),
            Turn("rizki", {"sentra": TUESDAY}),
            Turn("embun", {"panti": MONDAY}),
            Turn("rumah", {"panti": TUESDAY}, length=9),
        ]
    )

    assert turns.take(2) == ["embun", "bagas"]


def test_a_story_of_two_units_waits_for_its_turn_in_both() -> None:
    turns = Turns(
        [
            Turn("wahyu", {"kota": MONDAY, "sentra": WEDNESDAY}),
            Turn("bagas", {"sentra": TUESDAY}),
            Turn("suryani", {"kota": TUESDAY}),
        ]
    )

    assert turns.take(3) == ["bagas"]

    turns.end("bagas")

    assert turns.take(3) == ["wahyu"]


def test_it_is_over_when_all_have_ended() -> None:
    turns = Turns([Turn("bagas", {"sentra": MONDAY})])
    turns.end(*turns.take(1))

    assert not turns
