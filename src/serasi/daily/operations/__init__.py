"""Writes of this app, by name from one door."""

from serasi.daily.operations.diet import AlreadyEnded, end_diet, order_diet
from serasi.daily.operations.handover import NotYourOwn, acknowledge, hand_over
from serasi.daily.operations.medicine import (
    Answered,
    NoLongerOrdered,
    NotDueThen,
    NothingAnswered,
    NotWhenNeeded,
    ReasonNeeded,
    copy_prescription,
    end_prescription,
    give_when_needed,
    record_doses,
)
from serasi.daily.operations.moments import NotThisMoment
from serasi.daily.operations.note import write_note
from serasi.daily.operations.practice import set_practice
from serasi.daily.operations.roll_call import (
    BoardAgrees,
    BoardChanged,
    CountDiffers,
    Found,
    NobodyHere,
    Unanswered,
    follow_up,
    take_roll_call,
)
from serasi.daily.operations.round import Exceptional, NotAnAnswer, make_round

__all__ = [
    "AlreadyEnded",
    "Answered",
    "BoardAgrees",
    "BoardChanged",
    "CountDiffers",
    "Exceptional",
    "Found",
    "NoLongerOrdered",
    "NobodyHere",
    "NotAnAnswer",
    "NotDueThen",
    "NotThisMoment",
    "NotWhenNeeded",
    "NotYourOwn",
    "NothingAnswered",
    "ReasonNeeded",
    "Unanswered",
    "acknowledge",
    "copy_prescription",
    "end_diet",
    "end_prescription",
    "follow_up",
    "give_when_needed",
    "hand_over",
    "make_round",
    "order_diet",
    "record_doses",
    "set_practice",
    "take_roll_call",
    "write_note",
]
