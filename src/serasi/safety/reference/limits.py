"""How long a restraint may last and how often the person is looked at; what is forbidden."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from serasi.institutions.reference.tables import Entry, Listing, Shown, check_known, read_listing
from serasi.safety.enums import RestraintKind, Standing

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class RestraintLimit(Entry):
    """Minutes until the head must decide anew, and between two looks at the person; or forbidden altogether."""

    kind: str
    standing: str
    is_allowed: bool
    longest_minutes: int
    check_minutes: int
    basis: Shown


@cache
def restraint_limits() -> Listing[RestraintLimit]:
    path = HERE / "restraint_limits.toml"
    listing = read_listing(path, RestraintLimit)
    for limit in listing:
        check_known(f"{path.name} {limit.code}", "kind", (limit.kind,), frozenset(RestraintKind.values))
        check_known(f"{path.name} {limit.code}", "standing", (limit.standing,), frozenset(Standing.values))
    return listing


def limit_for(kind: str, standing: str) -> RestraintLimit:
    return next(limit for limit in restraint_limits() if (limit.kind, limit.standing) == (kind, standing))
