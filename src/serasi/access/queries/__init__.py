"""Reads of this app across models: looks, trail, staff, emergencies. Frozen rows, no writes."""

from serasi.access.queries.emergencies import EmergencyRow, emergencies_of, emergencies_to_review
from serasi.access.queries.looks import LookRow, looks_reached_by, who_opened
from serasi.access.queries.staff import PostingRow, manageable_postings, staff_of
from serasi.access.queries.trail import Change, TrailLine, trail_of

__all__ = [
    "Change",
    "EmergencyRow",
    "LookRow",
    "PostingRow",
    "TrailLine",
    "emergencies_of",
    "emergencies_to_review",
    "looks_reached_by",
    "manageable_postings",
    "staff_of",
    "trail_of",
    "who_opened",
]
