"""The lists a person is described with, as dated files under version control, and their typed readers.

Kinds of PPKS (2012), the twelve groups of 2025 and the mapping between them, clusters, family relations,
identity states and the like, consent texts, and the column headings of rosters. No model and no database here. Age
and sex rules warn and never refuse.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from serasi.common.sentences import sentence as _
from serasi.institutions.reference.tables import (
    BadReferenceError,
    Edition,
    Entry,
    Listing,
    Shown,
    Sureness,
    build,
    check_known,
    check_unique,
    load_toml,
    read_listing,
)

HERE = Path(__file__).resolve().parent

__all__ = [
    "AgeOrSexDoubt",
    "BadReferenceError",
    "Cluster",
    "ConsentText",
    "Edition",
    "IdentityState",
    "KindMapping",
    "Listing",
    "NamedCode",
    "NoNikReason",
    "PasKind",
    "PpksKind",
    "Relation",
    "RosterField",
    "clusters",
    "consent_texts",
    "consent_texts_on",
    "education_levels",
    "identity_states",
    "kind_doubts",
    "marital_states",
    "named",
    "no_nik_reasons",
    "pas_for",
    "pas_kinds",
    "pas_mapping",
    "ppks_kinds",
    "ppks_kinds_named",
    "relation_named",
    "relations",
    "religions",
    "roster_field",
    "roster_fields",
    "sexes",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster(Entry):
    short: str
    is_target: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PpksKind(Entry):
    """One of the 26 kinds. `age_max` counts completed years; `clusters[0]` is the main cluster."""

    criteria: Shown
    criteria_sure: Sureness
    criteria_source: str
    checklist: tuple[Shown, ...]
    clusters: tuple[str, ...]
    cluster_sure: Sureness
    age_sure: Sureness
    age_note: str
    age_min: int | None = None
    age_max: int | None = None
    sex: Literal["any", "P"] = "any"
    sex_sure: Sureness = "V"
    short_codes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    ambiguous_codes: tuple[str, ...] = ()

    @property
    def main_cluster(self) -> str:
        return self.clusters[0]

    @property
    def number(self) -> int:
        """The number of the kind in the regulation, 1 to 26."""
        return self.order


@dataclass(frozen=True, slots=True, kw_only=True)
class PasKind(Entry):
    scope: str = ""
    scope_source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindMapping:
    kind: str
    pas: str
    source: str
    sure: Sureness


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCode(Entry):
    """A plain list entry: sex, religion, schooling, marital state."""

    aliases: tuple[str, ...] = ()
    siak_code: str = ""
    bps_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Entry):
    kind: Literal["family_card", "household", "guardian", "caring"]
    siak_code: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoNikReason(Entry):
    follow_up: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityState(Entry):
    is_known: bool
    hint: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterField(Entry):
    group: Literal["identity", "family", "contact", "address", "case", "programme", "note", "ignored"]
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgeOrSexDoubt:
    """Something about a kind that does not fit the person: shown as a warning with how sure the rule is."""

    what: Literal["too_young", "too_old", "sex"]
    message: str
    sure: Sureness


# --- kinds of need ----------------------------------------------------------------------------------------


@cache
def clusters() -> Listing[Cluster]:
    return read_listing(HERE / "clusters.toml", Cluster)


@cache
def ppks_kinds() -> Listing[PpksKind]:
    path = HERE / "ppks_2012.toml"
    listing = read_listing(path, PpksKind)
    for kind in listing:
        where = f"{path.name} {kind.code}"
        check_known(where, "cluster", kind.clusters, clusters())
        if not kind.clusters:
            raise BadReferenceError(f"{where}: a kind needs at least one cluster")
        if kind.age_min is not None and kind.age_max is not None and kind.age_max < kind.age_min:
            raise BadReferenceError(f"{where}: age_max is below age_min")
    names = [_plain(label) for kind in listing for label in {*map(_plain, _sure_labels(kind))}]
    check_unique(path.name, "name, short code or alias", names)
    return listing


@cache
def pas_kinds() -> Listing[PasKind]:
    return read_listing(HERE / "pas_2025.toml", PasKind)


@cache
def pas_mapping() -> tuple[KindMapping, ...]:
    """From each of the 26 kinds to one of the twelve groups; every kind exactly once."""
    path = HERE / "mapping_ppks2012_pas2025.toml"
    raw = load_toml(path)
    if raw.get("from_edition") != ppks_kinds().edition.code or raw.get("to_edition") != pas_kinds().edition.code:
        raise BadReferenceError(f"{path.name}: names editions that are not those of the lists")
    pairs = tuple(
        build(
            KindMapping,
            {"kind" if key == "from" else "pas" if key == "to" else key: value for key, value in row.items()},
            where=f"{path.name} pair {position}",
        )
        for position, row in enumerate(raw.get("pair", []), start=1)
    )
    check_unique(path.name, "kind", [pair.kind for pair in pairs])
    check_known(path.name, "kind", tuple(pair.kind for pair in pairs), ppks_kinds())
    check_known(path.name, "12-PAS group", tuple(pair.pas for pair in pairs), pas_kinds())
    missing = set(ppks_kinds().codes) - {pair.kind for pair in pairs}
    if missing:
        raise BadReferenceError(f"{path.name}: kinds without a group: {sorted(missing)}")
    return pairs


@cache
def _pas_by_kind() -> Mapping[str, str]:
    return MappingProxyType({pair.kind: pair.pas for pair in pas_mapping()})


def pas_for(kind: str) -> str:
    """The 12-PAS group of a PPKS kind. Applied when counting; records keep the kind they were given."""
    return _pas_by_kind()[kind]


def ppks_kinds_named(text: str) -> tuple[PpksKind, ...]:
    """The kinds a spreadsheet cell may mean: none when unknown, two when an old code is ambiguous.

    Understands the stable code, the name, old short codes, aliases, and the number 1 to 26, prefixed or not.
    """
    plain = _plain(text)
    found = _kinds_by_label().get(plain)
    if found is None and (number := re.fullmatch(r"(?:ppks|pmks)?0*(\d{1,2})", plain)):
        found = tuple(kind for kind in ppks_kinds() if kind.number == int(number[1]))
    if found is None:
        # "ABH (Anak Berhadapan dengan Hukum)": read the parts around the bracket when the whole is unknown.
        parts = [part for part in re.split(r"[()]", text) if _plain(part)]
        if len(parts) > 1:
            kinds = {kind.code: kind for part in parts for kind in ppks_kinds_named(part)}
            found = tuple(kinds.values())
    return found or ()


def kind_doubts(kind: PpksKind, *, age: int | None, sex: str) -> tuple[AgeOrSexDoubt, ...]:
    """What does not fit between a kind and a person; only ever a warning, because sources differ."""
    doubts: list[AgeOrSexDoubt] = []
    if age is not None and kind.age_min is not None and age < kind.age_min:
        doubts.append(
            AgeOrSexDoubt(
                "too_young",
                _(
                    "%(kind)s umumnya berumur %(years)d tahun ke atas; orang ini %(age)d tahun. "
                    "Periksa umur atau jenisnya."
                )
                % {"kind": _(kind.name), "years": kind.age_min, "age": age},
                kind.age_sure,
            )
        )
    if age is not None and kind.age_max is not None and age > kind.age_max:
        doubts.append(
            AgeOrSexDoubt(
                "too_old",
                _(
                    "%(kind)s umumnya berumur paling tinggi %(years)d tahun; orang ini %(age)d tahun. "
                    "Periksa umur atau jenisnya."
                )
                % {"kind": _(kind.name), "years": kind.age_max, "age": age},
                kind.age_sure,
            )
        )
    if kind.sex != "any" and sex not in (kind.sex, "X", ""):
        doubts.append(
            AgeOrSexDoubt(
                "sex",
                _("%(kind)s umumnya untuk %(sex)s. Periksa jenis kelamin atau jenisnya.")
                % {"kind": _(kind.name), "sex": _("perempuan") if kind.sex == "P" else _("laki-laki")},
                kind.sex_sure,
            )
        )
    return tuple(doubts)


@cache
def _kinds_by_label() -> Mapping[str, tuple[PpksKind, ...]]:
    found: dict[str, list[PpksKind]] = defaultdict(list)
    for kind in ppks_kinds():
        for label in {_plain(label) for label in (*_sure_labels(kind), *kind.ambiguous_codes)}:
            found[label].append(kind)
    return MappingProxyType({label: tuple(kinds) for label, kinds in found.items()})


def _sure_labels(kind: PpksKind) -> tuple[str, ...]:
    return (kind.code, kind.name, *kind.short_codes, *kind.aliases)


# --- describing a person ----------------------------------------------------------------------------------


@cache
def sexes() -> Listing[NamedCode]:
    return _checked_aliases("sexes.toml", code=re.compile(r"[LPX]"))


@cache
def religions() -> Listing[NamedCode]:
    return _checked_aliases("religions.toml")


@cache
def education_levels() -> Listing[NamedCode]:
    return _checked_aliases("education.toml")


@cache
def marital_states() -> Listing[NamedCode]:
    return _checked_aliases("marital.toml")


@cache
def relations() -> Listing[Relation]:
    path = HERE / "relations.toml"
    listing = read_listing(path, Relation)
    labels = [label for entry in listing for label in _labels(entry.code, entry.name, entry.aliases)]
    check_unique(path.name, "name or alias", labels)
    return listing


def relation_named(text: str) -> Relation | None:
    """The relation a spreadsheet cell means, or nothing."""
    plain = _plain(text)
    return next((r for r in relations() if plain in _labels(r.code, r.name, r.aliases)), None)


def named(listing: Listing[NamedCode], text: str) -> NamedCode | None:
    """The entry of a plain list that a spreadsheet cell means, or nothing."""
    plain = _plain(text)
    return next((e for e in listing if plain in _labels(e.code, e.name, e.aliases)), None)


@cache
def no_nik_reasons() -> Listing[NoNikReason]:
    return read_listing(HERE / "no_nik_reasons.toml", NoNikReason)


@cache
def identity_states() -> Listing[IdentityState]:
    return read_listing(HERE / "identity_states.toml", IdentityState)


# --- consent ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentText(Entry):
    """One version of one purpose. `withdrawal_hours` is a parameter: the use ends within it."""

    version: int
    valid_from: date
    purpose: str
    basis: str
    needs_guardian_for_child: bool
    is_required_for_service: bool
    text: str
    withdrawal_hours: int
    withdrawal_source: str


@cache
def consent_texts() -> Listing[ConsentText]:
    """Every version of every text, old ones too, because someone agreed to them."""
    path = HERE / "consent_texts.toml"
    listing = read_listing(path, ConsentText)
    check_unique(path.name, "purpose and version", [f"{text.purpose} {text.version}" for text in listing])
    for text in listing:
        if text.code != f"{text.purpose}_v{text.version}":
            raise BadReferenceError(f"{path.name} {text.code}: the code must be purpose and version")
    return listing


def consent_texts_on(day: date) -> tuple[ConsentText, ...]:
    """The text in force for each purpose on a day, in the order of the file."""
    newest: dict[str, ConsentText] = {}
    for text in sorted(consent_texts(), key=lambda text: text.version):
        if text.valid_from <= day:
            newest[text.purpose] = text
    return tuple(sorted(newest.values(), key=lambda text: text.order))


# --- rosters ----------------------------------------------------------------------------------------------


@cache
def roster_fields() -> Listing[RosterField]:
    listing = read_listing(HERE / "aliases.toml", RosterField)
    headings = [_heading(header) for field in listing for header in field.headers]
    check_unique("aliases.toml", "heading", headings)
    return listing


@cache
def _fields_by_heading() -> Mapping[str, str]:
    return MappingProxyType(
        {
            _heading(header): field.code
            for field in roster_fields()
            for header in (field.code, field.name, *field.headers)
        }
    )


def roster_field(header: str) -> str | None:
    """The field a column heading means whatever its case, dots, slashes and spaces; nothing when unknown."""
    return _fields_by_heading().get(_heading(header))


def _heading(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _plain(text: str) -> str:
    """A label without case, punctuation and spaces, and with one spelling of "telantar"."""
    return re.sub(r"[\W_]+", "", text.casefold()).replace("terlantar", "telantar")


def _labels(code: str, name: str, aliases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_plain(label) for label in (code, name, *aliases))


def _checked_aliases(file: str, *, code: re.Pattern[str] | None = None) -> Listing[NamedCode]:
    path = HERE / file
    listing = read_listing(path, NamedCode, code=code) if code else read_listing(path, NamedCode)
    labels = [label for entry in listing for label in _labels(entry.code, entry.name, entry.aliases) if label]
    check_unique(path.name, "name or alias", labels)
    return listing
