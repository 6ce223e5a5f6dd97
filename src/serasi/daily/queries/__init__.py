"""Reads across models, returning frozen rows; by name from one door."""

from serasi.daily.queries.handovers import Left, left_by, unread
from serasi.daily.queries.kitchen import Kitchen, diets_of, kitchen
from serasi.daily.queries.medicine import DueDose, doses_between, due_doses, prescriptions_of
from serasi.daily.queries.recorded import Recorded, recorded
from serasi.daily.queries.residents import Resident, residents
from serasi.daily.queries.roll_calls import MARK_OF, Difference, Told, ToldMark, movement_of, still_missing, told
from serasi.daily.queries.shifts import Shift, shift_at, shift_before
from serasi.daily.queries.vitals import (
    Latest,
    latest_values,
    latest_vitals,
    vitals_of,
    vitals_practice,
)

__all__ = [
    "MARK_OF",
    "Difference",
    "DueDose",
    "Kitchen",
    "Latest",
    "Left",
    "Recorded",
    "Resident",
    "Shift",
    "Told",
    "ToldMark",
    "diets_of",
    "doses_between",
    "due_doses",
    "kitchen",
    "latest_values",
    "latest_vitals",
    "left_by",
    "movement_of",
    "prescriptions_of",
    "recorded",
    "residents",
    "shift_at",
    "shift_before",
    "still_missing",
    "told",
    "unread",
    "vitals_of",
    "vitals_practice",
]
