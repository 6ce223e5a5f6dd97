"""Invented names: the same from the same seed, and as skewed as real ones."""

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from serasi.start.naming import Names, misspelt


def drawn(seed: int, count: int) -> list[str]:
    names, dice = Names(seed), Random(seed)
    return [names.full_name(dice, dice.choice("LP")) for _ in range(count)]


def test_the_same_seed_gives_the_same_names() -> None:
    assert drawn(7, 50) == drawn(7, 50)


def test_another_seed_gives_other_names() -> None:
    assert drawn(7, 50) != drawn(8, 50)


def test_a_few_words_are_borne_by_many_and_most_words_by_few() -> None:
    words = Counter(word for name in drawn(1, 5_000) for word in name.split())
    borne = sorted(words.values(), reverse=True)

    assert sum(borne[:100]) > sum(borne) * 0.3
    assert sum(1 for count in borne if count == 1) > len(borne) * 0.5


def test_some_people_have_a_single_name() -> None:
    share = sum(1 for name in drawn(1, 5_000) if " " not in name) / 5_000

    assert 0.05 < share < 0.15


@given(st.randoms(use_true_random=False), st.text("abcdefgh", min_size=2, max_size=20))
def test_a_slip_of_the_pen_changes_at_most_two_letters(dice: Random, name: str) -> None:
    assert abs(len(misspelt(dice, name)) - len(name)) <= 1
