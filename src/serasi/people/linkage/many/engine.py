"""Our evidence and weights as Splink's settings, and Splink's numbers read back."""

import logging
from collections.abc import Mapping
from typing import Any

from splink import DuckDBAPI, Linker, SettingsCreator

from serasi.people.linkage.evidence import EVIDENCE, RAREST, Comparison, Level
from serasi.people.linkage.many.workspace import Workspace
from serasi.people.linkage.model import Weight

# What Splink says of levels it did not see is in the model itself, and no news to whoever waits at a terminal.
logging.getLogger("splink").setLevel(logging.ERROR)

Weights = Mapping[str, Mapping[str, Weight]]


def linker_over(
    workspace: Workspace, *, prior: float, weights: Weights, with_levels: bool = False
) -> tuple[Linker, DuckDBAPI]:
    """A Splink linker over the subjects. Which pairs it compares is ours to say, so it always dedupes one set."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(comparison, weights) for comparison in EVIDENCE],
        blocking_rules_to_generate_predictions=[],
        probability_two_random_records_match=prior,
        unique_id_column_name="row",
        retain_matching_columns=with_levels,
        max_iterations=30,
    )
    database = DuckDBAPI(connection=workspace.connection)
    return Linker(database.register("subject"), settings, log_level=None, validate_settings=False), database


def _comparison(comparison: Comparison, weights: Weights) -> dict[str, Any]:
    known = weights.get(comparison.code, {})
    missing = {"sql_condition": comparison.missing.sql, "label_for_charts": "missing", "is_null_level": True}
    return {
        "output_column_name": comparison.code,
        "comparison_levels": [missing, *(_level(level, known.get(level.code)) for level in comparison.levels)],
    }


def _level(level: Level, weight: Weight | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "sql_condition": level.condition.sql if level.condition else "ELSE",
        "label_for_charts": level.code,
    }
    if level.neutral:
        weight = Weight(0.5, 0.5)
    if weight is not None:
        told |= {"m_probability": weight.m, "u_probability": weight.u}
        told |= {"fix_m_probability": True, "fix_u_probability": True}
    if level.frequency:
        told |= {
            "tf_adjustment_column": level.frequency,
            "tf_minimum_u_value": RAREST,
            # Weighed against the level's own chance, not that of an exact match, which is another level.
            "disable_tf_exact_match_detection": True,
        }
    return told


def value_of(comparison: Comparison, level: Level) -> int:
    """Splink's number of a level: the last is 0, what stands before it one more each; missing is −1."""
    return len(comparison.levels) - 1 - comparison.levels.index(level)


def trained_weights(linker: Linker) -> dict[str, dict[str, Weight]]:
    """What Splink has learned. Among the levels that are learned, shares of matches make one whole; neutral and
    counted ones take nothing from the others. A level nobody showed gets a share of nearly nothing."""
    found: dict[str, dict[str, Weight]] = {}
    saved = {each["output_column_name"]: each for each in linker.misc.save_model_to_json()["comparisons"]}
    for comparison in EVIDENCE:
        told = {each["label_for_charts"]: each for each in saved[comparison.code]["comparison_levels"]}
        counting = [level for level in comparison.levels if not level.neutral and not level.given]
        shares = {
            level.code: [_share(told[level.code].get(f"{side}_probability")) for side in "mu"] for level in counting
        }
        whole = [sum(share[side] for share in shares.values()) or 1.0 for side in (0, 1)]
        found[comparison.code] = {code: Weight(m / whole[0], u / whole[1]) for code, (m, u) in shares.items()}
        found[comparison.code] |= {level.code: Weight(1.0, 1.0) for level in comparison.levels if level.neutral}
    return found


def _share(learned: Any) -> float:
    return max(_LEAST_SEEN, float(learned)) if isinstance(learned, int | float) else _LEAST_SEEN


_LEAST_SEEN = 1e-6
