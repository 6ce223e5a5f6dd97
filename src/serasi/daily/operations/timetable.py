"""The timetable of a ward and of one resident: planned, changed from a day on, ended, otherwise on one day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require
from serasi.common.identifiers import uuid7
from serasi.daily.enums import DayChange
from serasi.daily.models import TimetableChange, TimetableEntry
from serasi.daily.permissions import PLAN_ACTIVITY, SET_TIMETABLE
from serasi.daily.queries.timetable import own_slots_on
from serasi.residence.models import Stay, Ward
from serasi.residence.operations import require_in_house


class ChangedMeanwhile(Refused):
    message = _("Kegiatan ini sudah diubah atau diakhiri. Muat ulang jadwal untuk melihatnya.")


class NotOnThatDay(Refused):
    message = _("Pada hari itu kegiatan ini tidak ada di jadwal. Periksa tanggalnya.")


class NothingToCopy(Refused):
    message = _("Tidak ada yang dapat disalin: jadwal asal kosong, atau semuanya sudah ada di sini.")


@dataclass(frozen=True, slots=True)
class Planned:
    """What is done, at which hours, on which weekdays (Monday 0), between which days (``ends`` is the latest).

    Without ``days`` it is done on the weekday of a single day, or every day.
    """

    what: str
    from_time: time
    until_time: time
    starts: date
    ends: date | None = None
    days: Sequence[int] = ()
    place: str = ""
    leader: str = ""
    is_instead: bool = False

    def weekdays(self) -> list[int]:
        usual = [self.starts.weekday()] if self.starts == self.ends else list(range(7))
        return sorted(set(self.days)) or usual

    def is_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends) and day.weekday() in self.weekdays()

    def facts(self) -> dict[str, Any]:
        if self.ends is not None and self.ends < self.starts:
            raise Refused(_("Hari terakhir tidak boleh sebelum hari pertama."), field="ends")
        if self.until_time <= self.from_time:
            raise Refused(_("Jam selesai harus sesudah jam mulai, pada hari yang sama."), field="until_time")
        return {
            "days": self.weekdays(),
            "from_time": self.from_time,
            "until_time": self.until_time,
            "what": self.what.strip(),
            "place": self.place.strip(),
            "leader": self.leader.strip(),
            "is_instead": self.is_instead,
            "period": DateRange(self.starts, self.ends + timedelta(days=1) if self.ends else None),
        }


@operation(PLAN_ACTIVITY, creates=TimetableEntry)
def plan_activity(
    *, id: UUID, planned: Planned, by: User, at: datetime, ward: Ward | None = None, stay: Stay | None = None
) -> TimetableEntry:
    """Put something into the timetable of a ward, or of one resident: either or.

    One's own activities that meet at one moment are refused, by the database where both are patterns.
    """
    _require(by, ward=ward, stay=stay)
    if stay is not None:
        _refuse_meeting_moved(stay, planned)
    return TimetableEntry.objects.create(
        id=id, **_whose(ward=ward, stay=stay), **planned.facts(), written_by=by, written_at=at
    )


@operation(PLAN_ACTIVITY, creates=TimetableEntry)
def replan_activity(*, id: UUID, entry: TimetableEntry, planned: Planned, by: User, at: datetime) -> TimetableEntry:
    """From the day on which the new one starts it is done otherwise; what was before that day stays as it was.

    Raises ChangedMeanwhile.
    """
    _require(by, ward=entry.ward, stay=entry.stay)
    _end(entry, planned.starts - timedelta(days=1))
    if entry.stay is not None:
        _refuse_meeting_moved(entry.stay, planned)
    return TimetableEntry.objects.create(
        id=id, **_whose(ward=entry.ward, stay=entry.stay), **planned.facts(), written_by=by, written_at=at
    )


@operation(PLAN_ACTIVITY)
def end_activity(*, entry: TimetableEntry, latest: date, by: User, at: datetime) -> TimetableEntry:
    """It is done up to a day and no longer; up to the day before its first, it never was. Raises ChangedMeanwhile."""
    _require(by, ward=entry.ward, stay=entry.stay)
    _end(entry, latest)
    return entry


@operation(PLAN_ACTIVITY, creates=TimetableChange)
def change_day(
    *,
    id: UUID,
    entry: TimetableEntry,
    day: date,
    kind: str,
    reason: str,
    by: User,
    at: datetime,
    from_time: time | None = None,
    until_time: time | None = None,
) -> TimetableChange:
    """On one day it is cancelled, at another hour, or as planned after all. Carers may do so for the ward as well.

    Raises NotOnThatDay; refuses an hour at which this resident does something else of their own.
    """
    _require_day(by, entry)
    if not entry.is_on(day):
        raise NotOnThatDay(field="day")
    is_moved = kind == DayChange.MOVED
    if is_moved and (from_time is None or until_time is None or until_time <= from_time):
        raise Refused(_("Isi jam yang baru; jam selesai harus sesudah jam mulai."), field="from_time")
    since, until = (from_time, until_time) if is_moved else (None, None)
    if entry.stay is not None and kind != DayChange.CANCELLED:
        _refuse_meeting(entry.stay, day, since or entry.from_time, until or entry.until_time, besides=entry.pk)
    return TimetableChange.objects.create(
        id=id,
        unit_id=entry.unit_id,
        entry=entry,
        stay=entry.stay,
        day=day,
        kind=kind,
        from_time=since,
        until_time=until,
        reason=reason.strip(),
        written_by=by,
        written_at=at,
    )


@operation(SET_TIMETABLE, creates=TimetableEntry)
def copy_timetable(
    *,
    id: UUID,
    source: Ward,
    ward: Ward,
    starts: date,
    by: User,
    at: datetime,
    weekday: int | None = None,
    days: Sequence[int] = (),
) -> TimetableEntry:
    """Take over the timetable of another ward, or one of its days, from a day on; returns the first that was made.

    With ``weekday`` what is done on that day is copied to ``days``; without, everything with its own days. What stands
    there already, at the same hours on the same days, is left out. Raises NothingToCopy.
    """
    require(by, SET_TIMETABLE, on=ward)
    require(by, PLAN_ACTIVITY, on=source)
    if weekday is not None and not days:
        raise Refused(_("Pilih ke hari apa saja jadwal itu disalin."), field="days")
    rows = TimetableEntry.objects.filter(ward=source).not_over(starts).in_order()
    if weekday is not None:
        rows = rows.filter(days__contains=[weekday])
    there = [
        (one.what, one.from_time, one.until_time, set(one.days))
        for one in TimetableEntry.objects.filter(ward=ward).not_over(starts)
    ]
    made: list[TimetableEntry] = []
    for one in rows:
        wanted = set(one.days) if weekday is None else set(days)
        for what, since, until, on in there:
            if (what, since, until) == (one.what, one.from_time, one.until_time):
                wanted -= on
        if not wanted:
            continue
        made.append(
            TimetableEntry(
                id=id if not made else uuid7(),
                unit_id=ward.unit_id,
                ward=ward,
                days=sorted(wanted),
                from_time=one.from_time,
                until_time=one.until_time,
                what=one.what,
                place=one.place if source.unit_id == ward.unit_id else "",
                leader=one.leader if source.unit_id == ward.unit_id else "",
                period=DateRange(max(starts, one.period.lower), one.period.upper),
                written_by=by,
                written_at=at,
            )
        )
    if not made:
        raise NothingToCopy
    return TimetableEntry.objects.bulk_create(made)[0]


def _end(entry: TimetableEntry, latest: date) -> None:
    first, ends = entry.period.lower, latest + timedelta(days=1)
    if first is None or (entry.period.upper is not None and ends > entry.period.upper):
        raise ChangedMeanwhile
    period = DateRange(first, ends) if ends > first else DateRange(empty=True)
    if not TimetableEntry.objects.filter(pk=entry.pk, period=entry.period).update(period=period):
        raise ChangedMeanwhile
    entry.period = period


def _refuse_meeting_moved(stay: Stay, planned: Planned) -> None:
    """A pattern does not meet what is done at another hour than usual on one of its days."""
    moved = TimetableChange.objects.filter(stay=stay, kind=DayChange.MOVED, day__gte=planned.starts)
    for day in sorted(set(moved.values_list("day", flat=True))):
        if planned.is_on(day):
            _refuse_meeting(stay, day, planned.from_time, planned.until_time)


def _refuse_meeting(stay: Stay, day: date, since: time, until: time, *, besides: UUID | None = None) -> None:
    """One's own things never meet, also not on a day that is otherwise; one question at a time for each stay."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('timetable' || %s, 0))", [str(stay.pk)])
    for other in own_slots_on(stay=stay, day=day):
        if other.entry_id != besides and other.takes_place and other.from_time < until and since < other.until_time:
            raise Refused(_("Pada jam itu ia punya kegiatan sendiri yang lain: %s.") % other.what, field="from_time")


def _whose(*, ward: Ward | None, stay: Stay | None) -> dict[str, Any]:
    whose = ward or stay
    assert whose is not None  # noqa: S101 - `_require` has asked
    return {"unit_id": whose.unit_id, "ward": ward, "stay": stay}


def _require(by: User, *, ward: Ward | None, stay: Stay | None) -> None:
    """The timetable of a ward is its head's; one's own activities are planned by those who care for them."""
    if (ward is None) == (stay is None):
        raise TypeError("a timetable is of a ward or of one resident")
    if ward is not None:
        require(by, SET_TIMETABLE, on=ward)
    if stay is not None:
        require_in_house(by, PLAN_ACTIVITY, stay)


def _require_day(by: User, entry: TimetableEntry) -> None:
    require(by, PLAN_ACTIVITY, on=entry)
    if entry.stay is not None:
        require(by, PLAN_ACTIVITY, on=entry.stay.unit)
