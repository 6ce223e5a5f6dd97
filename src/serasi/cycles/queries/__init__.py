"""Reads of this app, by name from one door."""

from serasi.cycles.queries.cycles import (
    NEAR,
    ReviewStand,
    Turn,
    carried_into,
    cases_of,
    cases_to_turn,
    cycle_list,
    due_of,
    own_turns,
    turning_on,
    turns,
    turns_of,
)
from serasi.cycles.queries.practice import practice_of
from serasi.cycles.queries.ratings import (
    DomainCurve,
    LatestOfDomain,
    Point,
    curve,
    curves_of,
    domain_set,
    domain_sets_on,
    latest_ratings,
    own_curves,
)

__all__ = [
    "NEAR",
    "DomainCurve",
    "LatestOfDomain",
    "Point",
    "ReviewStand",
    "Turn",
    "carried_into",
    "cases_of",
    "cases_to_turn",
    "curve",
    "curves_of",
    "cycle_list",
    "domain_set",
    "domain_sets_on",
    "due_of",
    "latest_ratings",
    "own_curves",
    "own_turns",
    "practice_of",
    "turning_on",
    "turns",
    "turns_of",
]
