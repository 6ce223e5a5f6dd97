"""Registering people: one at a desk, or many out of a roster, by the same checks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require
from serasi.common.encryption import keyed_hash
from serasi.common.identifiers import uuid7
from serasi.people.models import Address, Distinction, Person, PersonKind, PersonUnit
from serasi.people.naming import key_of, sort_key_of
from serasi.people.operations.household import FamilyCard, write_memberships
from serasi.people.operations.person import nik_digits
from serasi.people.operations.refusals import saying_why
from serasi.people.permissions import AtUnit
from serasi.people.queries.matching import Described, Match, alike_among, likely_matches_of_each


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


class LikelySame(Refused):
    """Someone like this is registered already; each likely match must be looked at first."""

    message = _("Ada data yang mirip. Periksa dahulu apakah orangnya sama.")

    def __init__(self, matches: Sequence[Match]) -> None:
        super().__init__()
        self.matches = tuple(matches)


class SameNikNeedsReason(Refused):
    message = _("NIK ini sudah dipakai pada data orang lain. Tulis alasan mengapa orangnya berbeda.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """What is told of someone who is to be registered. Raises `NikRefused`.

    Whoever looks like someone registered needs each of these in ``not_same_as``, and with the same NIK a
    ``distinct_reason`` too.
    """

    identity_state: str
    sex: str
    full_name: str = ""
    nickname: str = ""
    description: str = ""
    birth_date: date | None = None
    birth_year_from: int | None = None
    birth_year_to: int | None = None
    birth_place: str = ""
    mother_name: str = ""
    religion: str = ""
    marital: str = ""
    education: str = ""
    nik: str = ""
    no_nik_reason: str = ""
    phone: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    kinds: Sequence[str] = ()
    family_card: FamilyCard | None = None
    not_same_as: Collection[UUID] = ()
    distinct_reason: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "nik", nik_digits(self.nik))
        if self.birth_date is not None:
            object.__setattr__(self, "birth_year_from", self.birth_date.year)
            object.__setattr__(self, "birth_year_to", self.birth_date.year)

    @property
    def described(self) -> Described:
        return Described(
            full_name=self.full_name or self.nickname,
            sex=self.sex,
            birth_date=self.birth_date,
            birth_year_from=self.birth_year_from,
            birth_year_to=self.birth_year_to,
            nik=self.nik,
            kk=self.family_card.digits if self.family_card else "",
            phone=self.phone,
        )

    def refusal(self, matches: Sequence[Match]) -> Refused | None:
        """Why, beside these likely matches, there may be no new record yet."""
        if any(match.person_id not in self.not_same_as for match in matches):
            return LikelySame(matches)
        if not self.distinct_reason and any(match.has_same_nik for match in matches):
            return SameNikNeedsReason(field="distinct_reason")
        return None


@operation("people.person.register", creates=Person)
def register_person(*, id: UUID, new: NewPerson, unit: Unit, by: User, at: datetime) -> Person:
    """Register a person as known to a unit, with addresses, kinds of PPKS and household if they are told.

    Raises `LikelySame` and `SameNikNeedsReason` until the likely matches are decided upon; each decision is kept.
    """
    require(by, "people.person.register", on=AtUnit(unit))
    entry = _Entry(id, new)
    _compare([entry], by=by)
    if entry.refusal is not None:
        raise entry.refusal
    [person] = _write([entry], unit=unit, by=by, at=at)
    return person


@operation("people.person.register")
def register_people(
    *, people: Mapping[UUID, NewPerson], unit: Unit, by: User, at: datetime
) -> dict[UUID, Person | Refused]:
    """Register many, each by the same checks as `register_person`: for every id a person, or why there is none.

    1. Who has this id already is returned as they are.
    2. All others are compared with the register together, and written together.
    3. Who resembles someone before them comes in a later turn, so that the other is found by then.
    """
    require(by, "people.person.register", on=AtUnit(unit))
    _one_at_a_time(ids=people)
    outcomes: dict[UUID, Person | Refused] = dict(Person.objects.in_bulk(people))
    waiting = [_Entry(record, new) for record, new in people.items() if record not in outcomes]
    while waiting:
        alike = alike_among([entry.new.described for entry in waiting])
        outcomes |= _register_together(
            [entry for place, entry in enumerate(waiting) if place not in alike], unit=unit, by=by, at=at
        )
        waiting = [waiting[place] for place in sorted(alike)]
    return outcomes


@dataclass(slots=True)
class _Entry:
    """Someone on the way into the register, and whom of it they resemble."""

    id: UUID
    new: NewPerson
    matches: tuple[Match, ...] = ()

    @property
    def refusal(self) -> Refused | None:
        return self.new.refusal(self.matches)


def _register_together(
    entries: Sequence[_Entry], *, unit: Unit, by: User, at: datetime
) -> dict[UUID, Person | Refused]:
    """When the database refuses them together, each comes alone, so that it is told of the right one."""
    _compare(entries, by=by)
    outcomes: dict[UUID, Person | Refused] = {
        entry.id: refusal for entry in entries if (refusal := entry.refusal) is not None
    }
    accepted = [entry for entry in entries if entry.id not in outcomes]
    try:
        with transaction.atomic():
            outcomes |= {person.pk: person for person in _write(accepted, unit=unit, by=by, at=at)}
    except Refused as refused:
        if len(accepted) == 1:
            return outcomes | {accepted[0].id: refused}
        for entry in accepted:
            outcomes |= _register_together([entry], unit=unit, by=by, at=at)
    return outcomes


def _compare(entries: Sequence[_Entry], *, by: User) -> None:
    """Find the likely matches of each. Two desks that register the same NIK at once: the second waits, then sees it."""
    _one_at_a_time(niks=[entry.new.nik for entry in entries if entry.new.nik])
    found = likely_matches_of_each(by=by, described=[entry.new.described for entry in entries])
    for entry, matches in zip(entries, found, strict=True):
        entry.matches = matches


def _one_at_a_time(*, ids: Collection[UUID] = (), niks: Collection[str] = ()) -> None:
    """Hold these until the transaction ends; in one order, so that two who hold many never wait for each other."""
    keys = {record.int & 0x7FFF_FFFF_FFFF_FFFF for record in ids} | {
        int.from_bytes(keyed_hash(nik, "nik")[:7]) for nik in niks
    }
    if keys:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) key", [sorted(keys)])


def _write(entries: Sequence[_Entry], *, unit: Unit, by: User, at: datetime) -> list[Person]:
    today = timezone.localdate(at)
    people = {entry.id: _person(entry, unit=unit, at=at) for entry in entries}
    with saying_why(Person, PersonUnit, Address, PersonKind, Distinction):
        Person.objects.bulk_create(people.values())
        PersonUnit.objects.bulk_create(
            PersonUnit(id=uuid7(), person=person, unit=unit, since_at=at) for person in people.values()
        )
        Address.objects.bulk_create(
            Address(
                id=uuid7(),
                person=people[entry.id],
                kind=kind,
                region_id=place.region_id,
                line=place.line,
                rt=place.rt,
                rw=place.rw,
                period=DateRange(today, None),
            )
            for entry in entries
            for kind, place in entry.new.places.items()
            if place.is_said
        )
        PersonKind.objects.bulk_create(
            PersonKind(id=uuid7(), person=people[entry.id], kind_id=kind, period=DateRange(today, None))
            for entry in entries
            for kind in dict.fromkeys(entry.new.kinds)
        )
        Distinction.objects.bulk_create(
            Distinction(
                id=uuid7(),
                person=people[entry.id],
                other_id=match.person_id,
                reason=entry.new.distinct_reason,
                decided_at=at,
                decided_by=by,
            )
            for entry in entries
            for match in entry.matches
        )
        cards = {people[entry.id]: entry.new.family_card for entry in entries if entry.new.family_card is not None}
        if cards:
            write_memberships(cards, since=today)
    return list(people.values())


def _person(entry: _Entry, *, unit: Unit, at: datetime) -> Person:
    new = entry.new
    return Person(
        id=entry.id,
        full_name=new.full_name,
        name_key=key_of(new.full_name),
        sort_key=sort_key_of(new.full_name or new.nickname),
        nickname=new.nickname,
        nickname_key=key_of(new.nickname),
        description=new.description,
        identity_state=new.identity_state,
        sex=new.sex,
        birth_date=new.birth_date,
        birth_year_from=new.birth_year_from,
        birth_year_to=new.birth_year_to,
        birth_place=new.birth_place,
        mother_name=new.mother_name,
        religion=new.religion,
        marital=new.marital,
        education=new.education,
        nik=new.nik or None,
        no_nik_reason=new.no_nik_reason,
        phone=new.phone,
        registered_unit=unit,
        registered_at=at,
    )
