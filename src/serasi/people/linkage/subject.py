"""What matching knows of one person, made by one function from plain text, whatever list the text comes from."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from serasi.common.names import NameForms, name_forms
from serasi.common.nik import SexLetter, digits_written


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a list has it. What the list does not say is None or empty; nothing needs to be clean."""

    id: str
    name: str
    source: str = ""
    sex: SexLetter | None = None
    birth_date: date | None = None
    birth_years: tuple[int, int] | None = None  # first and last year it may have been, where no date is known
    nik: str | None = None
    kk: str | None = None
    mother: str | None = None
    region: str | None = None  # "31.75.01.1003" or a shorter code, of where the person lives


@dataclass(frozen=True, slots=True)
class Subject:
    """The columns that are compared. Dates that are only guesses leave `birth_number` empty and keep the years."""

    id: str
    source: str
    name_normal: str | None
    name_sound: str | None
    name_ordered: str | None
    name_consonants: str | None
    name_lead: str | None
    name_words: tuple[str, ...] | None
    father: str | None
    mother_normal: str | None
    mother_sound: str | None
    mother_ordered: str | None
    mother_consonants: str | None
    mother_lead: str | None
    mother_words: tuple[str, ...] | None
    birth_number: int | None  # 19871203, only for a date that was meant
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    birth_day_month: int | None  # 1203
    birth_either: int | None  # 19870312: day and month in the order of their size, to meet its swapped twin
    birth_first: int | None  # years the birth may lie in, guessed or not
    birth_last: int | None
    birth_guessed: bool
    nik: str | None
    nik_head: str | None  # fifteen digits, all that a spreadsheet keeps
    nik_stem: str | None  # twelve: place and birth date
    nik_tail: str | None  # ten: birth date and serial
    nik_place: str | None
    nik_birth: str | None
    nik_serial: str | None
    nik_ends_zero: bool
    kk: str | None
    sex: str | None
    province: str | None
    regency: str | None
    district: str | None
    village: str | None


GUESSED_DAYS = frozenset({(1, 1), (1, 7), (31, 12), (30, 6), (17, 8)})
"""(day, month) that offices write when nobody knows: the ends and the middle of the year, and Independence Day."""

_REGION = re.compile(r"(\d{2})(?:\.?(\d{2})(?:\.?(\d{2})(?:\.?(\d{4}))?)?)?")


def prepared(person: Person) -> Subject:
    """The person as matching knows them."""
    return Subject(*values_of(person))


def values_of(person: Person) -> tuple[Any, ...]:
    """The fields of the subject, in their order."""
    own, mother = name_forms(person.name), _mother(person.mother or "")
    nik = digits_written(person.nik) if person.nik else None
    return (
        person.id,
        person.source,
        *_forms(own),
        own.father or None,
        *_forms(mother),
        *_birth(person.birth_date, person.birth_years),
        nik,
        *(_parts(nik) if nik else _NO_PARTS),
        digits_written(person.kk) if person.kk else None,
        person.sex,
        *_levels(person.region or ""),
    )


@lru_cache(maxsize=50_000)
def _mother(name: str) -> NameForms:
    return name_forms(name)  # brothers and sisters stand near each other in lists


def _forms(forms: NameForms) -> tuple[Any, ...]:
    if not forms.words:
        return (None,) * 6
    return forms.normal, forms.sound, forms.ordered, forms.consonants, forms.lead, forms.words


def _birth(born: date | None, years: tuple[int, int] | None) -> tuple[Any, ...]:
    if born is None:
        first, last = years or (None, None)
        return None, None, None, None, None, None, first, last, years is not None
    year, month, day = born.year, born.month, born.day
    if (day, month) in GUESSED_DAYS:
        return None, None, None, None, None, None, year, year, True
    low, high = min(day, month), max(day, month)
    number = year * 10_000
    return number + month * 100 + day, year, month, day, month * 100 + day, number + low * 100 + high, year, year, False


_NO_PARTS = (None, None, None, None, None, None, False)


def _parts(nik: str) -> tuple[Any, ...]:
    return nik[:15], nik[:12], nik[6:], nik[:6], nik[6:12], nik[12:], nik[15] == "0"


@lru_cache(maxsize=100_000)
def _levels(code: str) -> tuple[str | None, str | None, str | None, str | None]:
    """Codes down to the village, each with what is above it; a code that is none counts as unknown."""
    match = _REGION.fullmatch(code.strip())
    if match is None:
        return None, None, None, None
    above, levels = "", []
    for part in match.groups():
        above = f"{above}.{part}".lstrip(".")
        levels.append(above if part else None)
    province, regency, district, village = levels
    return province, regency, district, village
