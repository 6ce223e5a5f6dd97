"""Several people begin a cycle together; somebody comes later and ends with them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require
from serasi.cases.models import Case
from serasi.cases.operations.writable import file_operation, rule_of
from serasi.common.identifiers import uuid7
from serasi.cycles.models import Cohort, Cycle
from serasi.cycles.operations.cycle import begin, last_day_of, start_cycle
from serasi.cycles.permissions import GATHER, TURN
from serasi.cycles.queries.cycles import turning_on
from serasi.cycles.queries.practice import practice_of


class Nobody(Refused):
    message = _("Pilih paling sedikit satu orang.")


class OfAnotherUnit(Refused):
    message = _("Kasus ini milik unit lain. Angkatan dimulai untuk kasus unitnya sendiri.")


class AlreadyTurning(Refused):
    """Some of the people chosen turn through a cycle already; ``cases`` says whose."""

    def __init__(self, cases: Sequence[Case]) -> None:
        numbers = ", ".join(case.number for case in cases)
        super().__init__(_("Masih dalam siklus lain: %(cases)s.") % {"cases": numbers}, field="cases")
        self.cases = tuple(cases)


class CohortOver(Refused):
    message = _("Angkatan ini hanya menerima anggota selama siklusnya berjalan.")


@operation(GATHER, creates=Cohort)
def start_cohort(
    *,
    id: UUID,
    unit: Unit,
    name: str,
    starts_on: date,
    cases: Sequence[Case],
    by: User,
    at: datetime,
    months: int | None = None,
) -> Cohort:
    """Begin a cycle for each of these cases at once, or for none. Each must be one whose cycles the actor may begin.

    Raises Nobody, OfAnotherUnit, AlreadyTurning.
    """
    require(by, GATHER, on=unit)
    if not cases:
        raise Nobody(field="cases")
    for case in cases:
        if case.unit_id != unit.pk:
            raise OfAnotherUnit(field="cases")
        rule_of(start_cycle).require(by, case)
    if busy := turning_on(cases, starts_on):
        raise AlreadyTurning(busy)
    ends_on = last_day_of(starts_on, practice_of(unit).months if months is None else months)
    cohort = Cohort.objects.create(
        id=id, unit=unit, name=name.strip(), starts_on=starts_on, ends_on=ends_on, written_by=by, written_at=at
    )
    for case in cases:
        begin(id=uuid7(), case=case, starts_on=starts_on, ends_on=ends_on, cohort=cohort, by=by, at=at)
    return cohort


@file_operation(TURN, creates=Cycle)
def join_cohort(*, id: UUID, cohort: Cohort, case: Case, starts_on: date, by: User, at: datetime) -> Cycle:
    """Someone comes later: their cycle begins then and ends with the others'. Raises OfAnotherUnit, CohortOver."""
    require(by, GATHER, on=cohort)
    if case.unit_id != cohort.unit_id:
        raise OfAnotherUnit(field="case")
    if not cohort.starts_on <= starts_on < cohort.ends_on:
        raise CohortOver(field="starts_on")
    return begin(id=id, case=case, starts_on=starts_on, ends_on=cohort.ends_on, cohort=cohort, by=by, at=at)
