"""Whether an entry is a person: the exact reading of numbers, name and birth, and how sure it is.

This is the one place that decides it. When `people.linkage` is there its weighing comes in here: the same candidates,
more of them, with its levels and weights instead of these rules.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from serasi.common.names import similarity
from serasi.entitlements.enums import Evidence, How

SAME_NAME: Final = 0.86
"""Likeness of two names from which they are one name, spelt in two ways; as for rosters."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be a person, as `entitlements_candidates` gives it."""

    person_id: UUID
    entry_id: UUID
    has_same_nik: bool
    nik_differs: bool
    name: str
    birth_date: date | None
    was_denied: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """That it is the person, by what, and whether nobody need look."""

    how: How
    evidence: tuple[Evidence, ...]
    is_sure: bool


def weigh(candidate: Candidate, *, name: str, birth_date: date | None) -> Verdict | None:
    """What is to be thought of a candidate; None when it is somebody else.

    The same NIK is sure when name or birth date agree, and doubtful when neither does: one of the two may be mistyped.
    Without it, the family card, the name and the birth date must all agree; where the birth date of one is not known,
    or both have a NIK and they differ, somebody has to look.
    """
    if candidate.was_denied:
        return None
    has_name = similarity(candidate.name, name) >= SAME_NAME
    births = (candidate.birth_date, birth_date)
    evidence = [Evidence.NAME_SAME if has_name else Evidence.NAME_DIFFERS]
    if None in births:
        evidence.append(Evidence.BIRTH_UNKNOWN)
    else:
        evidence.append(Evidence.BIRTH_SAME if births[0] == births[1] else Evidence.BIRTH_DIFFERS)
    has_birth = Evidence.BIRTH_SAME in evidence
    if candidate.has_same_nik:
        return Verdict(How.NIK, (Evidence.NIK_SAME, *evidence), is_sure=has_name or has_birth)
    if not has_name or Evidence.BIRTH_DIFFERS in evidence:
        return None
    if candidate.nik_differs:
        return Verdict(How.KK_NAME_BIRTH, (Evidence.KK_SAME, *evidence, Evidence.NIK_DIFFERS), is_sure=False)
    return Verdict(How.KK_NAME_BIRTH, (Evidence.KK_SAME, *evidence), is_sure=has_birth)
