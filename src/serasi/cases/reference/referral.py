"""Why a case is referred, and why a referral is refused."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from serasi.institutions.reference.tables import Entry, Listing, Shown, read_listing

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralReason(Entry):
    """Why a case is referred."""


@cache
def referral_reasons() -> Listing[ReferralReason]:
    return read_listing(HERE / "referral_reasons.toml", ReferralReason)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalReason(Entry):
    next_step: Shown


@cache
def refusal_reasons() -> Listing[RefusalReason]:
    return read_listing(HERE / "refusal_reasons.toml", RefusalReason)
