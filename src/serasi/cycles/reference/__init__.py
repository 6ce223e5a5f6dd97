"""The domains of a life that are rated over time, as dated files under version control, and their typed reader.

The three aims of social functioning are those of `cases`, not written twice. No model and no database here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from serasi.cases.reference import Anchor, FunctioningAim, functioning_aims
from serasi.institutions.reference.tables import BadReferenceError, Entry, Listing, Shown, read_listing

STEPS = [1, 2, 3, 4, 5]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeDomain(Entry):
    """A part of someone's life, the question it asks, and our own words for each step from 1 to 5."""

    question: Shown
    anchors: tuple[Anchor, ...]


@cache
def foyer_domains() -> Listing[LifeDomain]:
    """The seven domains in which someone grows in a Foyer."""
    path = Path(__file__).resolve().parent / "foyer.toml"
    listing = read_listing(path, LifeDomain)
    for domain in listing:
        if [anchor.value for anchor in domain.anchors] != STEPS:
            raise BadReferenceError(f"{path.name} {domain.code}: anchors must be 1 to 5 in order")
    return listing


def domain_sets() -> Mapping[str, Listing[LifeDomain] | Listing[FunctioningAim]]:
    """Every set by its code; an edition of a set is a file."""
    return {"foyer": foyer_domains(), "functioning": functioning_aims()}


__all__ = ["LifeDomain", "domain_sets", "foyer_domains"]
