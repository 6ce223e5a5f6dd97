"""What agreement is worth, learned from a register in which nobody has judged a pair.

1. The prior: pairs that strict rules find, over what such rules miss.
2. `u`, how often strangers agree: from pairs drawn at random, with a fixed seed.
3. `m`, how often records of one person agree: by expectation maximisation under three blocks, each leaving free
   what the others hold fast; the median counts.
4. NIK and KK, and what members of a family share, are not learned this way: they repeat other evidence, and
   strangers who share them are too rare to be drawn. Their weights are counted where the truth is known
   (`count_weights`) and carried from model to model.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from serasi.people.linkage.evidence import EVIDENCE, Comparison, Level, Weighing
from serasi.people.linkage.many.blocking import Rule, Task, pairs_sql
from serasi.people.linkage.many.columns import COLUMNS
from serasi.people.linkage.many.engine import linker_over, trained_weights
from serasi.people.linkage.many.workspace import Watch, Workspace
from serasi.people.linkage.model import Model, Weight

STRICT = (
    Rule("nik_name", ("nik", "name_consonants"), "number and name"),
    Rule("name_birth_mother", ("name_consonants", "birth_number", "mother_consonants"), "both names and the date"),
)
"""Rules that hardly ever find two people; what they find tells how many matches there are."""

BLOCKS = (
    ("nik", "birth_number"),
    ("nik", "name_consonants"),
    ("name_consonants", "birth_number"),
)
"""Under each block the evidence that uses its columns is held back, and all other is learned. The number alone is no
block: families that write down one number for two people would teach that names differ."""

RANDOM_PAIRS = 2_000_000
PAIRS_OF_A_BLOCK = 500_000


@dataclass(frozen=True)
class Chosen:
    """What a training run is told."""

    name: str
    version: str
    data: str  # one sentence about where the records came from; no names
    seed: int = 1
    random_pairs: int = RANDOM_PAIRS


class TooFew(Exception):
    """The strict rules find nothing, so nothing can be learned."""


def train(workspace: Workspace, base: Model, chosen: Chosen, watch: Watch) -> Model:
    """A model for the subjects of the workspace; counted weights come from `base`, for this many records."""
    steps = 2 + len(BLOCKS)
    records = int(workspace.one("select count(*) from subject"))
    watch.at("prior", 0, steps)
    rate = matches_per_record(workspace, base.strict_recall, task="dedupe")
    if not rate:
        raise TooFew("the strict rules find no two records of one person")
    base = base.over(records, matches_per_record=rate)
    counted = {
        each.code: {level.code: base.weights[each.code][level.code] for level in each.levels if each.is_counted(level)}
        for each in EVIDENCE
    }
    linker, _database = linker_over(workspace, prior=base.prior, weights=counted)
    watch.at("random pairs", 1, steps)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=chosen.random_pairs, seed=chosen.seed, min_count_per_level=None
    )
    for at, block in enumerate(BLOCKS):
        watch.at("block", 2 + at, steps)
        linker.training.estimate_parameters_using_expectation_maximisation(
            " and ".join(f"l.{column} = r.{column}" for column in block),
            estimate_without_term_frequencies=True,
            max_pairs=PAIRS_OF_A_BLOCK,
            record_sample_proportion=1.0,
        )
    learned = trained_weights(linker)
    weights = {each.code: learned[each.code] | counted[each.code] for each in EVIDENCE}
    watch.at("block", steps, steps)
    return Model(
        chosen.name,
        chosen.version,
        records,
        rate,
        base.strict_recall,
        weights,
        training={
            "at": f"{datetime.now(tz=UTC):%Y-%m-%d}",
            "data": chosen.data,
            "records": records,
            "seed": chosen.seed,
            "random_pairs": chosen.random_pairs,
            "strict_rules": [list(rule.columns) for rule in STRICT],
            "blocks": [list(block) for block in BLOCKS],
            "counted_from": base.training.get("counted_from", base.name),
            "versions": {package: version(package) for package in ("serasi", "splink", "duckdb", "rapidfuzz")},
        },
    )


def matches_per_record(workspace: Workspace, strict_recall: float, task: Task) -> float:
    """How many pairs of one person there are for each record, from the strict rules and what these find of all."""
    found = " union ".join(pairs_sql(rule, task) for rule in STRICT)
    records = int(workspace.one("select count(*) from subject"))
    return int(workspace.one(f"select count(*) from ({found})")) / strict_recall / max(1, records)  # noqa: S608


# --- where the truth is known

_NEAR = (
    Rule("nik", ("nik",), ""),
    Rule("stem", ("nik_stem",), ""),
    Rule("tail", ("nik_tail",), ""),
    Rule("kk", ("kk",), ""),
    Rule("birth", ("birth_number",), ""),
    Rule("mother", ("mother_consonants",), ""),
    Rule("district", ("district",), ""),
)
"""Every pair that shows a counted level, or is among those it is counted in, has one of these in common, or half of its
NIK or KK; all others show the last level."""


@dataclass(frozen=True)
class Truth:
    """What is known of a register of which every pair is known; `person` is SQL for who a record is of."""

    person: str = "split_part(id, '-', 1)"

    def pairs_sql(self) -> str:
        people = f"(select row, source, {self.person} person from subject)"  # noqa: S608
        return (
            f"select l.row left_row, r.row right_row from {people} l join {people} r on l.person = r.person "  # noqa: S608
            "where l.row < r.row"
        )


def count_weights(workspace: Workspace, truth: Truth) -> dict[str, dict[str, Weight]]:
    """Weights of the counted levels, over all pairs of the register, those of one person and those of two."""
    halves = [
        f"substr(l.{number}, {first}, 7) = substr(r.{number}, {first}, 7) and l.row < r.row"
        for number in ("nik", "kk")
        for first in (1, 10)
    ]
    near = " union ".join(
        [pairs_sql(rule, "dedupe") for rule in _NEAR]
        + [f"select l.row left_row, r.row right_row from subject l join subject r on {half}" for half in halves]  # noqa: S608
    )
    workspace.connection.execute(f"create or replace table truth as {truth.pairs_sql()}")
    workspace.connection.execute(
        f"create or replace table near as select * from ({near}) anti join truth using (left_row, right_row)"  # noqa: S608
    )
    weights = {each.code: _counted(workspace, each) for each in EVIDENCE}
    workspace.connection.execute("drop table near")
    return weights


def _counted(workspace: Workspace, comparison: Comparison) -> dict[str, Weight]:
    counted = [level for level in comparison.levels if comparison.is_counted(level)]
    if not counted:
        return {}
    ours, strangers = (_tally(workspace, comparison, pairs) for pairs in ("truth", "near"))
    if comparison.weighing is Weighing.COUNTED:  # strangers who share nothing were not looked at one by one
        told = int(workspace.one(f"select count({comparison.missing.column}) from subject"))  # noqa: S608
        far = told * (told - 1) // 2 - ours.all_pairs - strangers.all_pairs
        strangers.all_pairs += far
        strangers.levels[comparison.levels[-1].code] += far
    return {level.code: Weight(ours.share(level, comparison), strangers.share(level, comparison)) for level in counted}


@dataclass
class _Tally:
    """How many pairs show each level, and how many there are: of all, and of those a level is counted in."""

    levels: dict[str, int]
    given: dict[str, int]
    all_pairs: int

    def share(self, level: Level, comparison: Comparison) -> float:
        """Half a pair is added to every level: what was not seen is not impossible."""
        of = self.given[level.code] if level.given else self.all_pairs
        return (self.levels[level.code] + 0.5) / (of + 0.5 * len(comparison.levels))


def _tally(workspace: Workspace, comparison: Comparison, pairs: str) -> _Tally:
    first_that_holds = " ".join(
        f"when {level.condition.sql} then '{level.code}'" if level.condition else f"else '{level.code}'"
        for level in comparison.levels
    )
    given = [level for level in comparison.levels if level.given]
    counts = ", ".join(
        [f"count(*) filter (level = '{level.code}')" for level in comparison.levels]
        + [f"count(*) filter ({level.given.sql})" for level in given if level.given]
        + ["count(*)"]
    )
    both = ", ".join(f"l.{column} {column}_l, r.{column} {column}_r" for column in COLUMNS)
    side_by_side = (
        f"select {both} from {pairs} p join subject l on l.row = p.left_row join subject r on r.row = p.right_row"  # noqa: S608
    )
    [row] = workspace.rows(
        f"select {counts} from (select *, case {first_that_holds} end level from ({side_by_side}) "  # noqa: S608
        f"where not {comparison.missing.sql})"
    )
    found = [int(count) for count in row]
    codes = [level.code for level in comparison.levels]
    return _Tally(
        dict(zip(codes, found, strict=False)),
        {level.code: count for level, count in zip(given, found[len(codes) :], strict=False)},
        found[-1],
    )


def counted_base(workspace: Workspace, truth: Truth) -> Model:
    """What a first training stands on: counted weights, and what the strict rules find of the truth. Learned weights
    are left even; `train` fills them."""
    records = int(workspace.one("select count(*) from subject"))
    weights = count_weights(workspace, truth)
    found = " union ".join(pairs_sql(rule, "dedupe") for rule in STRICT)
    true, strict = (
        int(workspace.one(f"select count(*) from {pairs}"))  # noqa: S608
        for pairs in ("truth", f"(select * from ({found}) semi join truth using (left_row, right_row))")  # noqa: S608
    )
    even = Weight(1.0, 1.0)
    weights = {each.code: {level.code: even for level in each.levels} | weights[each.code] for each in EVIDENCE}
    return Model(
        "counted", "0", records, true / records, strict / true, weights,
        training={"counted_from": f"{true:,} pairs of one person among {records:,} records whose truth is known"},
    )  # fmt: skip
