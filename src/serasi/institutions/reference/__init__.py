"""The places that help, the templates a new one starts from, and the regions: files and typed readers.

No model and no database here. Codes of components, stage sets and letters in the templates belong to `cases`,
and functions are clusters of `people`; their tests check them, because this app stands below both.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from serasi.institutions.reference.tables import (
    BadReferenceError,
    Edition,
    Entry,
    Listing,
    Shown,
    Sureness,
    build,
    check_known,
    check_unique,
    load_toml,
    read_listing,
)

HERE = Path(__file__).resolve().parent

__all__ = [
    "REGION_EDITION",
    "BadReferenceError",
    "CapacityFigure",
    "Edition",
    "InstitutionRow",
    "Listing",
    "PresentFigure",
    "PresentGroup",
    "RegionName",
    "RegionRow",
    "TemplateRole",
    "UnitTemplate",
    "institutions",
    "read_regions",
    "region_edition",
    "region_names",
    "unit_templates",
]

Owner = Literal["ministry", "province", "regency", "lks"]
UnitKind = Literal["ministry", "province", "regency", "sentra", "panti", "uptd", "lks", "shelter"]
Precision = Literal["day", "month", "year", "about"]

# --- institutions -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityFigure:
    """Places from a day on, until the next figure of the same basis."""

    places: int
    since: date
    precision: Precision
    basis: Literal["decree", "beds", "published"]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentGroup:
    label: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentFigure:
    """How many people an institution had on its books on a day, as published. Groups need not add up."""

    people: int
    on: date
    precision: Precision
    source: str
    note: str = ""
    groups: tuple[PresentGroup, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionRow(Entry):
    """A unit of the tree, under its own name. `parent` is a code of the same list or empty for the root."""

    name: str
    short_name: str
    kind: UnitKind
    owner: Owner
    parent: str
    region: str
    region_sure: Sureness
    functions: tuple[str, ...]
    time_zone: str = "Asia/Jakarta"
    capacities: tuple[CapacityFigure, ...] = ()
    presents: tuple[PresentFigure, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""
    chain: str = ""
    chain_step: int | None = None
    max_stay_days: int | None = None
    max_stay_source: str = ""
    is_safe_house: bool = False
    invented: bool = False


UNIT_CODE = re.compile(r"[A-Z0-9]([A-Z0-9-]*[A-Z0-9])?")


@cache
def institutions() -> Listing[InstitutionRow]:
    """Parents before children, so that a loader can create them in order."""
    path = HERE / "institutions.toml"
    listing = read_listing(path, InstitutionRow, code=UNIT_CODE)
    check_unique(path.name, "name", [row.name for row in listing])
    check_unique(path.name, "short name", [row.short_name for row in listing])
    seen: set[str] = set()
    for row in listing:
        where = f"{path.name} {row.code}"
        if row.parent:
            check_known(where, "parent above it", (row.parent,), frozenset(seen))
        elif seen:
            raise BadReferenceError(f"{where}: only the first unit has no parent")
        seen.add(row.code)
        ZoneInfo(row.time_zone)
        if not re.fullmatch(r"\d{2}(\.\d{2})?", row.region):
            raise BadReferenceError(f"{where}: region is a province or a city, written with a dot")
        if row.invented != ("contoh" in row.name.casefold()):
            raise BadReferenceError(f"{where}: an invented unit says Contoh in its name, and no other does")
        check_unique(where, "capacity day and basis", [f"{c.since} {c.basis}" for c in row.capacities])
        if any(figure.places <= 0 for figure in row.capacities):
            raise BadReferenceError(f"{where}: a capacity is a positive number")
        if bool(row.chain) != (row.chain_step is not None):
            raise BadReferenceError(f"{where}: a chain needs a step, and a step a chain")
    return listing


# --- templates --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRole:
    role: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTemplate(Entry):
    """What a new unit starts with.

    `letter_pattern` is filled with number, kind, prefix, month_roman and year.
    """

    kind: UnitKind
    owner: Owner
    stage_set: str
    components: tuple[str, ...]
    approaches: tuple[str, ...]
    functions: tuple[str, ...]
    roles: tuple[TemplateRole, ...]
    letter_prefix: str
    letter_pattern: str
    letters: tuple[str, ...]
    has_residents: bool
    note: Shown = ""


@cache
def unit_templates() -> Listing[UnitTemplate]:
    path = HERE / "unit_templates.toml"
    listing = read_listing(path, UnitTemplate)
    for template in listing:
        where = f"{path.name} {template.code}"
        check_unique(where, "role", [role.role for role in template.roles])
        try:
            template.letter_pattern.format(
                number=1, kind="X", prefix=template.letter_prefix, month_roman="I", year=2025
            )
        except (KeyError, IndexError, ValueError) as error:
            raise BadReferenceError(f"{where}: letter_pattern cannot be filled: {error}") from error
    return listing


# --- regions ----------------------------------------------------------------------------------------------

REGION_EDITION = "2025-kepmendagri-300.2.2-2138"


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region of an edition; the code says its level and parent."""

    code: str
    name: str

    @property
    def level(self) -> int:
        """1 province, 2 regency or city, 3 district, 4 village."""
        return self.code.count(".") + 1

    @property
    def parent(self) -> str | None:
        return self.code.rpartition(".")[0] or None

    @property
    def is_urban_village(self) -> bool:
        """A kelurahan: its last part begins with 1 (2 is a desa, 3 a traditional village)."""
        return self.level == 4 and self.code[9] == "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionName:
    """What the screen shows where the official name is not the one people use, and what else they type."""

    code: str
    shown: str
    also: tuple[str, ...]
    source: str
    sure: Sureness


def region_edition() -> Edition:
    return Edition(
        code=REGION_EDITION,
        name="Kode wilayah 2025",
        regulation="Kepmendagri 300.2.2-2138/2025",
        valid_from=date(2025, 1, 1),
        source="npm idn-area-data 4.0.1, ODbL 1.0",
        sure="S",
        note="Day of the decree not confirmed; list not laid beside the decree, so unknown codes only warn.",
    )


def read_regions(edition: str = REGION_EDITION) -> Iterator[RegionRow]:
    """Every region in code order, parents before their parts. 91,599 rows, so read them once."""
    packed = (HERE / "regions" / f"{edition}.csv.gz").read_bytes()
    with io.TextIOWrapper(gzip.GzipFile(fileobj=io.BytesIO(packed)), encoding="utf-8", newline="") as text:
        reader = csv.reader(text)
        next(reader)
        for code, name in reader:
            yield RegionRow(code, name)


@cache
def region_names() -> Mapping[str, RegionName]:
    """Names for the screen by region code; a region that is not here shows its official name."""
    path = HERE / "regions" / "display_names.toml"
    rows = load_toml(path).get("name", [])
    names = [build(RegionName, row, where=f"{path.name} {position}") for position, row in enumerate(rows, 1)]
    check_unique(path.name, "code", [name.code for name in names])
    return MappingProxyType({name.code: name for name in names})
