"""Someone is expected: a house says yes to a person before they come, and may hold a bed."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require
from serasi.cases.models import Case
from serasi.common.identifiers import uuid7
from serasi.people import operations as people
from serasi.people.models import Person
from serasi.residence.models import Bed, Reservation
from serasi.residence.operations.arriving import OfAnother
from serasi.residence.operations.drawing import hold
from serasi.residence.operations.placing import WrongHouse, refuse_closed
from serasi.residence.permissions import RESERVE
from serasi.residence.queries.days import day_at


class NoLongerExpected(Refused):
    message = _("Pemesanan ini sudah dipenuhi atau dibatalkan.")


@operation(RESERVE, creates=Reservation)
def reserve(
    *,
    id: UUID,
    person: Person,
    unit: Unit,
    first_day: date,
    last_day: date,
    by: User,
    at: datetime,
    bed: Bed | None = None,
    case: Case | None = None,
    needs: Sequence[str] = (),
    note: str = "",
) -> Reservation:
    """Expect someone between two days, with a bed held for them or not. Raises WrongHouse, OfAnother."""
    require(by, RESERVE, on=unit)
    refuse_closed(unit)
    person = person.merged_into or person
    if last_day < first_day:
        raise Refused(_("Hari terakhir tidak boleh sebelum hari pertama."), field="last_day")
    if last_day < day_at(unit, at):
        raise Refused(_("Hari ini sudah lewat. Pilih hari yang akan datang."), field="last_day")
    if bed is not None and bed.room.ward.unit_id != unit.pk:
        raise WrongHouse(field="bed")
    if case is not None and case.person_id != person.pk:
        raise OfAnother(field="case")
    people.link_to_unit(id=uuid7(), person=person, unit=unit, by=by, at=at)
    hold(person, bed)
    return Reservation.objects.create(
        id=id,
        person=person,
        unit=unit,
        bed=bed,
        case=case,
        period=DateRange(first_day, date.fromordinal(last_day.toordinal() + 1)),
        needs=list(needs),
        note=note.strip(),
        written_by=by,
        written_at=at,
    )


@operation(RESERVE)
def cancel_reservation(*, reservation: Reservation, reason: str, by: User, at: datetime) -> Reservation:
    """Nobody is expected any longer. Raises NoLongerExpected."""
    require(by, RESERVE, on=reservation)
    if not reason.strip():
        raise Refused(_("Tulis mengapa pemesanan ini dibatalkan."), field="reason")
    cancelled = Reservation.objects.open().filter(pk=reservation.pk)
    if not cancelled.update(cancelled_at=at, cancelled_by=by, cancel_reason=reason.strip()):
        raise NoLongerExpected
    reservation.cancelled_at, reservation.cancelled_by, reservation.cancel_reason = at, by, reason.strip()
    return reservation
