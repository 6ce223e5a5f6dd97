"""Regions and real institutions, brought in from the files that ship with Serasi."""

from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import connection

from serasi.access.models import Unit, User
from serasi.access.operations import operation
from serasi.common.identifiers import uuid7
from serasi.institutions import reference
from serasi.institutions.models import Capacity, Institution, Region
from serasi.institutions.operations.institution import set_up_unit
from serasi.institutions.permissions import KEEP_REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterable

_INSERT = """
    INSERT INTO institutions_region (code, name, level, parent_id, edition)
    SELECT code, name, level, nullif(parent, ''), %s
    FROM unnest(%s::text[], %s::text[], %s::int[], %s::text[]) AS given (code, name, level, parent)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, edition = excluded.edition
    WHERE (institutions_region.name, institutions_region.edition) IS DISTINCT FROM (excluded.name, excluded.edition)
"""


@operation(KEEP_REFERENCE)
def load_regions(*, by: User, at: datetime) -> int:
    """Bring the regions of the shipped edition in, in one statement; returns how many the edition has.

    A code that left its edition stays: addresses point at it.
    """
    edition = reference.region_edition().code
    names = reference.region_names()
    rows = list(reference.read_regions())
    if Region.objects.filter(edition=edition).count() != len(rows):
        shown = [names[row.code].shown if row.code in names else row.name for row in rows]
        with connection.cursor() as cursor:
            cursor.execute(
                _INSERT,
                [
                    edition,
                    [row.code for row in rows],
                    shown,
                    [row.level for row in rows],
                    [row.parent or "" for row in rows],
                ],
            )
    return len(rows)


@operation(KEEP_REFERENCE)
def load_institutions(*, by: User, at: datetime) -> int:
    """Bring regions and the real institutions in: units, descriptions, published capacities.

    What is there already is left as people changed it. Returns how many units were opened.
    """
    load_regions(by=by, at=at)
    rows = reference.institutions()
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=rows.codes)}
    opened = 0
    for row in rows:
        if row.code in units:
            continue
        institution = set_up_unit(
            id=uuid7(),
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            owner=row.owner,
            parent=units.get(row.parent),
            time_zone=row.time_zone,
            region=Region(code=row.region),
            functions=row.functions,
            is_safe_house=row.is_safe_house,
            description=row.note,
            source=row.source,
            by=by,
            at=at,
        )
        units[row.code] = institution.unit
        Capacity.objects.bulk_create(_capacities(institution, row.capacities))
        opened += 1
    return opened


def _capacities(institution: Institution, figures: "Iterable[reference.CapacityFigure]") -> list[Capacity]:
    """Published figures, each until the next one of the same basis."""
    made = []
    ordered = sorted(figures, key=lambda f: (f.basis, f.since))
    for _basis, of_basis in groupby(ordered, key=lambda f: f.basis):
        in_order = list(of_basis)
        ends: list[date | None] = [*(f.since for f in in_order[1:]), None]
        made += [
            Capacity(
                institution=institution,
                places=figure.places,
                basis=figure.basis,
                period=(figure.since, end),
                source=figure.source,
            )
            for figure, end in zip(in_order, ends, strict=True)
        ]
    return made
