"""Pairs of records with the weight that they are one person: within one set, or between sources.

Steps, each kept in the folder when finished: the pairs of every rule; then portion by portion their levels and
weights, by Splink. A run that was broken off, begun again over the same, goes on behind its last finished step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyarrow as pa

from serasi.people.linkage.evidence import EVIDENCE, Comparison
from serasi.people.linkage.many.blocking import RULES, Found, Rule, Task, make_pairs, most_pairs
from serasi.people.linkage.many.engine import linker_over, value_of
from serasi.people.linkage.many.training import matches_per_record
from serasi.people.linkage.many.workspace import Watch, Workspace, text
from serasi.people.linkage.model import Model

PORTION = 2_000_000
"""Pairs that are weighed at once."""


@dataclass(frozen=True)
class Outcome:
    """What a run found; the pairs are in the table `scored` of the workspace until it closes."""

    model: Model  # as it was used: for this many records
    rules: Sequence[Found]
    compared: int
    kept: int

    @property
    def refused(self) -> list[Found]:
        return [found for found in self.rules if found.refused]


def match(
    workspace: Workspace,
    model: Model,
    *,
    task: Task,
    least: float,
    watch: Watch | None = None,
    limit: int | None = None,
    rules: Sequence[Rule] = RULES,
) -> Outcome:
    """Weigh all pairs the rules find; keep those of which it is at least so probable that they are one person.

    How many matches there are for each record is asked of the data at hand, by the strict rules: thresholds on
    probability then mean the same in a register of any size. A rule with more than `limit` pairs is left out, and
    named in the outcome.
    """
    watch = watch or Watch()
    records = int(workspace.one("select count(*) from subject"))
    limit = limit or most_pairs(records)
    workspace.claim(
        {
            "subjects": workspace.fingerprint(),
            "model": sha256(model.as_json().encode()).hexdigest(),
            "rules": sha256(repr(rules).encode()).hexdigest(),
            "task": task,
            "least": repr(least),
            "limit": str(limit),
        }
    )
    rate = matches_per_record(workspace, model.strict_recall, task)
    model = model.over(records, matches_per_record=rate or model.matches_per_record)
    found = make_pairs(workspace, task=task, limit=limit, watch=watch, rules=rules)
    compared = int(workspace.one("select count(*) from pair"))
    kept = _weigh(workspace, model, compared, least, watch)
    return Outcome(model, found, compared, kept)


def _weigh(workspace: Workspace, model: Model, pairs: int, least: float, watch: Watch) -> int:
    """Fill the table `scored`, portion by portion."""
    connection = workspace.connection
    portions = max(1, -(-pairs // PORTION))
    linker, database = linker_over(workspace, prior=model.prior, weights=model.weights, with_levels=True)
    files: list[Path] = []
    for at in range(portions):
        watch.at("weighing", at, portions)
        path = workspace.finished(f"weighed-{at}")
        if path is None:
            connection.execute(
                "create or replace table portion as select left_row join_key_l, right_row join_key_r, '0' match_key "  # noqa: S608
                f"from pair where hash(left_row) % {portions} = {at}"
            )
            linker.table_management.register_blocked_pairs_for_predict(database.register("portion"))
            scored = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
            columns = ", ".join(f"gamma_{each.code}::tinyint {each.code}" for each in EVIDENCE)
            with workspace.finishing(f"weighed-{at}") as partial:
                connection.execute(
                    "copy (select least(row_l, row_r) left_row, greatest(row_l, row_r) right_row, "  # noqa: S608
                    f"match_weight weight, match_probability probability, {columns} "
                    f"from {scored.physical_name}) to {text(partial)} (format parquet)"
                )
            scored.drop_table_from_database_and_remove_from_cache()
        path = workspace.finished(f"weighed-{at}")
        files += [path] if path else []
    listed = ", ".join(map(text, files))
    connection.execute(f"create or replace table scored as select * from read_parquet([{listed}])")  # noqa: S608
    watch.at("weighing", portions, portions)
    return int(workspace.one("select count(*) from scored"))


# --- reading the outcome


def as_table(workspace: Workspace) -> pa.Table:
    """The pairs, the most probable first: both ids and sources, weight, probability, and the code of each level."""
    return workspace.connection.sql(results_sql()).to_arrow_table()


def results_sql() -> str:
    levels = ", ".join(f"{_named(each)} as {each.code}" for each in EVIDENCE)
    return (
        "select l.source left_source, l.id left_id, r.source right_source, r.id right_id, "  # noqa: S608
        f"round(weight, 3) weight, probability, {levels} from scored "
        "join subject l on l.row = left_row join subject r on r.row = right_row "
        "order by weight desc, l.id, r.id"
    )


def _named(comparison: Comparison) -> str:
    named = " ".join(f"when {value_of(comparison, level)} then '{level.code}'" for level in comparison.levels)
    return f"case scored.{comparison.code} {named} end"
