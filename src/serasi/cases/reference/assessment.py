"""What is looked at: the domains of the assessment and the scale of social functioning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from serasi.cases.reference.secrecy import area_tags
from serasi.institutions.reference.tables import (
    BadReferenceError,
    Entry,
    Listing,
    Shown,
    Sureness,
    check_known,
    read_listing,
)

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentDomain(Entry):
    """A part of the assessment; `is_core` ones must be filled or explained."""

    is_core: bool
    professions: tuple[str, ...]
    prompts: tuple[Shown, ...]
    area_tags: tuple[str, ...]


@cache
def assessment_domains() -> Listing[AssessmentDomain]:
    path = HERE / "assessment_domains.toml"
    listing = read_listing(path, AssessmentDomain)
    for domain in listing:
        check_known(f"{path.name} {domain.code}", "area tag", domain.area_tags, area_tags())
    return listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    value: int
    text: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctioningAim(Entry):
    """One of the three aims of social functioning, with our own words for 1 to 5."""

    question: Shown
    anchors: tuple[Anchor, ...]
    anchors_source: str
    anchors_sure: Sureness


@cache
def functioning_aims() -> Listing[FunctioningAim]:
    path = HERE / "functioning.toml"
    listing = read_listing(path, FunctioningAim)
    for aim in listing:
        if [anchor.value for anchor in aim.anchors] != [1, 2, 3, 4, 5]:
            raise BadReferenceError(f"{path.name} {aim.code}: anchors must be 1 to 5 in order")
    return listing
