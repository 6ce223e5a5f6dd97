"""Reads across models, returning frozen rows; by name from one door."""

from serasi.daily.queries.handovers import Left, left_by, unread
from serasi.daily.queries.kitchen import Kitchen, diets_of, kitchen
from serasi.daily.queries.medicine import DueDose, doses_between, due_doses, prescriptions_of
from serasi.daily.queries.recorded import Recorded, recorded
from serasi.daily.queries.residents import Resident, residents
from serasi.daily.queries.roll_calls import MARK_OF, Difference, Told, ToldMark, movement_of, still_missing, told
from serasi.daily.queries.shifts import Shift, shift_at, shift_before
from serasi.daily.queries.timetable import Slot, day_of_stay, day_of_ward, now_and_next, own_day, pattern_of
from serasi.daily.queries.visits import (
    Known,
    Quiet,
    expected_by,
    known_contacts,
    latest_contacts,
    long_without_contact,
    visits_on,
)
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
    "Known",
    "Latest",
    "Left",
    "Quiet",
    "Recorded",
    "Resident",
    "Shift",
    "Slot",
    "Told",
    "ToldMark",
    "day_of_stay",
    "day_of_ward",
    "diets_of",
    "doses_between",
    "due_doses",
    "expected_by",
    "kitchen",
    "known_contacts",
    "latest_contacts",
    "latest_values",
    "latest_vitals",
    "left_by",
    "long_without_contact",
    "movement_of",
    "now_and_next",
    "own_day",
    "pattern_of",
    "prescriptions_of",
    "recorded",
    "residents",
    "shift_at",
    "shift_before",
    "still_missing",
    "told",
    "unread",
    "visits_on",
    "vitals_of",
    "vitals_practice",
]
