"""Reads across models, returning frozen rows; by name from one door."""

from serasi.residence.queries.board import Board, board
from serasi.residence.queries.census import (
    Ceiling,
    Census,
    WardOccupancy,
    ceilings_near,
    census,
    census_of_units,
    occupancy_by_ward,
)
from serasi.residence.queries.days import beginning_of, day_at, end_of
from serasi.residence.queries.placement import Objection, SuggestedBed, objections_to_place, suggested_beds
from serasi.residence.queries.stories import Line, Span, spans, stays_of, story_of

__all__ = [
    "Board",
    "Ceiling",
    "Census",
    "Line",
    "Objection",
    "Span",
    "SuggestedBed",
    "WardOccupancy",
    "beginning_of",
    "board",
    "ceilings_near",
    "census",
    "census_of_units",
    "day_at",
    "end_of",
    "objections_to_place",
    "occupancy_by_ward",
    "spans",
    "stays_of",
    "story_of",
    "suggested_beds",
]
