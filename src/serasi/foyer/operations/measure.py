"""How life goes at entry, at exit and 12 months after."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require
from serasi.foyer.enums import Ending, MeasureMoment
from serasi.foyer.models import Agreement, Measure
from serasi.foyer.permissions import WRITE


@operation(WRITE, creates=Measure)
def take_measure(
    *,
    id: UUID,
    agreement: Agreement,
    moment: str,
    taken_date: date,
    living: str,
    occupation: str,
    income: int,
    savings: int,
    contacts: int,
    health: int,
    confidence: int,
    by: User,
    at: datetime,
    note: str = "",
) -> Measure:
    """Write one of the three measures down; ``agreement`` is the latest of its chain. That 12 months after waits for
    the end."""
    require(by, WRITE, on=agreement)
    if taken_date > agreement.day_of(at):
        raise Refused(_("Tanggal ini belum tiba. Catat hanya yang sudah terjadi."), field="taken_date")
    has_left = agreement.ended_date is not None and agreement.ending not in {Ending.RENEWED, Ending.DROPPED}
    if moment == MeasureMoment.AFTER and not (has_left and agreement.ended_date and taken_date > agreement.ended_date):
        raise Refused(_("Pengukuran ini dilakukan sesudah ia keluar."), field="taken_date")
    return Measure.objects.create(
        id=id,
        agreement_id=agreement.chain_id,
        moment=moment,
        taken_date=taken_date,
        living=living,
        occupation=occupation,
        income=income,
        savings=savings,
        contacts=contacts,
        health=health,
        confidence=confidence,
        note=note.strip(),
        written_by=by,
        written_at=at,
    )
