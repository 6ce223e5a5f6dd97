"""How many an institution has room for, from a day on."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require
from serasi.institutions.models import Capacity, Institution
from serasi.institutions.permissions import DESCRIBE_INSTITUTION

MOST_PLACES = 20_000


class CapacityOutOfOrder(Refused):
    message = _(
        "Sudah ada kapasitas dengan dasar ini yang mulai pada atau sesudah tanggal itu. Pilih tanggal sesudahnya."
    )


@operation("institutions.institution.describe", creates=Capacity)
def record_capacity(
    *,
    id: UUID,
    institution: Institution,
    places: int,
    basis: str,
    since: date,
    source: str,
    by: User,
    at: datetime,
) -> Capacity:
    """Record room from a day on; the former figure of the same basis ends the day before. Raises CapacityOutOfOrder."""
    require(by, DESCRIBE_INSTITUTION, on=institution)
    if not 0 < places <= MOST_PLACES:
        raise Refused(_("Kapasitas antara 1 dan 20.000 orang."), field="places")
    if not source.strip():
        raise Refused(_("Tuliskan sumbernya, misalnya nomor keputusan."), field="source")
    former = (
        Capacity.objects.select_for_update()
        .filter(institution=institution, basis=basis, period__endswith__isnull=True)
        .first()
    )
    if former is not None:
        if former.period.lower >= since:
            raise CapacityOutOfOrder(field="since")
        Capacity.objects.filter(pk=former.pk).update(period=(former.period.lower, since))
    capacity = Capacity.objects.create(
        id=id, institution=institution, places=places, basis=basis, period=(since, None), source=source
    )
    capacity.refresh_from_db(fields=["period"])
    return capacity


@operation("institutions.institution.describe")
def end_capacity(*, capacity: Capacity, last_day: date, by: User, at: datetime) -> Capacity:
    """A figure holds no longer, and no other takes its place."""
    require(by, DESCRIBE_INSTITUTION, on=capacity.institution)
    if last_day < capacity.period.lower or (capacity.period.upper and last_day >= capacity.period.upper):
        raise Refused(_("Hari terakhir harus di dalam masa berlakunya."), field="last_day")
    Capacity.objects.filter(pk=capacity.pk).update(period=(capacity.period.lower, last_day + timedelta(days=1)))
    capacity.refresh_from_db(fields=["period"])
    return capacity
