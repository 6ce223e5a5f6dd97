"""A new unit made ready to work in one act: the unit, how it works, its letters, its staff."""

import string
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require
from serasi.access.operations.postings import take_on
from serasi.cases.enums import DocumentKind
from serasi.cases.models import LetterSeries, Practice, StageSet
from serasi.cases.operations.reference import set_practice
from serasi.cases.permissions import SET_PRACTICE
from serasi.institutions.models import Region
from serasi.institutions.operations import set_up_unit
from serasi.institutions.permissions import SET_UP_INSTITUTION

LETTERS = tuple(kind for kind in DocumentKind if kind != DocumentKind.UPLOAD)
PARTS = frozenset({"number", "classification", "series", "unit", "month", "year"})
LONGEST_PATTERN = 80


class PatternUnreadable(Refused):
    message = _(
        "Pola nomor surat memuat bagian yang tidak dikenal. "
        "Pakai {number}, {series}, {classification}, {unit}, {month}, {year}."
    )


class PatternNotUnique(Refused):
    message = _(
        "Pola nomor surat harus memuat {number}, {series} dan {year}, supaya tidak ada dua surat bernomor sama."
    )


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Someone who starts to work at the new unit, with an account of their own."""

    id: UUID
    full_name: str
    email: str
    role: str


@operation(SET_UP_INSTITUTION, creates=Practice)
def start_unit(
    *,
    id: UUID,
    code: str,
    name: str,
    short_name: str,
    kind: str,
    owner: str,
    parent: Unit,
    time_zone: str,
    region: Region | None,
    functions: Sequence[str],
    address: str,
    phone: str,
    is_safe_house: bool,
    stage_set: StageSet,
    components: Sequence[str],
    letter_pattern: str,
    staff: Sequence[NewStaff],
    starts_on: date,
    by: User,
    at: datetime,
) -> Practice:
    """Set a unit up with all it needs to take its first case; all of it or nothing.

    1. The unit and its description, both with the given id.
    2. Its stage set and components.
    3. A series of numbers for each kind of letter, for the year in which it starts.
    4. An account and a posting for each of its staff.

    Raises whatever those raise; a refusal about one of the staff names the person.
    """
    institution = set_up_unit(
        id=id,
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        owner=owner,
        parent=parent,
        time_zone=time_zone,
        region=region,
        functions=functions,
        address=address,
        phone=phone,
        is_safe_house=is_safe_house,
        by=by,
        at=at,
    )
    unit = institution.unit
    practice = set_practice(id=id, unit=unit, stage_set=stage_set, components=components, by=by, at=at)
    set_letter_pattern(unit=unit, pattern=letter_pattern, year=starts_on.year, by=by, at=at)
    for hand in staff:
        try:
            take_on(
                id=hand.id,
                email=hand.email,
                full_name=hand.full_name,
                language="id",
                role=hand.role,
                unit=unit,
                starts_on=starts_on,
                last_day=None,
                by=by,
                at=at,
            )
        except Refused as refused:
            raise Refused(f"{hand.full_name}: {refused.message}") from refused
    return practice


@operation(SET_PRACTICE)
def change_practice(
    *,
    id: UUID,
    unit: Unit,
    letter_pattern: str,
    revision: int | None,
    by: User,
    at: datetime,
    **terms: Any,
) -> Practice:
    """How a unit works from now on, its letters of this year included; all of it or nothing.

    ``terms`` are those of `set_practice`. Open cases keep the stages they walk on, and numbers given stay as they are.
    """
    practice = set_practice(id=id, unit=unit, revision=revision, by=by, at=at, **terms)
    set_letter_pattern(unit=unit, pattern=letter_pattern, year=timezone.localdate(at).year, by=by, at=at)
    return practice


@operation(SET_PRACTICE)
def set_letter_pattern(*, unit: Unit, pattern: str, year: int, by: User, at: datetime) -> None:
    """Say how a unit numbers its letters from this year on; numbers given before stay as they are.

    Raises PatternUnreadable, PatternNotUnique.
    """
    require(by, SET_PRACTICE, on=unit)
    refuse_pattern(pattern)
    LetterSeries.objects.filter(unit=unit, year=year).exclude(pattern=pattern).update(pattern=pattern)
    LetterSeries.objects.bulk_create(
        [LetterSeries(unit=unit, kind=kind, year=year, pattern=pattern) for kind in LETTERS], ignore_conflicts=True
    )


def refuse_pattern(pattern: str) -> None:
    """Assert that a number can be made of the pattern, and no number twice."""
    try:
        parsed = list(string.Formatter().parse(pattern))
    except ValueError as error:
        raise PatternUnreadable(field="letter_pattern") from error
    parts = [part for _text, part, _spec, _conversion in parsed if part is not None]
    plain = all(not spec and not conversion for _text, _part, spec, conversion in parsed)
    if len(pattern) > LONGEST_PATTERN or not plain or not set(parts) <= PARTS:
        raise PatternUnreadable(field="letter_pattern")
    if not {"number", "series", "year"} <= set(parts):
        raise PatternNotUnique(field="letter_pattern")
