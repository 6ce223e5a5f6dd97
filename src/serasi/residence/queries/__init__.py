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
from serasi.residence.queries.onward import Home, homes_to_go_to
from serasi.residence.queries.placement import Objection, SuggestedBed, objections_to_place, suggested_beds
from serasi.residence.queries.steps import (
    Admission,
    LedgerLine,
    StepState,
    Worklist,
    admission_of,
    isolates,
    ledger_of,
    worklists_of,
)
from serasi.residence.queries.stories import Line, Span, spans, stays_of, story_of

__all__ = [
    "Admission",
    "Board",
    "Ceiling",
    "Census",
    "Home",
    "LedgerLine",
    "Line",
    "Objection",
    "Span",
    "StepState",
    "SuggestedBed",
    "WardOccupancy",
    "Worklist",
    "admission_of",
    "beginning_of",
    "board",
    "ceilings_near",
    "census",
    "census_of_units",
    "day_at",
    "end_of",
    "homes_to_go_to",
    "isolates",
    "ledger_of",
    "objections_to_place",
    "occupancy_by_ward",
    "spans",
    "stays_of",
    "story_of",
    "suggested_beds",
    "worklists_of",
]
