"""The documents that stages yield, and which of them are letters with a number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from serasi.institutions.reference.tables import BadReferenceError, Entry, Listing, Sureness, check_unique, read_listing

HERE = Path(__file__).resolve().parent


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
