"""Households: joining one by its family card or by a member, leaving it, and reading its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.models import User
from serasi.access.operations import Refused, operation
from serasi.common.identifiers import uuid7
from serasi.common.nik import KkError, read_kk
from serasi.people.models import Household, HouseholdMember, Person
from serasi.people.operations.refusals import saying_why, whole_sight
from serasi.people.permissions import require_on_person


class KkRefused(Refused):
    """The structure of the number is impossible."""


@dataclass(frozen=True, slots=True)
class FamilyCard:
    """A family card as it was read: its number, and the person's relation to the head. Raises `KkRefused`."""

    number: str
    relation: str
    region_id: str | None = None
    line: str = ""
    rt: str = ""
    rw: str = ""
    digits: str = field(init=False, default="")

    def __post_init__(self) -> None:
        if self.number:
            try:
                object.__setattr__(self, "digits", read_kk(self.number).digits)
            except KkError as error:
                raise KkRefused(error.message, field="kk") from error


@operation("people.person.edit", creates=HouseholdMember)
def join_household(
    *,
    id: UUID,
    person: Person,
    card: FamilyCard,
    since: date,
    by: User,
    at: datetime,
) -> HouseholdMember:
    """The person belongs to the household of this card from a day on; the household before ends on that day.

    The same card number is the same household, whichever unit wrote it first.
    """
    require_on_person(by, "people.person.edit", person)
    with saying_why(Household, HouseholdMember):
        close_membership(person=person, until=since)
        [home] = _households([card])
        member = HouseholdMember(
            id=id, household=home, person=person, relation=card.relation, period=DateRange(since, None)
        )
        member.save(force_insert=True)
    return member


@operation("people.person.edit")
def leave_household(*, member: HouseholdMember, until: date, by: User, at: datetime) -> HouseholdMember:
    """The person no longer belongs to the household from this day on."""
    require_on_person(by, "people.person.edit", member.person)
    if until <= member.period.lower:
        raise Refused(_("Tanggal keluar harus sesudah tanggal masuk."), field="until")
    with saying_why(HouseholdMember):
        member.period = DateRange(member.period.lower, until)
        member.save(update_fields=["period"])
    return member


@operation("people.person.edit", creates=HouseholdMember)
def join_household_of(
    *,
    id: UUID,
    person: Person,
    member: HouseholdMember,
    relation: str,
    since: date,
    by: User,
    at: datetime,
) -> HouseholdMember:
    """The person lives in the household of someone who is already in it, with or without a card number."""
    require_on_person(by, "people.person.edit", person)
    require_on_person(by, "people.person.edit", member.person)
    with saying_why(HouseholdMember):
        close_membership(person=person, until=since)
        joined = HouseholdMember(
            id=id, household_id=member.household_id, person=person, relation=relation, period=DateRange(since, None)
        )
        joined.save(force_insert=True)
    return joined


@operation("people.person.identity.reveal")
def reveal_kk(*, person: Person, household: Household, purpose: str, by: User, at: datetime) -> str:
    """The whole number of the family card of a person's household. Who looked and why is logged."""
    require_on_person(by, "people.person.identity.reveal", person)
    if not purpose.strip():
        raise Refused(_("Tulis untuk apa nomor KK ini dibuka."), field="purpose")
    log_look(by=by, subject=Subject.PERSON, subject_id=person.pk, purpose=f"KK: {purpose}")
    return str(household.kk or "")


def write_memberships(cards: Mapping[Person, FamilyCard], *, since: date) -> None:
    """Part of an operation: find or make the household of each card, and put each person into theirs."""
    homes = _households([*cards.values()])
    HouseholdMember.objects.bulk_create(
        HouseholdMember(
            id=uuid7(), household=home, person=person, relation=card.relation, period=DateRange(since, None)
        )
        for (person, card), home in zip(cards.items(), homes, strict=True)
    )


def _households(cards: Sequence[FamilyCard]) -> list[Household]:
    """The household of each card, made where there is none; without a number it is always a new one."""
    numbers = {card.digits for card in cards if card.digits}
    known: dict[str, Household] = {}
    made: list[Household] = []
    with whole_sight():
        if numbers:
            known = {str(home.kk): home for home in Household.objects.filter(kk_hash__in=numbers)}
        homes = []
        for card in cards:
            home = known.get(card.digits)
            if home is None:
                home = Household(
                    kk=card.digits or None, region_id=card.region_id, line=card.line, rt=card.rt, rw=card.rw
                )
                made.append(home)
                if card.digits:
                    known[card.digits] = home
            homes.append(home)
        Household.objects.bulk_create(made)
    return homes


def close_membership(*, person: Person, until: date) -> None:
    """Part of an operation: end the membership that is open; one that would become empty is taken back."""
    current = HouseholdMember.objects.filter(person=person, period__contains=until)
    current.filter(period__startswith=until).delete()
    current.update(period=Func(Func(F("period"), function="lower"), until, function="daterange"))
