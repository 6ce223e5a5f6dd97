"""Incidents as their readers meet them: the list, and who must be told of one by when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from serasi.access.models import User
from serasi.safety.enums import Recipient
from serasi.safety.models import Incident, Notice
from serasi.safety.reference import NoticeRule, rules_for


@dataclass(frozen=True, slots=True)
class ToTell:
    """One recipient of an incident: by when, by whose rule, and the notices that stand."""

    recipient: Recipient
    due_at: datetime
    rule: NoticeRule | None
    notices: tuple[Notice, ...]

    @property
    def is_told(self) -> bool:
        return bool(self.notices)

    @property
    def told_at(self) -> datetime | None:
        return self.notices[0].told_at if self.notices else None

    def is_late(self, now: datetime) -> bool:
        """Not told though it is time, or told after it was time."""
        return self.rule is not None and (self.told_at or now) > self.due_at


def to_tell(incident: Incident, notices: list[Notice]) -> list[ToTell]:
    """Whom the rules name, soonest first, then who was told besides."""
    found = []
    for rule in rules_for(incident.kind, incident.severity):
        due_at = incident.happened_at + timedelta(hours=rule.hours)
        theirs = tuple(one for one in notices if one.recipient == rule.recipient)
        found.append(ToTell(Recipient(rule.recipient), due_at, rule, theirs))
    named = {one.recipient for one in found}
    for recipient in Recipient:
        theirs = tuple(one for one in notices if one.recipient == recipient)
        if theirs and recipient not in named:
            found.append(ToTell(recipient, theirs[0].told_at, None, theirs))
    return found


def incidents_seen_by(reader: User) -> QuerySet[Any]:
    """With state and clock, latest first."""
    seen = Incident.objects.visible_to(reader).with_state().with_clock()
    return seen.select_related("unit", "ward").order_by("-happened_at", "-pk")
