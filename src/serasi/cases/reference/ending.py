"""How a service ends and what follows: reasons, outcomes, visits of after-care."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from serasi.institutions.reference.tables import Entry, Listing, Shown, read_listing

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationReason(Entry):
    """Why a service ends. An end that is not planned takes the `early` way of the stage."""

    is_planned: bool
    needs_handover: bool
    needs_aftercare: bool


@cache
def termination_reasons() -> Listing[TerminationReason]:
    return read_listing(HERE / "termination_reasons.toml", TerminationReason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Entry):
    rank: int
    hint: Shown


@cache
def outcomes() -> Listing[Outcome]:
    return read_listing(HERE / "outcomes.toml", Outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterCareVisit(Entry):
    months: int
    window_days: int
    topics: tuple[Shown, ...]


@cache
def aftercare_visits() -> Listing[AfterCareVisit]:
    return read_listing(HERE / "aftercare.toml", AfterCareVisit)
