"""Writes of this app, by name from one door."""

from serasi.cycles.operations.own import NotYours, say_own
from serasi.cycles.operations.rating import (
    AlreadySuperseded,
    NothingRated,
    RatedTwice,
    Said,
    correct_rating,
    rate,
    withdraw_rating,
)
from serasi.cycles.operations.reference import load_reference

__all__ = [
    "AlreadySuperseded",
    "NotYours",
    "NothingRated",
    "RatedTwice",
    "Said",
    "correct_rating",
    "load_reference",
    "rate",
    "say_own",
    "withdraw_rating",
]
