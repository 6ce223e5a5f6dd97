"""How a report comes in, how soon it must be answered, and what its danger screen asks and proposes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from serasi.cases.reference.secrecy import area_tags, confidentiality_classes
from serasi.institutions.reference.tables import Entry, Listing, Shown, check_known, read_listing

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChannel(Entry):
    needs_reporter: bool
    is_handover: bool


@cache
def report_channels() -> Listing[ReportChannel]:
    return read_listing(HERE / "report_channels.toml", ReportChannel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency(Entry):
    """How soon a report must be answered; the minutes are defaults that a unit may change."""

    respond_within_minutes: int
    escalate_after_minutes: int
    parameter_source: str
    hint: Shown


@cache
def urgencies() -> Listing[Urgency]:
    """Most urgent first."""
    return read_listing(HERE / "urgency.toml", Urgency)


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerQuestion(Entry):
    """A question with three answers: yes, no, not known. `name` is the question itself."""

    urgency: str
    action: Shown
    confidentiality: str
    area_tags: tuple[str, ...]


@cache
def danger_screen() -> Listing[DangerQuestion]:
    path = HERE / "danger_screen.toml"
    listing = read_listing(path, DangerQuestion)
    for question in listing:
        where = f"{path.name} {question.code}"
        check_known(where, "urgency", (question.urgency,), urgencies())
        check_known(where, "area tag", question.area_tags, area_tags())
        if question.confidentiality:
            check_known(where, "confidentiality", (question.confidentiality,), confidentiality_classes())
    return listing


def urgency_of(yes: tuple[str, ...]) -> str | None:
    """The most urgent class among the questions answered yes; nothing when there is no yes.

    No yes is not the same as no danger: questions left open do not lower an urgency that a person has set.
    """
    found = {danger_screen()[code].urgency for code in yes}
    return next((urgency.code for urgency in urgencies() if urgency.code in found), None)


def confidentiality_proposed_for(kinds: tuple[str, ...], *, danger: tuple[str, ...] = (), is_sppa: bool = False) -> str:
    """The most closed class that the kinds of PPKS or the report propose; a person decides."""
    codes = {entry.code for entry in confidentiality_classes() if set(kinds) & set(entry.proposed_for)}
    codes |= {danger_screen()[code].confidentiality for code in danger} - {""} | ({"sppa"} if is_sppa else set())
    proposed = [entry for entry in confidentiality_classes() if entry.code in codes]
    return max(proposed, key=lambda entry: entry.level).code if proposed else "ordinary"
