"""What a case is worked with, as dated files under version control, and their typed readers.

Components, approaches, stage sets with their rules, assessment domains, the functioning scale, report
channels, danger screen, reasons, letter kinds, confidentiality classes and the after-care
calendar. No model and no database here. Everything marked own is meant to be edited by those who know better.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from serasi.institutions.reference.tables import (
    BadReferenceError,
    Edition,
    Entry,
    Listing,
    Shown,
    Sureness,
    check_known,
    check_unique,
    read_listing,
)
from serasi.people.reference import ppks_kinds

HERE = Path(__file__).resolve().parent

__all__ = [
    "AfterCareVisit",
    "Anchor",
    "Approach",
    "AreaTag",
    "AssessmentDomain",
    "BadReferenceError",
    "Component",
    "ComponentItem",
    "ConfidentialityClass",
    "DangerQuestion",
    "Edition",
    "FunctioningAim",
    "LetterKind",
    "Listing",
    "Outcome",
    "Phase",
    "ReferralReason",
    "RefusalReason",
    "ReportChannel",
    "Rule",
    "SpmService",
    "Stage",
    "StageSet",
    "TerminationReason",
    "Urgency",
    "aftercare_visits",
    "approaches",
    "area_tags",
    "assessment_domains",
    "components",
    "confidentiality_classes",
    "confidentiality_proposed_for",
    "danger_screen",
    "functioning_aims",
    "letter_kinds",
    "outcomes",
    "phases",
    "referral_reasons",
    "refusal_reasons",
    "report_channels",
    "rules",
    "spm_services",
    "stage_set",
    "stage_sets",
    "termination_reasons",
    "urgencies",
    "urgency_of",
]


# --- services ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentItem:
    code: str
    name: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Entry):
    short: str
    items: tuple[ComponentItem, ...]
    items_source: str
    items_sure: Sureness
    earlier_name: str = ""


@cache
def components() -> Listing[Component]:
    """The seven components of ATENSI; `short` is c1 to c7, item codes are unique across all of them."""
    path = HERE / "components.toml"
    listing = read_listing(path, Component)
    check_unique(path.name, "item", [item.code for component in listing for item in component.items])
    check_unique(path.name, "short", [component.short for component in listing])
    return listing


@dataclass(frozen=True, slots=True, kw_only=True)
class SpmService(Entry):
    place: Literal["luar_panti", "dalam_panti"]
    component: str
    limit_days: int | None = None
    limit_note: str = ""


@cache
def spm_services() -> Listing[SpmService]:
    path = HERE / "spm_services.toml"
    listing = read_listing(path, SpmService)
    check_known(path.name, "component", tuple(service.component for service in listing), components())
    return listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach(Entry):
    agent: str
    is_temporary: bool
    hint: Shown


@cache
def approaches() -> Listing[Approach]:
    return read_listing(HERE / "approaches.toml", Approach)


# --- stages -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Entry):
    """A phase common to all stage sets."""


@cache
def phases() -> Listing[Phase]:
    return read_listing(HERE / "phases.toml", Phase)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Entry):
    """Something that must exist before a case goes on; `message` says what is missing and how to mend it."""

    message: Shown
    section: str


@cache
def rules() -> Listing[Rule]:
    return read_listing(HERE / "rules.toml", Rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Entry):
    """One stage of a set.

    `leave` is asked when going to a stage in `next`; `enter` when coming into it by `next` or `early`;
    `back` asks only a reason; `early` is the way of an unplanned end (see `TerminationReason`).
    """

    phase: str
    enter: tuple[str, ...]
    leave: tuple[str, ...]
    next: tuple[str, ...]
    back: tuple[str, ...]
    early: tuple[str, ...]
    document: str
    hint: Shown

    @property
    def leads_to(self) -> tuple[str, ...]:
        """Every stage a case may go to from here, by whatever way."""
        return tuple(dict.fromkeys((*self.next, *self.back, *self.early)))


@dataclass(frozen=True, slots=True)
class StageSet:
    name: Shown
    edition: Edition
    stages: Listing[Stage]

    @property
    def code(self) -> str:
        return self.edition.code

    @property
    def first(self) -> Stage:
        return self.stages.entries[0]

    def rules_between(self, here: str, there: str, *, early: bool = False) -> tuple[str, ...]:
        """The rules asked on the way from one stage to another; KeyError when there is no such way.

        `early` takes the way of an unplanned end, which asks less.
        """
        stage, target = self.stages[here], self.stages[there]
        if early and there in stage.early:
            return target.enter
        if there in stage.next:
            return tuple(dict.fromkeys((*stage.leave, *target.enter)))
        if there in stage.back:
            return ()
        raise KeyError(there)


@cache
def stage_sets() -> Mapping[str, StageSet]:
    """Every shipped stage set by its code; a unit chooses one."""
    sets: dict[str, StageSet] = {}
    for path in sorted((HERE / "stage_sets").glob("*.toml")):
        listing = read_listing(path, Stage)
        _check_stages(path.name, listing)
        if path.stem != listing.edition.code:
            raise BadReferenceError(f"{path.name}: the file is named otherwise than its set")
        sets[listing.edition.code] = StageSet(listing.edition.name, listing.edition, listing)
    return MappingProxyType(sets)


def stage_set(code: str) -> StageSet:
    return stage_sets()[code]


def _check_stages(where: str, stages: Listing[Stage]) -> None:
    """Every word a stage uses is known, every stage is reached from the first, and every one can end."""
    for stage in stages:
        here = f"{where} {stage.code}"
        check_known(here, "phase", (stage.phase,), phases())
        check_known(here, "rule", (*stage.enter, *stage.leave), rules())
        check_known(here, "stage", (*stage.next, *stage.back, *stage.early), stages)
        check_known(here, "document", (stage.document,), letter_kinds())
        if stage.code in {*stage.next, *stage.back, *stage.early}:
            raise BadReferenceError(f"{here}: a stage cannot lead to itself")
        if both := set(stage.next) & set(stage.back):
            raise BadReferenceError(f"{here}: both ahead and back: {sorted(both)}")
    first = stages.entries[0].code
    lost = set(stages.codes) - _reached(stages, first)
    if lost:
        raise BadReferenceError(f"{where}: stages that cannot be reached: {sorted(lost)}")
    ends = {stage.code for stage in stages if stage.phase == "termination"}
    if not ends:
        raise BadReferenceError(f"{where}: no stage of phase termination")
    endless = [stage.code for stage in stages if not ends & _reached(stages, stage.code)]
    if endless:
        raise BadReferenceError(f"{where}: stages from which no end is reached: {endless}")


def _reached(stages: Listing[Stage], start: str) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for code in stages[waiting.pop()].next:
            if code not in seen:
                seen.add(code)
                waiting.append(code)
    return seen


# --- report and triage ------------------------------------------------------------------------------------


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


# --- assessment and outcome -------------------------------------------------------------------------------


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


# --- referral ---------------------------------------------------------------------------------------------


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


# --- letters, secrecy --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterKind(Entry):
    """A document that a stage yields; letters carry a number of the unit's series."""

    title: str
    is_letter: bool
    series_code: str
    classification: str
    classification_sure: Sureness
    signers: tuple[str, ...]


@cache
def letter_kinds() -> Listing[LetterKind]:
    path = HERE / "letter_kinds.toml"
    listing = read_listing(path, LetterKind)
    check_unique(path.name, "series code", [kind.series_code for kind in listing if kind.series_code])
    for kind in listing:
        if kind.is_letter != bool(kind.series_code):
            raise BadReferenceError(f"{path.name} {kind.code}: a letter needs a series code, others have none")
    return listing


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidentialityClass(Entry):
    """How closed a case is; a higher `level` is more closed."""

    level: int
    initials_only: bool
    in_list_export: bool
    presence_confirmable: bool
    proposed_for: tuple[str, ...]
    rule: Shown


@cache
def confidentiality_classes() -> Listing[ConfidentialityClass]:
    path = HERE / "confidentiality.toml"
    listing = read_listing(path, ConfidentialityClass)
    for entry in listing:
        check_known(f"{path.name} {entry.code}", "kind of PPKS", entry.proposed_for, ppks_kinds())
    if [entry.level for entry in listing] != list(range(len(listing))):
        raise BadReferenceError(f"{path.name}: levels must rise by one from 0")
    return listing


def confidentiality_proposed_for(kinds: tuple[str, ...], *, danger: tuple[str, ...] = (), is_sppa: bool = False) -> str:
    """The most closed class that the kinds of PPKS or the report propose; a person decides."""
    codes = {entry.code for entry in confidentiality_classes() if set(kinds) & set(entry.proposed_for)}
    codes |= {danger_screen()[code].confidentiality for code in danger} - {""} | ({"sppa"} if is_sppa else set())
    proposed = [entry for entry in confidentiality_classes() if entry.code in codes]
    return max(proposed, key=lambda entry: entry.level).code if proposed else "ordinary"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaTag(Entry):
    """A section narrower than the case, and the roles in the team that may read it."""

    roles: tuple[str, ...]
    proposed_for: tuple[str, ...]


@cache
def area_tags() -> Listing[AreaTag]:
    path = HERE / "area_tags.toml"
    listing = read_listing(path, AreaTag)
    for tag in listing:
        check_known(f"{path.name} {tag.code}", "kind of PPKS", tag.proposed_for, ppks_kinds())
    return listing
