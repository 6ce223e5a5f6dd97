"""What may be given: the components of ATENSI, the services of the SPM, the approaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from serasi.institutions.reference.tables import (
    Entry,
    Listing,
    Shown,
    Sureness,
    check_known,
    check_unique,
    read_listing,
)

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentItem:
    code: str
    name: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Entry):
    short: str
    items: tuple[ComponentItem, ...]
    items_source: str
    items_sure: Sureness
    earlier_name: str = ""


@cache
def components() -> Listing[Component]:
    """The seven components of ATENSI; `short` is c1 to c7, item codes are unique across all of them."""
    path = HERE / "components.toml"
    listing = read_listing(path, Component)
    check_unique(path.name, "item", [item.code for component in listing for item in component.items])
    check_unique(path.name, "short", [component.short for component in listing])
    return listing


@dataclass(frozen=True, slots=True, kw_only=True)
class SpmService(Entry):
    place: Literal["luar_panti", "dalam_panti"]
    component: str
    limit_days: int | None = None
    limit_note: str = ""


@cache
def spm_services() -> Listing[SpmService]:
    path = HERE / "spm_services.toml"
    listing = read_listing(path, SpmService)
    check_known(path.name, "component", tuple(service.component for service in listing), components())
    return listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach(Entry):
    agent: str
    is_temporary: bool
    hint: Shown


@cache
def approaches() -> Listing[Approach]:
    return read_listing(HERE / "approaches.toml", Approach)
