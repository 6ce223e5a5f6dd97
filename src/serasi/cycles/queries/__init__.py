"""Reads of this app, by name from one door."""

from serasi.cycles.queries.cycles import (
    NEAR,
    ReviewStand,
    Turn,
    carried_into,
    cases_to_turn,
    cycle_list,
    due_of,
    own_turns,
    turning_on,
    turns,
    turns_of,
)
from serasi.cycles.queries.practice import practice_of
from serasi.cycles.queries.ratings import DomainCurve, LatestOfDomain, Point, curve, domain_set, latest_ratings

__all__ = [
    "NEAR",
    "DomainCurve",
    "LatestOfDomain",
    "Point",
    "ReviewStand",
    "Turn",
    "carried_into",
    "cases_to_turn",
    "curve",
    "cycle_list",
    "domain_set",
    "due_of",
    "latest_ratings",
    "own_turns",
    "practice_of",
    "turning_on",
    "turns",
    "turns_of",
]
