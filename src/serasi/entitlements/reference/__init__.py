"""Dated lists of this app: programmes, components of PKH, column headings, and why somebody may not stand on a list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from serasi.common.spreadsheets import header_key
from serasi.institutions.reference.tables import Entry, Listing, Shown, check_known, check_unique, read_listing

__all__ = [
    "Component",
    "ListField",
    "Programme",
    "Reason",
    "columns_of",
    "component_named",
    "components",
    "list_fields",
    "programmes",
    "reason_for",
    "reasons",
]

HERE: Final = Path(__file__).resolve().parent
DTSEN: Final = "dtsen"
Condition = Literal["no_nik", "no_kk", "in_dtsen", "not_in_dtsen", "desil_above", "family_listed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Entry):
    """A list that is handed over. ``desil_until`` is the highest desil that is usual, ``old_after_months`` how often it
    is made anew; ``level`` says whether it is about a person or their family."""

    meaning: Shown
    kind: Literal["register", "benefit"]
    level: Literal["family", "person"]
    old_after_months: int
    desil_until: int | None = None
    uses_bps_codes: bool = False

    @property
    def is_benefit(self) -> bool:
        return self.kind == "benefit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Entry):
    aliases: tuple[str, ...] = ()
    age_max: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListField(Entry):
    """What a column of a list may hold, by the headings it has, the best first."""

    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason(Entry):
    """Why somebody may not be listed: said when all of ``when`` hold, for one of ``programmes``."""

    programmes: tuple[str, ...]
    when: tuple[Condition, ...]
    advice: Shown


@cache
def programmes() -> Listing[Programme]:
    return read_listing(HERE / "programmes.toml", Programme)


@cache
def components() -> Listing[Component]:
    listing = read_listing(HERE / "components.toml", Component)
    check_unique(
        "components.toml",
        "alias",
        [key for one in listing for key in {header_key(word) for word in (one.code, *one.aliases)}],
    )
    return listing


@cache
def _components_by_word() -> dict[str, Component]:
    return {header_key(word): one for one in components() for word in (one.code, one.name, *one.aliases)}


def component_named(said: str) -> Component | None:
    """The component a list means; None for words that are not known, which are then shown as they stand."""
    return _components_by_word().get(header_key(said))


@cache
def list_fields() -> Listing[ListField]:
    listing = read_listing(HERE / "headings.toml", ListField)
    check_unique(
        "headings.toml", "heading", [key for field in listing for key in {header_key(word) for word in field.headers}]
    )
    return listing


@cache
def reasons() -> Listing[Reason]:
    listing = read_listing(HERE / "reasons.toml", Reason)
    for one in listing:
        check_known("reasons.toml", "programme", one.programmes, programmes())
    return listing


def reason_for(programme: str, facts: Collection[Condition]) -> Reason | None:
    """The first reason for this programme whose conditions all hold."""
    return next((one for one in reasons() if programme in one.programmes and set(one.when) <= set(facts)), None)


def columns_of(headers: Sequence[str]) -> dict[str, int]:
    """Which column holds which field: of several that may, the one with the best heading, then the first."""
    keys = [header_key(header) for header in headers]
    short = [header_key(header.partition("(")[0]) for header in headers]
    found: dict[str, int] = {}
    for field in list_fields():
        for word in map(header_key, field.headers):
            at = next(
                (at for at, key in enumerate(keys) if word in {key, short[at]} and at not in found.values()), None
            )
            if at is not None:
                found[field.code] = at
                break
    return found
