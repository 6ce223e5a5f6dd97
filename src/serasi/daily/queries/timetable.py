"""The timetable of a day: the pattern of the ward, what is otherwise that day, and what someone does alone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from serasi.access.models import User
from serasi.daily.enums import DayChange
from serasi.daily.models import TimetableChange, TimetableEntry
from serasi.residence.models import Stay, Ward


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing on one day. ``change`` says how this day differs from the pattern, ``usual_from`` when it would have
    begun; ``is_replaced``: this resident does something of their own instead."""

    entry_id: UUID
    stay_id: UUID | None
    from_time: time
    until_time: time
    what: str
    place: str
    leader: str
    is_instead: bool = False
    change: DayChange | None = None
    reason: str = ""
    usual_from: time | None = None
    is_replaced: bool = False

    @property
    def is_own(self) -> bool:
        return self.stay_id is not None

    @property
    def is_cancelled(self) -> bool:
        return self.change is DayChange.CANCELLED

    @property
    def is_moved(self) -> bool:
        return self.change is DayChange.MOVED

    @property
    def takes_place(self) -> bool:
        return not (self.is_cancelled or self.is_replaced)

    def meets(self, other: "Slot") -> bool:
        return self.from_time < other.until_time and other.from_time < self.until_time


def day_of_ward(*, ward: Ward, stays: Iterable[UUID], day: date, reader: User) -> list[Slot]:
    """What the ward does on a day, and what these residents do on their own. One statement."""
    entries = TimetableEntry.objects.visible_to(reader).filter(Q(ward=ward) | Q(stay__in=list(stays)))
    return _slots(entries, day)


def day_of_stay(*, stay: Stay, ward_id: UUID | None, day: date, reader: User) -> list[Slot]:
    """The day of one resident: the ward's, where they do nothing else instead, and their own. One statement."""
    return _of_one(TimetableEntry.objects.visible_to(reader), stay, ward_id, day)


def own_day(*, stay: Stay, ward_id: UUID | None, day: date) -> list[Slot]:
    """The same for the one whose day it is: asked with whole sight, of one's own stay alone. One statement."""
    return _of_one(TimetableEntry.objects.all(), stay, ward_id, day)


def own_slots_on(*, stay: Stay, day: date) -> list[Slot]:
    """What someone does on their own on a day. One statement."""
    return _slots(TimetableEntry.objects.filter(stay=stay), day)


def now_and_next(slots: Iterable[Slot], at: time) -> tuple[Slot | None, Slot | None]:
    """What runs at this hour, one's own before the ward's, and what begins next."""
    taking_place = [one for one in slots if one.takes_place]
    running = [one for one in taking_place if one.from_time <= at < one.until_time]
    coming = [one for one in taking_place if one.from_time > at]
    return max(running, key=lambda one: one.is_own, default=None), min(
        coming, key=lambda one: one.from_time, default=None
    )


def pattern_of(*, ward: Ward, day: date, reader: User) -> list[TimetableEntry]:
    """What a ward does in a week, from a day on. One statement."""
    return list(TimetableEntry.objects.visible_to(reader).filter(ward=ward).not_over(day).in_order())


def _of_one(entries: Any, stay: Stay, ward_id: UUID | None, day: date) -> list[Slot]:
    where = Q(stay=stay) | Q(ward=ward_id) if ward_id else Q(stay=stay)
    found = _slots(entries.filter(where), day)
    instead = [one for one in found if one.is_instead and not one.is_cancelled]
    return [replace(one, is_replaced=not one.is_own and any(one.meets(other) for other in instead)) for one in found]


def _slots(entries: Any, day: date) -> list[Slot]:
    """A day of these entries, in the order of its hours. One statement."""
    latest = (
        TimetableChange.objects.filter(entry=OuterRef("pk"), day=day)
        .order_by("-written_at", "-pk")
        .values(told=JSONObject(kind="kind", reason="reason", since="from_time", until="until_time"))[:1]
    )
    rows = entries.on(day).in_order().annotate(otherwise=Subquery(latest))
    return sorted((_slot(one, one.otherwise) for one in rows), key=lambda one: (one.from_time, one.until_time))


def _slot(entry: TimetableEntry, otherwise: dict[str, Any] | None) -> Slot:
    """``otherwise``: the latest word about this day, its times as ISO."""
    slot = Slot(
        entry.pk,
        entry.stay_id,
        entry.from_time,
        entry.until_time,
        entry.what,
        entry.place,
        entry.leader,
        entry.is_instead,
    )
    if otherwise is None or otherwise["kind"] == DayChange.AS_PLANNED:
        return slot
    if otherwise["kind"] == DayChange.CANCELLED:
        return replace(slot, change=DayChange.CANCELLED, reason=otherwise["reason"])
    return replace(
        slot,
        change=DayChange.MOVED,
        reason=otherwise["reason"],
        usual_from=entry.from_time,
        from_time=time.fromisoformat(otherwise["since"]),
        until_time=time.fromisoformat(otherwise["until"]),
    )
