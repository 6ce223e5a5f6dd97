"""Reads across models, returning frozen rows; by name from one door."""

from serasi.residence.queries.arrangement import Arrangement, Wanted, arrangement, standing
from serasi.residence.queries.board import Board, board
from serasi.residence.queries.capacity import beds_usable, places_decreed
from serasi.residence.queries.census import (
    Ceiling,
    Census,
    WardOccupancy,
    ceiling_of,
    ceilings_near,
    census,
    census_of_units,
    occupancy_by_ward,
)
from serasi.residence.queries.criteria import criteria_now
from serasi.residence.queries.days import beginning_of, day_at, end_of
from serasi.residence.queries.layout import ROOMS_ACROSS, in_default_order
from serasi.residence.queries.month import BedMonth, DayCount, Month, Run, WardMonth, month
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
    "ROOMS_ACROSS",
    "Admission",
    "Arrangement",
    "BedMonth",
    "Board",
    "Ceiling",
    "Census",
    "DayCount",
    "Home",
    "LedgerLine",
    "Line",
    "Month",
    "Objection",
    "Run",
    "Span",
    "StepState",
    "SuggestedBed",
    "Wanted",
    "WardMonth",
    "WardOccupancy",
    "Worklist",
    "admission_of",
    "arrangement",
    "beds_usable",
    "beginning_of",
    "board",
    "ceiling_of",
    "ceilings_near",
    "census",
    "census_of_units",
    "criteria_now",
    "day_at",
    "end_of",
    "homes_to_go_to",
    "in_default_order",
    "isolates",
    "ledger_of",
    "month",
    "objections_to_place",
    "occupancy_by_ward",
    "places_decreed",
    "spans",
    "standing",
    "stays_of",
    "story_of",
    "suggested_beds",
    "worklists_of",
]
