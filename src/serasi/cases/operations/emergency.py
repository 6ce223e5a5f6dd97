"""Opening a file outside one's need-to-know, for a short time, in sight of the head, who reviews it (`access`)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Subject
from serasi.access.models import LONGEST_EMERGENCY, EmergencyAccess, Unit, User
from serasi.access.operations import NotAllowed, Refused, operation, require
from serasi.access.permissions import BREAK_GLASS
from serasi.cases.models import Case
from serasi.people.permissions import AtUnit

SHORTEST_REASON = 20


@operation(BREAK_GLASS, creates=EmergencyAccess)
def break_glass(
    *,
    id: UUID,
    case_id: UUID,
    reason: str,
    by: User,
    at: datetime,
    lasts: timedelta = LONGEST_EMERGENCY,
) -> EmergencyAccess:
    """Open a case of one's own unit for at most three hours. Its head is alarmed and reviews it.

    A sealed case is not opened this way, and the refusal does not say that it exists.
    """
    glass = behind_glass(case_id)
    if glass is None:
        raise NotAllowed
    unit = Unit.objects.get(pk=glass[1])
    require(by, BREAK_GLASS, on=AtUnit(unit))
    if len(" ".join(reason.split())) < SHORTEST_REASON:
        raise Refused(
            _("Jelaskan keadaan daruratnya dengan paling sedikit 20 huruf; kepala unit akan membacanya."),
            field="reason",
        )
    if not timedelta(0) < lasts <= LONGEST_EMERGENCY:
        raise Refused(_("Akses darurat paling lama tiga jam."), field="lasts")
    open_already = Case.objects.visible_to(by).filter(pk=case_id).exists()
    if open_already:
        raise Refused(_("Anda sudah dapat membuka berkas ini; akses darurat tidak diperlukan."))
    return EmergencyAccess.objects.create(
        id=id,
        user=by,
        subject=Subject.CASE,
        subject_id=case_id,
        unit=unit,
        reason=reason,
        starts_at=at,
        ends_at=at + lasts,
    )


def behind_glass(case_id: UUID | None, number: str = "") -> tuple[UUID, UUID] | None:
    """The case that the present actor might open in an emergency, and its unit; None also when it is sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, unit_id FROM cases_behind_glass(%s::uuid, %s)", [case_id, number])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None
