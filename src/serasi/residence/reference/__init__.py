"""Lists of this app that a house follows step by step: what is asked and done when somebody comes, is gone, or dies.

Dated files, each with its source; a list that a decree changes gets a new edition.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from serasi.institutions.reference.tables import Entry, Listing, Shown, read_listing
from serasi.residence.enums import Checklist

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Entry):
    """A question of the infection screening with three answers: yes, no, not known. `name` is the question."""

    advice: Shown
    isolates: bool
    """Whether a yes speaks for a bed in an isolation room until somebody who knows has looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedStep(Entry):
    """Something to be done once; due so many hours after what it follows from."""

    hint: Shown
    after_hours: int


@cache
def screening() -> Listing[Question]:
    return read_listing(HERE / "screening.toml", Question)


@cache
def orientation() -> Listing[ListedStep]:
    return read_listing(HERE / "orientation.toml", ListedStep)


@cache
def search() -> Listing[ListedStep]:
    return read_listing(HERE / "search.toml", ListedStep)


@cache
def death() -> Listing[ListedStep]:
    return read_listing(HERE / "death.toml", ListedStep)


def steps_of(checklist: str) -> Listing[ListedStep]:
    """The steps of a list, in order."""
    return {Checklist.ORIENTATION: orientation, Checklist.SEARCH: search, Checklist.DEATH: death}[
        Checklist(checklist)
    ]()


__all__ = ["ListedStep", "Question", "death", "orientation", "screening", "search", "steps_of"]
