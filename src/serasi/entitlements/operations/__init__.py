"""Writes of this app."""

from serasi.entitlements.operations.bridge import load_bridge
from serasi.entitlements.operations.delivery import (
    FileUnreadable,
    NotNow,
    go_on_loading,
    receive_delivery,
    stop_loading,
    withdraw_delivery,
)
from serasi.entitlements.operations.expiry import delete_ended
from serasi.entitlements.operations.match import check_people, decide_match

__all__ = [
    "FileUnreadable",
    "NotNow",
    "check_people",
    "decide_match",
    "delete_ended",
    "go_on_loading",
    "load_bridge",
    "receive_delivery",
    "stop_loading",
    "withdraw_delivery",
]
