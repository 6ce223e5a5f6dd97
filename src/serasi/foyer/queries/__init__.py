"""Reads across models, returning frozen rows; by name from one door."""

from serasi.foyer.queries.houses import (
    Tonight,
    coaches_of,
    due_measures_of,
    edition_in_force,
    foyer_domains,
    houses_of,
    open_agreement_of,
    tonight,
)
from serasi.foyer.queries.today import (
    Freedom,
    Today,
    Way,
    allowances_from,
    missing_evidence,
    phase_on,
    today_of,
    way_of,
    weeks_in_phase,
)

__all__ = [
    "Freedom",
    "Today",
    "Tonight",
    "Way",
    "allowances_from",
    "coaches_of",
    "due_measures_of",
    "edition_in_force",
    "foyer_domains",
    "houses_of",
    "missing_evidence",
    "open_agreement_of",
    "phase_on",
    "today_of",
    "tonight",
    "way_of",
    "weeks_in_phase",
]
