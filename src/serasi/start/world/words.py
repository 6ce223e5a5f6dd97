"""What is written in the many short histories, read from ``profiles.toml``: the same words, typed."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from serasi.cases.enums import Aim

Said = Sequence[str]

SPIRITUAL: Final[Said] = (
    "Beribadah menurut keyakinannya, kadang perlu diingatkan.",
    "Rajin mengikuti kegiatan keagamaan dan merasa tenang sesudahnya.",
    "Jarang beribadah, tetapi ingin belajar lagi.",
    "Menyebut keyakinan sebagai sumber kekuatannya.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How histories of one sort of life are told; what each list holds stands at the head of the file."""

    life: str
    planned: str
    reported: Sequence[tuple[str, str]]
    reported_of: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    biological: Said
    psychological: Said
    social: Said
    spiritual: Said = SPIRITUAL
    strengths: Said
    goals: Sequence[tuple[Aim, str, str, str]]
    services: Sequence[tuple[str, str, str, int]]
    progress: Said
    voices: Said
    outcome: Said
    early: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What fits every profile, or every profile of one stage of life."""

    traced: Said
    ready: Said
    conferred: Said
    decided: Said
    why_inside: Said
    why_outside: Said
    served_once: Said
    unfounded: Said
    supervision: Said
    progress: Mapping[str, Said]
    visited: Mapping[str, Said]


_FILE: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("profiles.toml").read_text(encoding="utf-8"))

COMMON: Final = Common(**_FILE.pop("common"))
PROFILES: Final[Mapping[str, Profile]] = {
    name: Profile(**{**said, "goals": [(Aim(aim), *rest) for aim, *rest in said["goals"]]})
    for name, said in _FILE.items()
}
