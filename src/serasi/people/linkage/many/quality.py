"""What matching is worth where the truth is known: over all, by group, at every threshold, with how sure that is."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

from serasi.people.linkage.many.training import Truth
from serasi.people.linkage.many.workspace import Workspace

THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999)
_Z = 1.959964  # 95 %


@dataclass(frozen=True)
class Share:
    """So many of so many, with the interval that holds the true share 95 times in 100 (Wilson)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.of:
            return 0.0, 1.0
        share, spread = self.value, _Z * _Z / self.of
        middle = (share + spread / 2) / (1 + spread)
        half = _Z * sqrt(share * (1 - share) / self.of + spread / (4 * self.of)) / (1 + spread)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Quality:
    group: str
    threshold: float
    precision: Share  # of the pairs said to be one person, those that are
    recall: Share  # of the pairs that are one person, those that were said to be

    @property
    def f1(self) -> float:
        both = self.precision.of + self.recall.of
        return 2 * self.precision.hits / both if both else 0.0

    def as_facts(self) -> dict[str, Any]:
        return {
            "group": self.group,
            "threshold": self.threshold,
            "precision": _rounded(self.precision),
            "recall": _rounded(self.recall),
            "f1": round(self.f1, 4),
        }


GROUPS: Mapping[str, str] = {
    "all": "true",
    "women": "l.sex = 'P' and r.sex = 'P'",
    "men": "l.sex = 'L' and r.sex = 'L'",
    "NIK on both": "l.nik is not null and r.nik is not null",
    "no NIK on one or both": "l.nik is null or r.nik is null",
    "no NIK, no KK": "(l.nik is null or r.nik is null) and (l.kk is null or r.kk is null)",
    "a name of one word": "len(l.name_words) = 1 or len(r.name_words) = 1",
    "names of more words": "len(l.name_words) > 1 and len(r.name_words) > 1",
    "a guessed birth date": "l.birth_guessed or r.birth_guessed",
    "born before 1966": "l.birth_last < 1966 or r.birth_last < 1966",
    "moved to another regency": "l.regency <> r.regency",
}
"""Which pairs are in which group: a condition on the two records. A pair can be in several."""


def measure(
    workspace: Workspace,
    truth: Truth,
    *,
    thresholds: Sequence[float] = THRESHOLDS,
    group_threshold: float = 0.9,
    provinces: bool = True,
) -> list[Quality]:
    """The quality of the run whose pairs are in `scored`: overall at every threshold, then by group at one."""
    workspace.connection.execute(f"create or replace table truth as {truth.pairs_sql()}")
    workspace.connection.execute(
        "create or replace table judged as select left_row, right_row, coalesce(probability, 0) probability, "
        "is_one is not null is_one "
        "from scored full join (select left_row, right_row, true is_one from truth) using (left_row, right_row)"
    )
    found = [_quality(workspace, "all", "true", threshold) for threshold in thresholds]
    groups = dict(GROUPS)
    if provinces:
        known = workspace.rows("select distinct province from subject where province is not null order by 1")
        groups |= {f"province {code}": f"l.province = '{code}' and r.province = '{code}'" for (code,) in known}
    return found + [
        _quality(workspace, name, where, group_threshold) for name, where in groups.items() if name != "all"
    ]


def _quality(workspace: Workspace, group: str, where: str, threshold: float) -> Quality:
    [(said, right, true)] = workspace.rows(
        f"select count(*) filter (probability >= {threshold}), "  # noqa: S608
        f"count(*) filter (probability >= {threshold} and is_one), count(*) filter (is_one) "
        "from judged join subject l on l.row = left_row join subject r on r.row = right_row "
        f"where {where}"
    )
    return Quality(group, threshold, Share(right, said), Share(right, true))


def _rounded(share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {**asdict(share), "share": round(share.value, 4), "from": round(low, 4), "to": round(high, 4)}
