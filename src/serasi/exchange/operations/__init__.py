"""Writes of this app: agreements with other systems, and what becomes of what they ask."""

from serasi.exchange.operations.delivery import answer_inquiry, note_sending, tell_news
from serasi.exchange.operations.inquiry import Taken, receive
from serasi.exchange.operations.key import ensure_key, replace_key
from serasi.exchange.operations.peer import (
    BadCallback,
    BadKeys,
    change_peer,
    end_peer,
    register_peer,
    renew_secret,
)

__all__ = [
    "BadCallback",
    "BadKeys",
    "Taken",
    "answer_inquiry",
    "change_peer",
    "end_peer",
    "ensure_key",
    "note_sending",
    "receive",
    "register_peer",
    "renew_secret",
    "replace_key",
    "tell_news",
]
