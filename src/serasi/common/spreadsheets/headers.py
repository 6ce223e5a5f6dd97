"""Headings, however they are written."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """Which column holds which field, and what stands in the way."""

    columns: Mapping[str, int]
    missing: tuple[str, ...] = ()
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.ambiguous


class HeaderMap:
    """What a column may be called: `{field: [aliases]}`. Case, dots, slashes, spaces and underscores do not
    matter.

    Raises ValueError when one alias means two fields, or a required field is not among them.
    """

    def __init__(self, fields: Mapping[str, Sequence[str]], *, required: Collection[str] = ()) -> None:
        self._fields: dict[str, str] = {}
        self._required = tuple(required)
        for name, aliases in fields.items():
            for alias in (name, *aliases):
                key = header_key(alias)
                if self._fields.setdefault(key, name) != name:
                    raise ValueError(f"{alias!r} means both {self._fields[key]} and {name}")
        if unknown := set(required) - set(fields):
            raise ValueError(f"required but not described: {sorted(unknown)}")

    def match(self, headers: Sequence[str]) -> HeaderMatch:
        """Two columns for one field are ambiguous, never chosen between; the worker has to decide."""
        found: dict[str, list[int]] = {}
        unknown: list[str] = []
        for column, header in enumerate(headers):
            name = self._fields.get(header_key(header))
            if name is not None:
                found.setdefault(name, []).append(column)
            elif header:
                unknown.append(header)
        return HeaderMatch(
            columns={name: columns[0] for name, columns in found.items() if len(columns) == 1},
            missing=tuple(name for name in self._required if name not in found),
            ambiguous={
                name: tuple(headers[column] for column in columns)
                for name, columns in found.items()
                if len(columns) > 1
            },
            unknown=tuple(unknown),
        )


def header_key(header: str) -> str:
    """A heading reduced to its letters and digits: "NO. KK", "no_kk" and "No KK *" are one."""
    text = unicodedata.normalize("NFKD", header).casefold().replace("_", " ")
    text = re.sub(r"\((?:wajib|opsional|diisi|harus|required)[^)]*\)|\*", " ", text)
    text = re.sub(r"\b(\w+)-\1\b", r"\1", text)  # anak-anak
    text = re.sub(r"\b(?:nomor|nomer|nmr)\b", "no", text)
    text = re.sub(r"\b(?:kab|kabupaten)\b", "kab", text)
    return "".join(letter for letter in text if letter.isalnum())
