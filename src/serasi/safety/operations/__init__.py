"""Writes of this app, by name from one door."""

from serasi.safety.operations.concern import NobodyAbove, raise_concern, take_step
from serasi.safety.operations.incident import (
    ClosedIncident,
    NotAllTold,
    NothingChanged,
    add_follow_up,
    add_person,
    amend_incident,
    close_incident,
    finish_follow_up,
    note_notice,
    reopen_incident,
    report_incident,
    withdraw_person,
)
from serasi.safety.operations.restraint import (
    Forbidden,
    NoLongerRunning,
    begin_restraint,
    check_restraint,
    end_restraint,
    renew_restraint,
    review_restraint,
)
from serasi.safety.operations.someone import NotOfThisHouse, Someone

__all__ = [
    "ClosedIncident",
    "Forbidden",
    "NoLongerRunning",
    "NobodyAbove",
    "NotAllTold",
    "NotOfThisHouse",
    "NothingChanged",
    "Someone",
    "add_follow_up",
    "add_person",
    "amend_incident",
    "begin_restraint",
    "check_restraint",
    "close_incident",
    "end_restraint",
    "finish_follow_up",
    "note_notice",
    "raise_concern",
    "renew_restraint",
    "reopen_incident",
    "report_incident",
    "review_restraint",
    "take_step",
    "withdraw_person",
]
