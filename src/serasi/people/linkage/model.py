"""What each level of evidence is worth: a readable file, with the record of how it was learned, and nobody's name."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from math import log2
from pathlib import Path
from typing import Any, Self

from serasi.people.linkage.evidence import EVIDENCE, Comparison, Level

FORMAT = 1
SHIPPED = "indonesia-1"
"""The model that comes with Serasi, learned from the invented set."""

_FOLDER = Path(__file__).with_name("models")
_LEAST = 1e-12


class UnfitModel(Exception):
    """The file is no model, or one of other evidence than this version compares."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How often a level is seen among pairs that are one person (`m`), and among pairs that are two (`u`)."""

    m: float
    u: float

    @property
    def bits(self) -> float:
        """What the level adds to the weight of a pair: one bit doubles the odds."""
        return log2(self.m / self.u)


NEUTRAL = Weight(1.0, 1.0)


@dataclass(frozen=True)
class Model:
    name: str
    version: str
    records: int  # in the data it was learned from
    matches_per_record: float  # pairs that are one person, over records
    strict_recall: float  # share of them that the strict rules of `training` find
    weights: Mapping[str, Mapping[str, Weight]]  # by code of comparison and of level
    training: Mapping[str, Any] = field(default_factory=dict)  # data, sizes, seed, versions, rules
    quality: Mapping[str, Any] = field(default_factory=dict)  # what it was found to be worth, and on what

    def weight_of(self, comparison: Comparison, level: Level) -> Weight:
        return NEUTRAL if level.neutral else self.weights[comparison.code][level.code]

    @property
    def prior(self) -> float:
        """That two records drawn at random are one person."""
        return min(0.5, self.matches_per_record * 2 / max(1, self.records - 1))

    def over(self, records: int, *, matches_per_record: float | None = None) -> Self:
        """The same model for a register of another size.

        In a larger register two records drawn at random are one person, or of one family card, less often: pairs grow
        with the square of the records, people and families only with their number. All else stays as it is.
        """
        rarer = self.records / max(2, records)
        weights = {
            comparison.code: {
                level.code: replace(weight, u=min(1.0, max(_LEAST, weight.u * rarer))) if level.local else weight
                for level in comparison.levels
                if (weight := self.weights[comparison.code].get(level.code)) is not None
            }
            for comparison in EVIDENCE
        }
        rate = self.matches_per_record if matches_per_record is None else matches_per_record
        return replace(self, records=records, matches_per_record=rate, weights=weights)

    # --- as a file

    def as_json(self) -> str:
        facts = {
            "format": FORMAT,
            "name": self.name,
            "version": self.version,
            "records": self.records,
            "matches_per_record": _short(self.matches_per_record),
            "strict_recall": _short(self.strict_recall),
            "evidence": [
                {
                    "comparison": comparison.code,
                    "words": comparison.source,
                    "weighing": comparison.weighing.value,
                    "levels": [
                        {
                            "level": level.code,
                            "words": level.source,
                            "m": _short(self.weight_of(comparison, level).m),
                            "u": _short(self.weight_of(comparison, level).u),
                            "bits": round(self.weight_of(comparison, level).bits, 2),
                        }
                        for level in comparison.levels
                    ],
                }
                for comparison in EVIDENCE
            ],
            "training": self.training,
            "quality": self.quality,
        }
        return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"

    def save(self, path: Path) -> None:
        path.write_text(self.as_json(), encoding="utf-8")

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Raises UnfitModel when the file is not of this format, or its levels are not the ones compared here."""
        try:
            facts = json.loads(text)
            if facts["format"] != FORMAT:
                raise UnfitModel(f"format {facts['format']}; this version reads {FORMAT}")
            weights = {
                comparison["comparison"]: {
                    level["level"]: Weight(float(level["m"]), float(level["u"])) for level in comparison["levels"]
                }
                for comparison in facts["evidence"]
            }
            model = cls(
                facts["name"],
                facts["version"],
                int(facts["records"]),
                float(facts["matches_per_record"]),
                float(facts["strict_recall"]),
                weights,
                facts["training"],
                facts["quality"],
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnfitModel("the file is no model of matching") from error
        for comparison in EVIDENCE:
            known = model.weights.get(comparison.code, {})
            if set(known) != {level.code for level in comparison.levels}:
                raise UnfitModel(f"the model knows other levels of “{comparison.code}” than are compared here")
        if not all(
            0 < part <= 1 for levels in weights.values() for each in levels.values() for part in (each.m, each.u)
        ):
            raise UnfitModel("probabilities lie above 0, up to 1")
        return model

    @classmethod
    def load(cls, path: Path) -> Self:
        return cls.from_json(path.read_text(encoding="utf-8"))


@cache
def shipped(name: str = SHIPPED) -> Model:
    return Model.load(_FOLDER / f"{name}.json")


def _short(number: float) -> float:
    return float(f"{number:.4g}")
