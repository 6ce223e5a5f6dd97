"""Registering a person, changing what is known of them, their numbers and their photo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.common.encryption import keyed_hash
from serasi.common.identifiers import uuid7
from serasi.common.nik import NikError, read_nik
from serasi.people.enums import AddressKind, IdentityState, Sex
from serasi.people.models import Address, Distinction, Person, PersonKind, PersonUnit
from serasi.people.naming import key_of, sort_key_of
from serasi.people.operations.household import FamilyCard, write_membership
from serasi.people.operations.refusals import saying_why
from serasi.people.permissions import AtUnit, require_on_person
from serasi.people.queries.matching import Described, Match, likely_matches


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a region by its code, and the line under it."""

    region_id: str | None = None
    line: str = ""
    rt: str = ""
    rw: str = ""

    @property
    def is_said(self) -> bool:
        return bool(self.region_id or self.line)


class NikRefused(Refused):
    """The structure of the number is impossible."""


class LikelySame(Refused):
    """Someone like this is registered already; each likely match must be looked at first."""

    message = _("Ada data yang mirip. Periksa dahulu apakah orangnya sama.")

    def __init__(self, matches: Sequence[Match]) -> None:
        super().__init__()
        self.matches = tuple(matches)


class SameNikNeedsReason(Refused):
    message = _("NIK ini sudah dipakai pada data orang lain. Tulis alasan mengapa orangnya berbeda.")


@operation("people.person.register", creates=Person)
def register_person(
    *,
    id: UUID,
    unit: Unit,
    identity_state: str,
    sex: str,
    full_name: str = "",
    nickname: str = "",
    description: str = "",
    birth_date: date | None = None,
    birth_year_from: int | None = None,
    birth_year_to: int | None = None,
    birth_place: str = "",
    mother_name: str = "",
    religion: str = "",
    marital: str = "",
    education: str = "",
    nik: str = "",
    no_nik_reason: str = "",
    phone: str = "",
    places: Mapping[str, Place] | None = None,
    kinds: Sequence[str] = (),
    family_card: FamilyCard | None = None,
    not_same_as: Sequence[UUID] = (),
    distinct_reason: str = "",
    by: User,
    at: datetime,
) -> Person:
    """Register a person as known to a unit, with addresses, kinds of PPKS and household if they are told.

    1. Structure of NIK and KK refuses (`NikRefused`, `KkRefused`).
    2. Whoever looks like someone registered is refused (`LikelySame`) until each match stands in ``not_same_as``;
       the decision is kept. The same NIK also needs ``distinct_reason`` (`SameNikNeedsReason`).
    """
    require(by, "people.person.register", on=AtUnit(unit))
    digits = _nik_digits(nik)
    if birth_date is not None:
        birth_year_from = birth_year_to = birth_date.year
    if digits:
        _one_at_a_time(digits)
    described = Described(
        full_name=full_name or nickname,
        sex=sex,
        birth_year_from=birth_year_from,
        birth_year_to=birth_year_to,
        birth_date=birth_date,
        nik=digits,
        phone=phone,
        kk=family_card.digits if family_card else "",
        region_id=(places or {}).get(AddressKind.DOMICILE, Place()).region_id or "",
    )
    matches = likely_matches(by=by, described=described)
    if any(match.person_id not in not_same_as for match in matches):
        raise LikelySame(matches)
    if not distinct_reason and any(match.has_same_nik for match in matches):
        raise SameNikNeedsReason(field="distinct_reason")
    with saying_why(Person, PersonUnit, Address, PersonKind, Distinction):
        person = Person(
            id=id,
            full_name=full_name,
            name_key=key_of(full_name),
            sort_key=sort_key_of(full_name or nickname),
            nickname=nickname,
            nickname_key=key_of(nickname),
            description=description,
            identity_state=identity_state,
            sex=sex,
            birth_date=birth_date,
            birth_year_from=birth_year_from,
            birth_year_to=birth_year_to,
            birth_place=birth_place,
            mother_name=mother_name,
            religion=religion,
            marital=marital,
            education=education,
            nik=digits or None,
            no_nik_reason=no_nik_reason,
            phone=phone,
            registered_unit=unit,
            registered_at=at,
        )
        person.save(force_insert=True)
        PersonUnit(id=uuid7(), person=person, unit=unit, since_at=at).save(force_insert=True)
        today = timezone.localdate(at)
        Address.objects.bulk_create(
            Address(
                id=uuid7(),
                person=person,
                kind=kind,
                region_id=place.region_id,
                line=place.line,
                rt=place.rt,
                rw=place.rw,
                period=DateRange(today, None),
            )
            for kind, place in (places or {}).items()
            if place.is_said
        )
        PersonKind.objects.bulk_create(
            PersonKind(id=uuid7(), person=person, kind_id=kind, period=DateRange(today, None))
            for kind in dict.fromkeys(kinds)
        )
        Distinction.objects.bulk_create(
            Distinction(
                id=uuid7(),
                person=person,
                other_id=match.person_id,
                reason=distinct_reason,
                decided_at=at,
                decided_by=by,
            )
            for match in matches
        )
        if family_card is not None:
            write_membership(person=person, card=family_card, since=today)
    return person


EDITABLE = [
    "full_name",
    "nickname",
    "description",
    "identity_state",
    "sex",
    "birth_date",
    "birth_year_from",
    "birth_year_to",
    "birth_place",
    "mother_name",
    "religion",
    "marital",
    "education",
    "died_on",
    "nik",
    "no_nik_reason",
    "phone",
]
"""What `change_person` changes; everything else has an operation of its own."""


@operation("people.person.edit")
def change_person(*, person: Person, revision: int, by: User, at: datetime, **changes: Any) -> Person:
    """Change what is known of a person. Raises `Conflict` when someone saved after ``revision`` was shown.

    Only the named facts change; a NIK empties the reason for having none, and the other way about.
    """
    require_on_person(by, "people.person.edit", person)
    if unknown := set(changes) - set(EDITABLE):
        raise TypeError(f"not changed here: {sorted(unknown)}")
    if "nik" in changes:
        changes["nik"] = _nik_digits(changes["nik"] or "") or None
        changes["nik_hash"] = keyed_hash(changes["nik"], "nik") if changes["nik"] else None
        changes.setdefault("no_nik_reason", "" if changes["nik"] else person.no_nik_reason)
    if changes.get("birth_date") is not None:
        changes["birth_year_from"] = changes["birth_year_to"] = changes["birth_date"].year
    if "full_name" in changes:
        changes["name_key"] = key_of(changes["full_name"])
    if "nickname" in changes:
        changes["nickname_key"] = key_of(changes["nickname"])
    if "full_name" in changes or "nickname" in changes:
        changes["sort_key"] = sort_key_of(
            changes.get("full_name", person.full_name) or changes.get("nickname", person.nickname)
        )
    with saying_why(Person):
        save_changes(person, revision=revision, **changes)
    return person


@operation("people.person.identity.reveal")
def reveal_nik(*, person: Person, purpose: str, by: User, at: datetime) -> str:
    """The whole NIK. Who looked and why is logged."""
    require_on_person(by, "people.person.identity.reveal", person)
    if not purpose.strip():
        raise Refused(_("Tulis untuk apa NIK ini dibuka."), field="purpose")
    log_look(by=by, subject=Subject.PERSON, subject_id=person.pk, purpose=f"NIK: {purpose}")
    return str(person.nik or "")


@operation("people.person.edit")
def set_photo(*, person: Person, revision: int, photo: bytes | None, by: User, at: datetime) -> Person:
    """Put a photo on the record (already drawn anew, without place and device), or take it away with None.

    The old file goes when the transaction is through.
    """
    require_on_person(by, "people.person.edit", person)
    old = person.photo.name
    name = ""
    if photo is not None:
        name = default_storage.save(f"people/photos/{uuid7()}.jpg", ContentFile(photo))
    save_changes(person, revision=revision, photo=name)
    if old:
        transaction.on_commit(lambda: default_storage.delete(old))
    return person


def _nik_digits(nik: str) -> str:
    if not nik:
        return ""
    try:
        return read_nik(nik).digits
    except NikError as error:
        raise NikRefused(error.message, field="nik") from error


def _one_at_a_time(digits: str) -> None:
    """Two desks that register the same NIK at once: the second waits, and then sees the first."""
    key = int.from_bytes(keyed_hash(digits, "nik")[:7])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


UNKNOWN_PERSON = {"identity_state": IdentityState.UNKNOWN, "sex": Sex.UNKNOWN}
"""What a wholly unknown person starts with, beside a description."""
