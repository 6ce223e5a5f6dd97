"""What the Foyer model is lived with, as files under version control: the shipped phases, the offers of an agreement.

No model and no database here. Both are our own wording, and say so: the stages of the IIFM are not published.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from serasi.foyer.enums import Guests, MoneyHolder, Outing, Phone, RoomRight
from serasi.institutions.reference.tables import BadReferenceError, Entry, Listing, Shown, read_listing

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedPhase(Entry):
    """A phase as it is shipped; its fields are those of `foyer.Phase`. Times as "HH:MM", money in rupiah a week."""

    purpose: Shown
    least_weeks: int
    outing: str
    radius: Shown
    out_from: str
    curfew_weekday: str
    curfew_weekend: str
    phone: str
    phone_hours: str
    money_per_week: int
    money_held_by: str
    room: str
    guests: str
    duties: tuple[Shown, ...]
    evidence: tuple[Shown, ...]


@cache
def shipped_phases() -> Listing[ShippedPhase]:
    path = HERE / "phases.toml"
    listing = read_listing(path, ShippedPhase)
    for phase in listing:
        known = (
            (phase.outing, Outing),
            (phase.phone, Phone),
            (phase.money_held_by, MoneyHolder),
            (phase.room, RoomRight),
            (phase.guests, Guests),
        )
        for code, choices in known:
            if code not in choices.values:
                raise BadReferenceError(f"{path.name} {phase.code}: unknown code {code}")
    return listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers(Entry):
    """What one side offers, line by line; written into a new agreement as it stands."""

    offers: tuple[str, ...]


@cache
def shipped_offers() -> Listing[Offers]:
    return read_listing(HERE / "offers.toml", Offers)


__all__ = ["Offers", "ShippedPhase", "shipped_offers", "shipped_phases"]
