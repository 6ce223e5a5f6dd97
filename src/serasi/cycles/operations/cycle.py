"""A cycle begins with the days of its reviews, and is ended early, or found never to have been."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.cases.models import Case
from serasi.cases.operations.writable import FileState, file_operation
from serasi.common.identifiers import uuid7
from serasi.common.periods import add_months
from serasi.cycles.enums import ReviewKind
from serasi.cycles.models import Cohort, Cycle, CyclePractice, Meeting, Review
from serasi.cycles.permissions import SET_PRACTICE, TURN
from serasi.cycles.queries.practice import practice_of


class BeforeTheCase(Refused):
    message = _("Kasus ini belum dibuka pada hari itu. Pilih hari mulai sesudah kasus dibuka.")


class AlreadyReviewed(Refused):
    message = _(
        "Siklus ini sudah ditinjau, jadi memang pernah ada. Tarik dahulu catatan tinjauannya, atau akhiri saja."
    )


class AlreadyEnded(Refused):
    message = _("Siklus ini sudah selesai.")


class NotEnded(Refused):
    message = _("Siklus ini masih berjalan.")


@file_operation(TURN, creates=Cycle)
def start_cycle(*, id: UUID, case: Case, starts_on: date, by: User, at: datetime, months: int | None = None) -> Cycle:
    """Begin a cycle of one person; without ``months`` as long as the unit's cycles are. Raises BeforeTheCase."""
    months = practice_of(case.unit).months if months is None else months
    return begin(id=id, case=case, starts_on=starts_on, ends_on=last_day_of(starts_on, months), by=by, at=at)


def last_day_of(starts_on: date, months: int) -> date:
    """The last day of a cycle of some months: from the first of March over four months, the thirtieth of June."""
    if not 1 <= months <= 24:
        raise Refused(_("Lama siklus antara 1 dan 24 bulan."), field="months")
    return add_months(starts_on, months) - timedelta(days=1)


def begin(
    *, id: UUID, case: Case, starts_on: date, ends_on: date, by: User, at: datetime, cohort: Cohort | None = None
) -> Cycle:
    """A cycle with its three reviews, each due once its share of the days is over. For the operations of this app."""
    if starts_on < case.unit.day_at(case.opened_at):
        raise BeforeTheCase(field="starts_on")
    cycle = Cycle.objects.create(
        id=id, case=case, cohort=cohort, starts_on=starts_on, ends_on=ends_on, written_by=by, written_at=at
    )
    length = (ends_on - starts_on).days
    Review.objects.bulk_create(
        Review(id=uuid7(), cycle=cycle, kind=kind, due_on=starts_on + timedelta(days=length * share // 100))
        for kind, share in zip(ReviewKind, practice_of(case.unit).shares, strict=True)
    )
    return cycle


@file_operation(TURN, of="cycle.case", state=FileState.EITHER)
def end_cycle(*, cycle: Cycle, ended_on: date, reason: str, by: User, at: datetime) -> Cycle:
    """It ends before its last day: the person moved on. Its reviews are due no longer. Raises AlreadyEnded."""
    if cycle.is_ended or _held(cycle).filter(review__kind=ReviewKind.CLOSING).exists():
        raise AlreadyEnded
    if not cycle.starts_on <= ended_on <= cycle.ends_on or ended_on > cycle.case.unit.day_at(at):
        raise Refused(_("Siklus diakhiri pada salah satu harinya, paling lambat hari ini."), field="ended_on")
    if _held(cycle).filter(held_on__gt=ended_on).exists():
        raise Refused(_("Sesudah hari itu masih ada tinjauan yang dilaksanakan."), field="ended_on")
    return _end(cycle, ended_on=ended_on, is_void=False, reason=reason, by=by, at=at)


@file_operation(TURN, of="cycle.case", state=FileState.EITHER)
def void_cycle(*, cycle: Cycle, reason: str, by: User, at: datetime) -> Cycle:
    """It was begun by mistake and never was. Raises AlreadyEnded, AlreadyReviewed."""
    if cycle.is_ended:
        raise AlreadyEnded
    if _held(cycle).exists():
        raise AlreadyReviewed
    return _end(cycle, ended_on=None, is_void=True, reason=reason, by=by, at=at)


@file_operation(TURN, of="cycle.case")
def resume_cycle(*, cycle: Cycle, by: User, at: datetime) -> Cycle:
    """Take back that it was ended or void: it goes on to its last day. Raises NotEnded."""
    if not cycle.is_ended:
        raise NotEnded
    save_changes(
        cycle, revision=cycle.revision, ended_on=None, is_void=False, end_reason="", ended_by=None, ended_at=None
    )
    return cycle


def _end(cycle: Cycle, *, ended_on: date | None, is_void: bool, reason: str, by: User, at: datetime) -> Cycle:
    if not reason.strip():
        raise Refused(_("Tulis mengapa siklus ini diakhiri."), field="reason")
    save_changes(
        cycle,
        revision=cycle.revision,
        ended_on=ended_on,
        is_void=is_void,
        end_reason=reason.strip(),
        ended_by=by,
        ended_at=at,
    )
    return cycle


def _held(cycle: Cycle) -> QuerySet[Meeting]:
    return Meeting.objects.in_force().filter(review__cycle=cycle)


@operation(SET_PRACTICE)
def set_cycle_practice(
    *,
    id: UUID,
    unit: Unit,
    months: int,
    entry_share: int,
    midpoint_share: int,
    closing_share: int,
    by: User,
    at: datetime,
    revision: int | None = None,
) -> CyclePractice:
    """Say how long cycles of a unit last, and after which share of it, in percent, each review is due.

    Cycles that run keep the days that were told to the people in them.
    """
    require(by, SET_PRACTICE, on=unit)
    facts = {"months": months, "shares": [entry_share, midpoint_share, closing_share]}
    existing = CyclePractice.objects.filter(unit=unit).first()
    if existing is None:
        return CyclePractice.objects.create(id=id, unit=unit, **facts)
    save_changes(existing, revision=revision or existing.revision, **facts)
    return existing
