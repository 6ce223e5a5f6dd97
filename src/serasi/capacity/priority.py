"""The weights of the list of those who wait, from `priority.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """Points for risk, where someone sleeps tonight, age, days waited, and when nothing else is possible."""

    edition: str
    days_per_point: int
    most_points_for_waiting: int
    points_when_nothing_else_is_possible: int
    risk: Mapping[str, int]
    tonight: Mapping[str, int]
    age: Mapping[str, int]


@cache
def priority() -> Priority:
    return Priority(**tomllib.loads(FILE.read_text(encoding="utf-8")))
