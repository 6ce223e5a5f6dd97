"""Writes of this app."""

from serasi.interop.operations.roster import (
    FaultyRowsRemain,
    NotNow,
    RosterUnreadable,
    cancel_roster,
    map_columns,
    save_roster,
    upload_roster,
)
from serasi.interop.operations.row import decide_other, decide_same, decide_skip

__all__ = [
    "FaultyRowsRemain",
    "NotNow",
    "RosterUnreadable",
    "cancel_roster",
    "decide_other",
    "decide_same",
    "decide_skip",
    "map_columns",
    "save_roster",
    "upload_roster",
]
