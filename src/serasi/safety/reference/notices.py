"""Who must be told within how many hours of an incident, by severity and kind; how soon a concern is acknowledged."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from serasi.institutions.reference.tables import Entry, Listing, Shown, check_known, read_listing
from serasi.safety.enums import IncidentKind, Recipient, Severity

HERE = Path(__file__).resolve().parent

hours_to_acknowledge: Final = 24
"""How soon whoever receives a concern says so. The unit's own rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRule(Entry):
    """``recipient`` is told within ``hours`` of an incident of these severities and kinds; no kinds: of every kind."""

    recipient: str
    hours: int
    severities: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    basis: Shown
    """In words: whose rule this is."""

    def covers(self, kind: str, severity: str) -> bool:
        return severity in self.severities and (not self.kinds or kind in self.kinds)


@cache
def notice_rules() -> Listing[NoticeRule]:
    path = HERE / "notice_rules.toml"
    listing = read_listing(path, NoticeRule)
    for rule in listing:
        check_known(f"{path.name} {rule.code}", "recipient", (rule.recipient,), frozenset(Recipient.values))
        check_known(f"{path.name} {rule.code}", "severity", rule.severities, frozenset(Severity.values))
        check_known(f"{path.name} {rule.code}", "kind", rule.kinds, frozenset(IncidentKind.values))
    return listing


def rules_for(kind: str, severity: str) -> list[NoticeRule]:
    """The rules of an incident, one for each recipient: the strictest. In the order of the file."""
    strictest: dict[str, NoticeRule] = {}
    for rule in notice_rules():
        known = strictest.get(rule.recipient)
        if rule.covers(kind, severity) and (known is None or rule.hours < known.hours):
            strictest[rule.recipient] = rule
    return sorted(strictest.values(), key=lambda rule: (rule.hours, rule.order))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRule(Entry):
    """Within how many hours the head has reviewed and closed an incident; its code is the severity."""

    hours: int
    basis: Shown


@cache
def review_rules() -> Listing[ReviewRule]:
    path = HERE / "review_rules.toml"
    listing = read_listing(path, ReviewRule)
    check_known(path.name, "severity", listing.codes, frozenset(Severity.values))
    return listing
