"""The way of a case: phases, the sets of stages, and the rules asked between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from serasi.cases.reference.letters import letter_kinds
from serasi.institutions.reference.tables import (
    BadReferenceError,
    Edition,
    Entry,
    Listing,
    Shown,
    check_known,
    read_listing,
)

HERE = Path(__file__).resolve().parent


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
