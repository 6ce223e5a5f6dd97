"""Visits and calls: announced, kept, refused; and who may not come near a resident."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation
from serasi.daily.enums import VisitOutcome
from serasi.daily.models import BarredContact, Visit
from serasi.daily.permissions import BAR_CONTACT, WRITE_VISIT
from serasi.daily.queries.visits import barred_from
from serasi.people.models import Relationship
from serasi.residence.models import Stay
from serasi.residence.operations import require_in_house
from serasi.residence.queries import day_at


class AlreadyConcluded(Refused):
    message = _("Hasil kunjungan ini sudah dicatat atau catatannya sudah dicabut. Muat ulang halaman untuk melihatnya.")


class NotLivingHere(Refused):
    message = _("Pada waktu itu ia tidak tinggal di rumah ini. Periksa tanggal dan jamnya.")


class Barred(Refused):
    """Somebody who may not contact this resident; whoever knows it and goes on says so."""

    def __init__(self, bar: BarredContact) -> None:
        super().__init__(
            _("%(who)s tidak boleh menghubungi penghuni ini: %(reason)s (diputuskan oleh %(by)s).")
            % {"who": bar.who, "reason": bar.reason, "by": bar.decided_by},
            field="despite_bar",
        )


class NoLongerBarred(Refused):
    message = _("Larangan ini sudah berakhir.")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who comes or calls, in words; and who that is in the register of people, where it is known."""

    name: str
    relation: str = ""
    relationship: Relationship | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What became of a visit or a call. ``began_at`` is when they met or were refused, ``ended_at`` when they left."""

    outcome: str
    began_at: datetime | None = None
    ended_at: datetime | None = None
    account: str = ""
    is_something_brought: bool = False
    reason: str = ""
    decided_by: str = ""

    def facts(self) -> dict[str, Any]:
        """As they are kept: what belongs to another outcome is left out."""
        outcome = VisitOutcome(self.outcome) if self.outcome in VisitOutcome.values else None
        is_kept = outcome is VisitOutcome.KEPT
        return {
            "outcome": self.outcome,
            "began_at": self.began_at if outcome and outcome.has_a_moment else None,
            "ended_at": self.ended_at if is_kept else None,
            "account": self.account.strip() if is_kept else "",
            "is_something_brought": self.is_something_brought,
            "reason": "" if is_kept else self.reason.strip(),
            "decided_by": self.decided_by.strip() if outcome is VisitOutcome.REFUSED_BY_HOUSE else "",
        }


@operation(WRITE_VISIT, creates=Visit)
def announce_visit(
    *,
    id: UUID,
    stay: Stay,
    visitor: Visitor,
    kind: str,
    expected_at: datetime,
    by: User,
    at: datetime,
    despite_bar: bool = False,
) -> Visit:
    """Somebody will come or call. Raises Barred, NotLivingHere."""
    require_in_house(by, WRITE_VISIT, stay)
    if expected_at < at:
        raise Refused(_("Waktu ini sudah lewat. Catat saja kunjungannya."), field="expected_at")
    if not stay.is_open:
        raise NotLivingHere
    return Visit.objects.create(
        id=id,
        **_who(stay, visitor, kind),
        expected_at=expected_at,
        is_despite_bar=_is_despite(stay, visitor, expected_at, despite_bar=despite_bar),
        written_by=by,
        written_at=at,
    )


@operation(WRITE_VISIT, creates=Visit)
def record_visit(
    *,
    id: UUID,
    stay: Stay,
    visitor: Visitor,
    kind: str,
    course: Course,
    by: User,
    at: datetime,
    despite_bar: bool = False,
) -> Visit:
    """Somebody came or called, and was received or refused. Raises Barred, NotLivingHere."""
    require_in_house(by, WRITE_VISIT, stay)
    return Visit.objects.create(
        id=id,
        **_who(stay, visitor, kind),
        **course.facts(),
        is_despite_bar=_is_despite_at(stay, visitor, course, despite_bar=despite_bar),
        written_by=by,
        written_at=at,
        concluded_by=by,
        concluded_at=at,
    )


@operation(WRITE_VISIT)
def conclude_visit(*, visit: Visit, course: Course, by: User, at: datetime, despite_bar: bool = False) -> Visit:
    """What became of a visit that was expected. Raises AlreadyConcluded, Barred, NotLivingHere."""
    require_in_house(by, WRITE_VISIT, visit.stay)
    visitor = Visitor(visit.visitor_name, visit.relation, visit.relationship)
    facts = {
        **course.facts(),
        "is_despite_bar": _is_despite_at(visit.stay, visitor, course, despite_bar=despite_bar or visit.is_despite_bar),
        "concluded_by": by,
        "concluded_at": at,
    }
    if not Visit.objects.expected().filter(pk=visit.pk).update(**facts):
        raise AlreadyConcluded
    for name, value in facts.items():
        setattr(visit, name, value)
    return visit


@operation(WRITE_VISIT)
def withdraw_visit(*, visit: Visit, reason: str, by: User, at: datetime) -> Visit:
    """It was written by mistake: it stays readable and counts no longer. Raises AlreadyConcluded."""
    require_in_house(by, WRITE_VISIT, visit.stay)
    facts = {"withdrawn_reason": reason.strip(), "withdrawn_by": by, "withdrawn_at": at}
    if not Visit.objects.in_force().filter(pk=visit.pk).update(**facts):
        raise AlreadyConcluded
    for name, value in facts.items():
        setattr(visit, name, value)
    return visit


@operation(BAR_CONTACT, creates=BarredContact)
def bar_contact(
    *,
    id: UUID,
    stay: Stay,
    visitor: Visitor,
    reason: str,
    decided_by: str,
    starts: date,
    by: User,
    at: datetime,
    ends: date | None = None,
) -> BarredContact:
    """Somebody may not come near this resident, from a day on, perhaps to a day (``ends``, the latest)."""
    require_in_house(by, BAR_CONTACT, stay)
    if ends is not None and ends < starts:
        raise Refused(_("Hari terakhir tidak boleh sebelum hari pertama."), field="ends")
    return BarredContact.objects.create(
        id=id,
        unit_id=stay.unit_id,
        stay=stay,
        name=visitor.name.strip(),
        relation=visitor.relation.strip(),
        relationship=visitor.relationship,
        reason=reason.strip(),
        decided_by=decided_by.strip(),
        period=DateRange(starts, ends + timedelta(days=1) if ends else None),
        written_by=by,
        written_at=at,
    )


def bars_go_along(stays: Sequence[Stay], *, by: User, at: datetime) -> None:
    """Who may not come near somebody may not in the next house either: what holds when they come is written there."""
    of_before = {stay.came_from_id: stay for stay in stays}
    BarredContact.objects.bulk_create(
        BarredContact(
            unit_id=stay.unit_id,
            stay=stay,
            name=bar.name,
            relation=bar.relation,
            relationship_id=bar.relationship_id,
            reason=bar.reason,
            decided_by=bar.decided_by,
            period=DateRange(max(bar.period.lower, first), bar.period.upper),
            written_by=by,
            written_at=at,
        )
        for bar in BarredContact.objects.filter(stay__in=of_before)
        for stay in [of_before[bar.stay_id]]
        for first in [day_at(stay.unit, stay.period.lower)]
        if not bar.period.isempty and (bar.period.upper is None or bar.period.upper > first)
    )


@operation(BAR_CONTACT)
def lift_bar(*, bar: BarredContact, latest: date, by: User, at: datetime) -> BarredContact:
    """It holds up to a day and no longer; up to the day before its first, it never held. Raises NoLongerBarred."""
    require_in_house(by, BAR_CONTACT, bar.stay)
    first, ends = bar.period.lower, latest + timedelta(days=1)
    if first is None or (bar.period.upper is not None and ends >= bar.period.upper):
        raise NoLongerBarred
    bar.period = DateRange(first, ends) if ends > first else DateRange(empty=True)
    BarredContact.objects.filter(pk=bar.pk).update(period=bar.period)
    return bar


def _who(stay: Stay, visitor: Visitor, kind: str) -> dict[str, Any]:
    return {
        "unit_id": stay.unit_id,
        "stay": stay,
        "kind": kind,
        "visitor_name": visitor.name.strip(),
        "relation": visitor.relation.strip(),
        "relationship": visitor.relationship,
    }


def _is_despite_at(stay: Stay, visitor: Visitor, course: Course, *, despite_bar: bool) -> bool:
    if course.began_at is not None and course.began_at not in stay.period:
        raise NotLivingHere(field="began_at")
    if course.outcome != VisitOutcome.KEPT or course.began_at is None:
        return False
    return _is_despite(stay, visitor, course.began_at, despite_bar=despite_bar)


def _is_despite(stay: Stay, visitor: Visitor, moment: datetime, *, despite_bar: bool) -> bool:
    """Whether this contact was barred at its time; raises Barred unless whoever writes knows."""
    bar = barred_from(stay, visitor.name, visitor.relationship, day=day_at(stay.unit, moment))
    if bar is not None and not despite_bar:
        raise Barred(bar)
    return bar is not None
