"""Writes of this app, by name from one door."""

from serasi.fieldwork.operations.change import AlreadySettled, settle_difference
from serasi.fieldwork.operations.device import TooManyDevices, close_device, hash_of, open_device, see_device
from serasi.fieldwork.operations.submission import (
    BadFileName,
    NoLongerWaits,
    NotCurrent,
    NotEdited,
    NotYourForm,
    OtherContent,
    OutsideCaseload,
    TooMuchWaits,
    UnknownForm,
    Unreadable,
    drop_submission,
    id_of,
    may_decide,
    receive,
    take_submission,
)

__all__ = [
    "AlreadySettled",
    "BadFileName",
    "NoLongerWaits",
    "NotCurrent",
    "NotEdited",
    "NotYourForm",
    "OtherContent",
    "OutsideCaseload",
    "TooManyDevices",
    "TooMuchWaits",
    "UnknownForm",
    "Unreadable",
    "close_device",
    "drop_submission",
    "hash_of",
    "id_of",
    "may_decide",
    "open_device",
    "receive",
    "see_device",
    "settle_difference",
    "take_submission",
]
