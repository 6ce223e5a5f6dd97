"""Reads across the records of this app, by name from one door."""

from serasi.safety.queries.house import Resident, houses_of, residents_on_offer, staff_of
from serasi.safety.queries.incident import ToTell, incidents_seen_by, to_tell
from serasi.safety.queries.names import Names, names_in
from serasi.safety.queries.pattern import Pattern, Repeated, pattern_of, repeated_people

__all__ = [
    "Names",
    "Pattern",
    "Repeated",
    "Resident",
    "ToTell",
    "houses_of",
    "incidents_seen_by",
    "names_in",
    "pattern_of",
    "repeated_people",
    "residents_on_offer",
    "staff_of",
    "to_tell",
]
