"""Who must be told of an incident and how soon; how long restraint may last: dated files, read and checked once.

No regulation that we have read fixes these hours and minutes, so every entry says that it is the unit's own rule. Who
knows better changes the file and names the source there.
"""

from serasi.safety.reference.limits import RestraintLimit, limit_for, restraint_limits
from serasi.safety.reference.notices import (
    NoticeRule,
    ReviewRule,
    hours_to_acknowledge,
    notice_rules,
    review_rules,
    rules_for,
)

__all__ = [
    "NoticeRule",
    "RestraintLimit",
    "ReviewRule",
    "hours_to_acknowledge",
    "limit_for",
    "notice_rules",
    "restraint_limits",
    "review_rules",
    "rules_for",
]
