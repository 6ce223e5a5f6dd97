"""Writes of this app, by name from one door."""

from serasi.capacity.operations.outlook import reckon, reckon_all
from serasi.capacity.operations.waiting import (
    LivesHere,
    NoLongerWaits,
    NotTried,
    leave_list,
    record_attempt,
    wait_for_place,
)

__all__ = [
    "LivesHere",
    "NoLongerWaits",
    "NotTried",
    "leave_list",
    "reckon",
    "reckon_all",
    "record_attempt",
    "wait_for_place",
]
