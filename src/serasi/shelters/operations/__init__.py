"""Writes of this app, by name from one door."""

from serasi.shelters.operations.arrival import NotYetArrived, change_arrival, register_arrival
from serasi.shelters.operations.gathering import (
    GatheringClosed,
    NoMoreTags,
    StillHere,
    WrongCode,
    close_gathering,
    join_gathering,
    open_gathering,
    reserve_tags,
)
from serasi.shelters.operations.outcome import (
    AlreadyAccounted,
    NobodyChosen,
    Onward,
    UnitNeeded,
    UnknownTags,
    account_for,
    withdraw_outcome,
)
from serasi.shelters.operations.recognition import AlreadyMatched, described, match_arrival, register_person_of

__all__ = [
    "AlreadyAccounted",
    "AlreadyMatched",
    "GatheringClosed",
    "NoMoreTags",
    "NobodyChosen",
    "NotYetArrived",
    "Onward",
    "StillHere",
    "UnitNeeded",
    "UnknownTags",
    "WrongCode",
    "account_for",
    "change_arrival",
    "close_gathering",
    "described",
    "join_gathering",
    "match_arrival",
    "open_gathering",
    "register_arrival",
    "register_person_of",
    "reserve_tags",
    "withdraw_outcome",
]
