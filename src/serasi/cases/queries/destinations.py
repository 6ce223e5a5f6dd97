"""Units that a case may be referred to, as the directory describes them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from serasi.access.enums import UnitKind
from serasi.access.models import Unit
from serasi.institutions.models import Capacity, ServiceOffer

SERVING = (
    UnitKind.SENTRA,
    UnitKind.PANTI,
    UnitKind.UPTD,
    UnitKind.LKS,
    UnitKind.SHELTER,
    UnitKind.PROVINCE,
    UnitKind.REGENCY,
)


def destinations(
    leaving: Unit, *, on: date, cluster: str = "", owner: str = "", province: str = "", words: Sequence[str] = ()
) -> QuerySet[Unit]:
    """Units in service other than this one, with what the directory says of them (3 queries when read).

    Addresses are not among what is read: a safe house is found by its function alone.
    """
    found = Unit.objects.filter(kind__in=SERVING, closed_on=None).exclude(pk=leaving.pk)
    if cluster:
        found = found.filter(institution__functions__contains=[cluster])
    if owner:
        found = found.filter(owner=owner)
    if province:
        found = found.filter(
            Q(institution__region=province) | Q(institution__region_id__startswith=f"{province}."),
            institution__is_safe_house=False,
        )
    for word in words:
        found = found.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
    capacities = Capacity.objects.filter(period__contains=on)
    offers = ServiceOffer.objects.filter(is_open=True)
    return (
        found.select_related("institution", "institution__region")
        .prefetch_related(
            Prefetch("institution__capacities", queryset=capacities, to_attr="capacities_now"),
            Prefetch("institution__services", queryset=offers, to_attr="open_services"),
        )
        .order_by("owner", "name")
    )
