"""Small dated tables kept as TOML files: how they are read, and what is refused.

A file has one `[edition]`, optional `[defaults]` (a `source` and `sure` for entries that do not name their
own) and any number of `[[entry]]`. Each becomes one frozen record. A missing, unknown or mistyped field,
a code used twice or a code that is not a slug stops the reading with the file and the entry named, so that a
slip in a table is found by the first test and never by a social worker.
"""

from __future__ import annotations

import re
import tomllib
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import (
    Annotated,
    Any,
    Generic,
    Literal,
    TypeAlias,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from django.utils.functional import lazystr
from django.utils.translation import gettext, pgettext

Sureness = Literal["V", "S", "I", "U"]
"""V read in the named source · S in a secondary one · I inferred · U not confirmed: editable, no rule."""

Shown: TypeAlias = Annotated[str, "shown"]
"""Words for the screen. The file and the table hold the Indonesian; a page shows `gettext` of it, so that the English
stands with all other English, and what a unit words itself is shown as it is. `tools/translations` finds them here."""

SLUG = re.compile(r"[a-z][a-z0-9_]*")


class BadReferenceError(ValueError):
    """A reference file says something impossible; the message names file, entry and fix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which rule a table follows, and the days on which it holds. Old records keep their edition for good."""

    code: str
    name: str
    regulation: str
    valid_from: date
    valid_until: date | None = None
    source: str
    sure: Sureness
    note: str = ""

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a table: a stable code, its name, and its source. As text it is its name in the reader's language.

    A name that means something else elsewhere (*Anak*: a cluster, a child) says in `context` where it stands.
    """

    code: str
    name: Shown
    order: int
    source: str
    sure: Sureness
    context: str = ""

    def __str__(self) -> str:
        return pgettext(self.context, self.name) if self.context else gettext(self.name)


E = TypeVar("E", bound=Entry)
R = TypeVar("R")


class Listing(Generic[E]):
    """The entries of one edition, in order; `listing[code]` finds one, `code in listing` asks."""

    __slots__ = ("_by_code", "edition", "entries")

    def __init__(self, edition: Edition, entries: tuple[E, ...]) -> None:
        self.edition = edition
        self.entries = entries
        self._by_code = {entry.code: entry for entry in entries}

    def __iter__(self) -> Iterator[E]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> E:
        return self._by_code[code]

    def __repr__(self) -> str:
        return f"<Listing {self.edition.code}: {len(self.entries)}>"

    def get(self, code: str) -> E | None:
        return self._by_code.get(code)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._by_code)

    @property
    def choices(self) -> tuple[tuple[str, Any], ...]:
        """(code, name) pairs, as form fields want them; each name in the language of whoever reads it."""
        return tuple((entry.code, lazystr(entry)) for entry in self.entries)


def load_toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        try:
            return tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise BadReferenceError(f"{path.name}: not valid TOML: {error}") from error


def read_listing(path: Path, kind: type[E], *, code: re.Pattern[str] = SLUG) -> Listing[E]:
    """The entries of one file, checked one by one and against each other."""
    raw = load_toml(path)
    strangers = set(raw) - {"edition", "defaults", "entry"}
    if strangers:
        raise BadReferenceError(f"{path.name}: unknown tables {sorted(strangers)}")
    edition = build(Edition, raw.get("edition", {}), where=f"{path.name} [edition]")
    if edition.valid_until is not None and edition.valid_until < edition.valid_from:
        raise BadReferenceError(f"{path.name}: the edition ends before it begins")
    entries = read_entries(path, raw.get("entry", []), kind, defaults=raw.get("defaults", {}), code=code)
    return Listing(edition, entries)


def read_entries(
    path: Path,
    rows: list[dict[str, Any]],
    kind: type[E],
    *,
    defaults: Mapping[str, Any],
    code: re.Pattern[str] = SLUG,
) -> tuple[E, ...]:
    entries: list[E] = []
    for position, row in enumerate(rows, start=1):
        where = f"{path.name} entry {position} ({row.get('code', 'without code')})"
        entry = build(kind, {"order": position, **defaults, **row}, where=where)
        if not code.fullmatch(entry.code):
            raise BadReferenceError(f"{where}: code {entry.code!r} must match {code.pattern}")
        for required in ("name", "source"):
            if not getattr(entry, required).strip():
                raise BadReferenceError(f"{where}: {required} is empty")
        entries.append(entry)
    if not entries:
        raise BadReferenceError(f"{path.name}: no entries")
    check_unique(path.name, "code", [entry.code for entry in entries])
    check_unique(path.name, "order", [str(entry.order) for entry in entries])
    return tuple(sorted(entries, key=lambda entry: entry.order))


def check_unique(where: str, what: str, values: list[str]) -> None:
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise BadReferenceError(f"{where}: {what} used more than once: {', '.join(twice)}")


def check_known(where: str, what: str, codes: tuple[str, ...], known: Listing[E] | frozenset[str]) -> None:
    """Refuse codes that the table they point to does not have."""
    strangers = [code for code in codes if code not in known]
    if strangers:
        raise BadReferenceError(f"{where}: unknown {what}: {', '.join(strangers)}")


def build(kind: type[R], raw: object, *, where: str) -> R:
    """A frozen record from one TOML table; every field is named and typed, none is invented."""
    if not isinstance(raw, Mapping):
        raise BadReferenceError(f"{where}: expected a table")
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(cast(Any, kind))}
    strangers = sorted(set(raw) - set(known))
    if strangers:
        raise BadReferenceError(f"{where}: unknown fields {strangers}")
    values: dict[str, object] = {}
    for name, field in known.items():
        if name in raw:
            values[name] = _convert(hints[name], raw[name], where=f"{where}.{name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise BadReferenceError(f"{where}: {name} is missing")
    return kind(**values)


def words_of(value: object, hint: Any = None, *, context: str = "") -> Iterator[tuple[str, str]]:
    """(context, words) of whatever is shown on screen in a listing, an entry or any part of them."""
    if hint == Shown:
        if value:
            yield context, str(value)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from words_of(part)
    elif isinstance(value, Listing | tuple):
        for part in value:
            yield from words_of(part, get_args(hint)[0] if get_args(hint) else None)
    elif is_dataclass(value):
        for name, kind in get_type_hints(type(value), include_extras=True).items():
            yield from words_of(getattr(value, name), kind, context=getattr(value, "context", "") * (name == "name"))


def _convert(hint: Any, value: object, *, where: str) -> object:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = [argument for argument in arguments if argument is not type(None)]
        return _convert(inner[0], value, where=where)
    if origin is Literal:
        if value not in arguments:
            raise BadReferenceError(f"{where}: {value!r} is not one of {', '.join(map(str, arguments))}")
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise BadReferenceError(f"{where}: expected a list")
        return tuple(_convert(arguments[0], item, where=where) for item in value)
    if is_dataclass(hint):
        return build(cast(type[object], hint), value, where=where)
    if type(value) is not hint:
        raise BadReferenceError(f"{where}: expected {hint.__name__}, found {value!r}")
    return value
