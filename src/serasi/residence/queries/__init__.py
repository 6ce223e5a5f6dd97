"""Reads across models, returning frozen rows; by name from one door."""

from serasi.residence.queries.arrangement import Arrangement, Wanted, arrangement, standing
from serasi.residence.queries.board import Board, board
from serasi.residence.queries.capacity import beds_usable, places_decreed
from serasi.residence.queries.census import (
    Ceiling,
    Census,
    WardOccupancy,
    ceilings_near,
    census,
    census_of_units,
    occupancy_by_ward,
)
from serasi.residence.queries.criteria import criteria_now
from serasi.residence.queries.days import beginning_of, day_at, end_of
from serasi.residence.queries.layout import ROOMS_ACROSS, in_default_order
from serasi.residence.queries.month import BedMonth, DayCount, Month, Run, WardMonth, month
from serasi.residence.queries.placement import Objection, SuggestedBed, objections_to_place, suggested_beds
from serasi.residence.queries.stories import Line, Span, spans, stays_of, story_of

__all__ = [
    "ROOMS_ACROSS",
    "Arrangement",
    "BedMonth",
    "Board",
    "Ceiling",
    "Census",
    "DayCount",
    "Line",
    "Month",
    "Objection",
    "Run",
    "Span",
    "SuggestedBed",
    "Wanted",
    "WardMonth",
    "WardOccupancy",
    "arrangement",
    "beds_usable",
    "beginning_of",
    "board",
    "ceilings_near",
    "census",
    "census_of_units",
    "criteria_now",
    "day_at",
    "end_of",
    "in_default_order",
    "month",
    "objections_to_place",
    "occupancy_by_ward",
    "places_decreed",
    "spans",
    "standing",
    "stays_of",
    "story_of",
    "suggested_beds",
]
