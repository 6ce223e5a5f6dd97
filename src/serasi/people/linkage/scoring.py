"""One person against a few: the same levels and weights as in a run over many, in Python, with the reason in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from serasi.common.sentences import Sentence
from serasi.common.sentences import sentence as _
from serasi.people.linkage.evidence import EVIDENCE, MISSING_WORDS, RAREST, Comparison, Level
from serasi.people.linkage.model import Model
from serasi.people.linkage.subject import Subject

Frequency = Callable[[str, str], float | None]
"""Column and value → the share of records that have it, or None where nobody knows."""


def no_frequency(column: str, value: str) -> float | None:
    """Every name counts as usual as names are."""
    return None


@dataclass(frozen=True)
class Part:
    """What one comparison adds, and why."""

    comparison: Comparison
    level: Level | None
    bits: float  # of the level
    rarity: float  # what is added since the name is rarer, or taken since it is commoner, than names that agree so

    @property
    def weight(self) -> float:
        return self.bits + self.rarity

    @property
    def words(self) -> Sentence:
        return _(MISSING_WORDS) if self.level is None else self.level.words


@dataclass(frozen=True)
class Score:
    weight: float  # in bits; 0 is even odds
    parts: Sequence[Part]

    @property
    def probability(self) -> float:
        """That the two are one person."""
        return 1 / (1 + 2**-self.weight) if self.weight > -1000 else 0.0

    def explained(self) -> list[Part]:
        """What speaks loudest first; what says nothing is left out."""
        told = [part for part in self.parts if abs(part.weight) >= 0.05]
        return sorted(told, key=lambda part: -abs(part.weight))


def score(left: Subject, right: Subject, model: Model, frequency: Frequency = no_frequency) -> Score:
    """How probable it is that the two are one person. The model should be for the size of the register, see `over`."""
    parts = [_part(comparison, left, right, model, frequency) for comparison in EVIDENCE]
    return Score(log2(model.prior / (1 - model.prior)) + sum(part.weight for part in parts), parts)


def ranked(
    person: Subject, candidates: Iterable[Subject], model: Model, frequency: Frequency = no_frequency
) -> list[tuple[Subject, Score]]:
    """The candidates with their scores, the most probable first."""
    scored = [(candidate, score(person, candidate, model, frequency)) for candidate in candidates]
    return sorted(scored, key=lambda each: (-each[1].weight, each[0].id))


def frequencies_in(shares: Mapping[str, Mapping[str, float]]) -> Frequency:
    """Frequencies from a table at hand: by column, then by value."""
    return lambda column, value: shares.get(column, {}).get(value)


def _part(comparison: Comparison, left: Subject, right: Subject, model: Model, frequency: Frequency) -> Part:
    level = comparison.level_of(left, right)
    if level is None:
        return Part(comparison, None, 0.0, 0.0)
    weight = model.weight_of(comparison, level)
    return Part(comparison, level, weight.bits, _rarity(level, left, right, weight.u, frequency))


def _rarity(level: Level, left: Subject, right: Subject, usual: float, frequency: Frequency) -> float:
    """As Splink adjusts: against the level's own chance, by the commoner of the two values, none rarer than RAREST."""
    if level.frequency is None:
        return 0.0
    values = (getattr(left, level.frequency), getattr(right, level.frequency))
    shares = [
        share for value in values if value is not None and (share := frequency(level.frequency, value)) is not None
    ]
    return log2(usual) - log2(max(RAREST, *shares)) if shares else 0.0
