"""Regions and the institutions that are publicly known, from the files under version control."""

from datetime import date, datetime

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from serasi.access.models import Unit, User
from serasi.access.operations import operation
from serasi.access.operations.units import open_unit
from serasi.common.identifiers import uuid7
from serasi.institutions import reference
from serasi.institutions.models import Capacity, Institution, Region
from serasi.institutions.permissions import SET_UP_INSTITUTION
from serasi.institutions.reference import CapacityFigure, InstitutionRow


@operation(SET_UP_INSTITUTION)
def load_institutions(*, by: User, at: datetime) -> int:
    """Load regions, units, institutions and published capacities; what is there stays as it is. Returns new units."""
    _load_regions()
    known = {unit.code: unit for unit in Unit.objects.all()}
    fresh = [row for row in reference.institutions() if row.code not in known]
    for row in fresh:
        known[row.code] = open_unit(
            id=uuid7(),
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            owner=row.owner,
            parent=known[row.parent] if row.parent else None,
            time_zone=row.time_zone,
            by=by,
            at=at,
        )
    institutions = [_institution(row, known[row.code]) for row in fresh]
    Institution.objects.bulk_create(institutions)
    Capacity.objects.bulk_create(
        capacity
        for row, institution in zip(fresh, institutions, strict=True)
        for capacity in _capacities(institution, row.capacities)
    )
    return len(fresh)


def _institution(row: InstitutionRow, unit: Unit) -> Institution:
    return Institution(
        unit=unit,
        functions=list(row.functions),
        region_id=row.region or None,
        is_safe_house=row.is_safe_house,
        description=row.note,
        source=row.source[:200],
    )


def _capacities(institution: Institution, figures: tuple[CapacityFigure, ...]) -> list[Capacity]:
    """Each figure holds until the next one on the same basis."""
    rows = []
    for figure in figures:
        later = [other.since for other in figures if other.basis == figure.basis and other.since > figure.since]
        until: date | None = min(later, default=None)
        rows.append(
            Capacity(
                institution=institution,
                places=figure.places,
                basis=figure.basis,
                period=DateRange(figure.since, until),
                source=figure.source[:200],
            )
        )
    return rows


def _load_regions() -> None:
    """All regions of the edition in one copy, parents first; nothing when they are there."""
    edition = reference.region_edition().code
    if Region.objects.filter(edition=edition).exists():
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE read_region (code text, name text, level int, parent text) ON COMMIT DROP"
        )
        with cursor.copy("COPY read_region FROM STDIN") as copy:
            for row in reference.read_regions():
                copy.write_row((row.code, row.name, row.level, row.parent))
        cursor.execute(
            "INSERT INTO institutions_region (code, name, level, parent_id, edition)"
            " SELECT code, name, level, parent, %s FROM read_region ORDER BY level, code"
            " ON CONFLICT (code) DO UPDATE SET name = excluded.name, edition = excluded.edition",
            [edition],
        )
        cursor.execute("ANALYZE institutions_region")
