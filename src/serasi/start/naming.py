"""Invented names, as wide and as skewed as real ones: a few hundred words that everyone bears, and a long tail.

No name here is taken from a person. Frequencies follow Zipf's law with exponent near one, as given names do; the tail
is made of Indonesian syllables, so that misspelling and folding meet what they meet in life.
"""

import tomllib
from bisect import bisect
from itertools import accumulate
from pathlib import Path
from random import Random

_WORDS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("name_words.toml").read_text(encoding="utf-8"))

TAIL = 36_000
"""Rare words invented beside the common ones; a national vocabulary has about as many that occur more than once."""


class Skewed:
    """Draws from words of which the first is the most common (Zipf)."""

    def __init__(self, words: list[str], *, exponent: float) -> None:
        self._words = words
        self._edges = list(accumulate(1 / (rank + 2) ** exponent for rank in range(len(words))))

    def draw(self, dice: Random) -> str:
        return self._words[bisect(self._edges, dice.random() * self._edges[-1])]


class Names:
    """Full names from one seed; the same seed gives the same names in the same order.

    A few hundred people need no ``tail`` of rare words to be told apart, and read more like neighbours without.
    """

    def __init__(self, seed: int, *, tail: int = TAIL) -> None:
        dice = Random(seed)  # noqa: S311  (invented people, not secrets)
        rare_male, rare_female, rare_family = (
            _rare_words(dice, _WORDS[endings], tail // 3)
            for endings in ("male_endings", "female_endings", "family_endings")
        )
        self._given = {
            "L": Skewed([*_WORDS["male"], *rare_male], exponent=1.05),
            "P": Skewed([*_WORDS["female"], *rare_female], exponent=1.05),
        }
        self._later = {
            "L": Skewed([*_WORDS["family"], *_WORDS["male"], *rare_male, *rare_family], exponent=0.95),
            "P": Skewed([*_WORDS["family"], *_WORDS["female"], *rare_female, *rare_family], exponent=0.95),
        }

    def full_name(self, dice: Random, sex: str) -> str:
        """One to four words; one name in eleven is a single word."""
        words = [self._given[sex].draw(dice)]
        for _ in range(dice.choices((0, 1, 2, 3), (9, 46, 35, 10))[0]):
            words.append(self._later[sex].draw(dice))
        return " ".join(dict.fromkeys(words))


def _rare_words(dice: Random, endings: list[str], count: int) -> list[str]:
    """A third of the tail: a beginning, one or two middles, an ending that tells men, women and families apart."""
    words: set[str] = set()
    while len(words) < count:
        middles = "".join(dice.choice(_WORDS["middles"]) for _ in range(dice.choice((1, 1, 2))))
        words.add(dice.choice(_WORDS["beginnings"]) + middles + dice.choice(endings))
    shuffled = sorted(words)
    dice.shuffle(shuffled)
    return shuffled


def misspelt(dice: Random, name: str) -> str:
    """The name as a hurried hand writes it: one letter left out, doubled, swapped with its neighbour or replaced."""
    place = dice.randrange(1, len(name)) if len(name) > 1 else 0
    match dice.randrange(4):
        case 0:
            return name[:place] + name[place + 1 :]
        case 1:
            return name[:place] + name[place] + name[place:]
        case 2 if place + 1 < len(name):
            return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
        case _:
            return name[:place] + dice.choice("aeiounrst") + name[place + 1 :]
