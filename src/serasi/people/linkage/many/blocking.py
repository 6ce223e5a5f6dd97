"""Who is compared with whom: many narrow rules, each a few columns that must be equal, each with its reason.

Narrow rules find more with fewer pairs than two broad ones. The pairs of a rule are counted from the sizes
of its groups before any is made, so a rule can never fill the machine: one beyond the limit is refused, and
the count said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from serasi.people.linkage.many.workspace import Watch, Workspace, text

Task = Literal["dedupe", "link"]
"""Within one set, or between sources only."""


@dataclass(frozen=True)
class Rule:
    code: str
    columns: tuple[str, ...]
    reason: str  # English, for whoever tends the rules


RULES = (
    Rule("nik", ("nik",), "the same number"),
    Rule("nik_head", ("nik_head", "name_lead"), "a NIK rounded by a spreadsheet"),
    Rule("nik_stem", ("nik_stem", "name_lead"), "the last digits of a NIK mistyped"),
    Rule("nik_tail", ("nik_tail", "name_lead"), "the place within a NIK mistyped, or a number of another place"),
    Rule("nik_serial", ("nik_place", "nik_serial", "name_lead", "birth_year"), "the date within a NIK mistyped"),
    Rule(
        "nik_birth", ("nik_birth", "name_consonants"), "the date written beside the NIK is wrong, that within is right"
    ),
    Rule("kk_sex", ("kk", "sex"), "within a family card, whatever else changed"),
    Rule("kk_lead", ("kk", "name_lead"), "within a family card, sex mistaken or missing"),
    Rule("name_birth", ("name_consonants", "birth_number"), "name and date, wherever they live now"),
    Rule("lead_birth", ("name_lead", "birth_number", "province"), "the name written shorter or longer"),
    Rule("birth_village", ("birth_number", "village", "sex"), "a changed name in the same village"),
    Rule("birth_mother", ("birth_number", "mother_consonants"), "a changed name, of the same mother"),
    Rule(
        "birth_mother_lead", ("birth_number", "mother_lead", "regency"), "a changed name, the mother's written shorter"
    ),
    Rule("birth_district", ("birth_number", "district", "sex"), "a changed name, moved within the district"),
    Rule("lead_year_district", ("name_lead", "birth_first", "district"), "the name shorter, the date guessed or wrong"),
    Rule("name_village", ("name_consonants", "village"), "a date that is missing, guessed or wrong, same village"),
    Rule(
        "name_mother", ("name_consonants", "mother_consonants", "province"), "the same two names, date or place wrong"
    ),
    Rule("lead_mother_lead", ("name_lead", "mother_lead", "district"), "both names written shorter, same district"),
    Rule("name_year_place", ("name_consonants", "birth_first", "regency"), "day and month wrong or guessed"),
    Rule("name_day_place", ("name_consonants", "birth_day_month", "province"), "the year wrong"),
    Rule("lead_either", ("name_lead", "birth_either", "regency"), "day and month swapped"),
)
NAME_ALONE = Rule("name", ("name_consonants",), "people found on the street, whose home and birthday nobody knows")
"""For a register small enough to afford it; in a larger one it goes past the limit, and is left out."""
PAIRS_PER_RECORD = 20
FEW_PAIRS = 100_000


def most_pairs(records: int) -> int:
    """What a rule may cost unless the caller says otherwise: so many pairs for each record."""
    return max(FEW_PAIRS, PAIRS_PER_RECORD * records)


@dataclass(frozen=True)
class Found:
    """What became of one rule."""

    rule: Rule
    pairs: int
    refused: bool


def count_pairs(workspace: Workspace, rule: Rule, task: Task) -> int:
    """How many pairs the rule would make: from the sizes of its groups, so cheap however many they are."""
    columns = ", ".join(rule.columns)
    complete = " and ".join(f"{column} is not null" for column in rule.columns)
    alike = f"select {columns}, count(*) n from subject where {complete} group by {columns}"  # noqa: S608
    if task == "dedupe":
        return int(workspace.one(f"select sum(n * (n - 1) // 2) from ({alike})") or 0)  # noqa: S608
    # Of all pairs in a group, those within one source are left out: (n² - Σ of each source's n²) / 2.
    sums = f"select sum(n) n, sum(n * n) of_one_source from ({alike}, source) by_source group by {columns}"  # noqa: S608
    return int(workspace.one(f"select sum((n * n - of_one_source) // 2) from ({sums})") or 0)  # noqa: S608


def make_pairs(
    workspace: Workspace, *, task: Task, limit: int, watch: Watch, rules: Sequence[Rule] = RULES
) -> list[Found]:
    """Write the pairs of every rule to the folder, one file each, leaving out what is there from a run before.

    Then `pair(left, right)` holds each pair once, the smaller row on the left.
    """
    found = []
    for at, rule in enumerate(rules):
        watch.at("blocking", at, len(rules))
        pairs = count_pairs(workspace, rule, task)
        found.append(Found(rule, pairs, refused=pairs > limit))
        if pairs <= limit and workspace.finished(f"pairs-{rule.code}") is None:
            with workspace.finishing(f"pairs-{rule.code}") as path:
                workspace.connection.execute(f"copy ({pairs_sql(rule, task)}) to {text(path)} (format parquet)")
    files = [workspace.finished(f"pairs-{each.rule.code}") for each in found if not each.refused]
    workspace.connection.execute("create or replace table pair (left_row bigint, right_row bigint)")
    if files:
        listed = ", ".join(text(file) for file in files if file)
        workspace.connection.execute(
            f"insert into pair select distinct left_row, right_row from read_parquet([{listed}])"  # noqa: S608
        )
    return found


def pairs_sql(rule: Rule, task: Task) -> str:
    same = " and ".join(f"l.{column} = r.{column}" for column in rule.columns)
    across = " and l.source <> r.source" if task == "link" else ""
    return (
        f"select l.row left_row, r.row right_row from subject l join subject r on {same} "  # noqa: S608
        f"where l.row < r.row{across}"
    )
