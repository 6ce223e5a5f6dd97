"""Room for people: what the decree says, and which beds can be used."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery

from serasi.access.models import Unit
from serasi.institutions.enums import CapacityBasis
from serasi.institutions.models import Capacity
from serasi.residence.models import Bed, BedOutage


def places_decreed(day: date) -> Subquery:
    """For how many a unit has room by decree, that day, to be read with the unit; None where no decree is recorded."""
    found = Capacity.objects.filter(institution__unit=OuterRef("pk"), basis=CapacityBasis.DECREE, period__contains=day)
    return Subquery(found.values("places")[:1])


def beds_usable(*, units: Iterable[Unit], at: datetime, day: date) -> dict[UUID, int]:
    """How many beds of each unit are in service and not out of order. One query."""
    out = BedOutage.objects.at(at).values("bed_id")
    found = Bed.objects.in_service_on(day).filter(room__ward__unit__in=list(units)).order_by()
    counted = found.values("room__ward__unit").annotate(usable=Count("pk", filter=~Q(pk__in=out)))
    return dict(counted.values_list("room__ward__unit", "usable"))
