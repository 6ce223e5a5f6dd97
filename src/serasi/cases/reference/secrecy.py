"""How closed a case is, and which of its sections are narrower still."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from serasi.institutions.reference.tables import BadReferenceError, Entry, Listing, Shown, check_known, read_listing
from serasi.people.reference import ppks_kinds

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidentialityClass(Entry):
    """How closed a case is; a higher `level` is more closed."""

    level: int
    initials_only: bool
    in_list_export: bool
    presence_confirmable: bool
    proposed_for: tuple[str, ...]
    rule: Shown


@cache
def confidentiality_classes() -> Listing[ConfidentialityClass]:
    path = HERE / "confidentiality.toml"
    listing = read_listing(path, ConfidentialityClass)
    for entry in listing:
        check_known(f"{path.name} {entry.code}", "kind of PPKS", entry.proposed_for, ppks_kinds())
    if [entry.level for entry in listing] != list(range(len(listing))):
        raise BadReferenceError(f"{path.name}: levels must rise by one from 0")
    return listing


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaTag(Entry):
    """A section narrower than the case, and the roles in the team that may read it."""

    roles: tuple[str, ...]
    proposed_for: tuple[str, ...]


@cache
def area_tags() -> Listing[AreaTag]:
    path = HERE / "area_tags.toml"
    listing = read_listing(path, AreaTag)
    for tag in listing:
        check_known(f"{path.name} {tag.code}", "kind of PPKS", tag.proposed_for, ppks_kinds())
    return listing
