"""The directory of places that help, for everyone who is signed in. The address of a safe house is in no row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from serasi.access.enums import UnitKind
from serasi.institutions.enums import AtensiComponent, Cluster
from serasi.institutions.models import Capacity, Institution, ServiceOffer
from serasi.institutions.queries.regions import place_names

OFFICES = (UnitKind.MINISTRY, UnitKind.PROVINCE, UnitKind.REGENCY)


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """A place that helps, as anyone may know it."""

    id: UUID
    name: str
    kind: str
    owner: str
    place: str
    phone: str
    clusters: tuple[str, ...]
    services: tuple[str, ...]
    places: int | None
    is_safe_house: bool


def directory(
    *, text: str = "", cluster: str = "", component: str = "", region: str = "", kind: str = "", on: date
) -> QuerySet[Institution]:
    """Open places that fit, by name. A safe house is found by what it does and never by where it is."""
    found = Institution.objects.filter(unit__closed_on=None).exclude(unit__kind__in=OFFICES)
    if text:
        found = found.filter(
            Q(unit__name__icontains=text)
            | Q(unit__short_name__icontains=text)
            | Q(services__name__icontains=text)
            | Q(region__name__icontains=text, is_safe_house=False)
        )
    if cluster:
        found = found.filter(Q(functions__contains=[cluster]) | Q(services__cluster=cluster))
    if component:
        found = found.filter(services__component=component)
    if region:
        found = found.filter(Q(region_id=region) | Q(region__code__startswith=f"{region}."), is_safe_house=False)
    if kind:
        found = found.filter(unit__kind=kind)
    current = Capacity.objects.filter(institution=OuterRef("pk"), period__contains=on).order_by("-period")
    return (
        found.select_related("unit")
        .annotate(places_now=Subquery(current.values("places")[:1]))
        .prefetch_related(Prefetch("services", ServiceOffer.objects.filter(is_open=True)))
        .order_by("unit__name", "pk")
        .distinct()
    )


def rows_of(institutions: Iterable[Institution]) -> list[DirectoryRow]:
    """Rows with the names of places; one query more."""
    found: list[Any] = list(institutions)
    names = place_names([i.region_id for i in found if i.region_id and not i.is_safe_house])
    return [
        DirectoryRow(
            id=institution.pk,
            name=institution.unit.name,
            kind=str(institution.unit.get_kind_display()),
            owner=str(institution.unit.get_owner_display()),
            place="" if institution.is_safe_house else names.get(institution.region_id or "", ""),
            phone=institution.phone,
            clusters=labels(Cluster, institution.functions),
            services=tuple(service.name for service in institution.services.all()),
            places=institution.places_now,
            is_safe_house=institution.is_safe_house,
        )
        for institution in found
    ]


def labels(choices: "type[Cluster | AtensiComponent]", codes: Iterable[str]) -> tuple[str, ...]:
    """The words for codes; a code that no list knows any more stands for itself."""
    words = dict(choices.choices)
    return tuple(str(words.get(code, code)) for code in codes)
