"""Reads across models, returning frozen rows; by name from one door."""

from serasi.daily.queries.handovers import Left, left_by, unread
from serasi.daily.queries.kitchen import Kitchen, diets_of, kitchen
from serasi.daily.queries.medicine import DueDose, due_doses, prescriptions_of
from serasi.daily.queries.recorded import Recorded, recorded
from serasi.daily.queries.residents import Resident, residents
from serasi.daily.queries.roll_calls import MARK_OF, Difference, Told, movement_of, still_missing, told
from serasi.daily.queries.shifts import Shift, shift_at, shift_before

__all__ = [
    "MARK_OF",
    "Difference",
    "DueDose",
    "Kitchen",
    "Left",
    "Recorded",
    "Resident",
    "Shift",
    "Told",
    "diets_of",
    "due_doses",
    "kitchen",
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
]
