"""What people are entitled to and get, as the lists tell it that this reader may use: one picture for each person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from serasi.access.models import User
from serasi.entitlements.enums import Standing
from serasi.entitlements.models import Delivery, Match, PersonCheck
from serasi.entitlements.queries.candidates import on_cards_of
from serasi.entitlements.reference import (
    DTSEN,
    Condition,
    Programme,
    Reason,
    component_named,
    programmes,
    reason_for,
)
from serasi.people.models import HouseholdMember, Person


@dataclass(frozen=True, slots=True)
class OnProgramme:
    """A person on the lists of one programme: how it stands, by which rows, and if not listed, why that may be."""

    programme: Programme
    standing: Standing
    now: tuple[Match, ...]
    before: tuple[Match, ...]
    lists: tuple[Delivery, ...]
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class InFamily:
    """Others on the same family card, in one list: what they are there for, how many."""

    programme: Programme
    delivery: Delivery
    component: str
    members: int


@dataclass(slots=True)
class Picture:
    """One person. ``latest`` is when they were last looked up; ``denied`` are rows that somebody called wrong."""

    person: Person
    on: list[OnProgramme] = field(default_factory=list)
    family: list[InFamily] = field(default_factory=list)
    latest: PersonCheck | None = None
    denied: list[Match] = field(default_factory=list)
    has_card: bool = False

    @property
    def has_nik(self) -> bool:
        return self.person.nik_hash is not None

    @property
    def desil(self) -> int | None:
        """Of the family, as the latest list in force tells it."""
        return next((m.entry.desil for one in self.on for m in one.now if m.stands and m.entry.desil), None)

    def standing_on(self, programme: str) -> Standing:
        return next(one.standing for one in self.on if one.programme.code == programme)

    @property
    def must_be_asked(self) -> bool:
        """Whether a list is there in which nobody looked yet."""
        return any(one.standing is Standing.NOT_ASKED for one in self.on)

    @property
    def doubtful(self) -> int:
        return sum(one.standing is Standing.DOUBTFUL for one in self.on)


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists that a reader may use, each with whether a newer one covers its area."""

    kept: tuple[Delivery, ...]

    @property
    def in_force(self) -> tuple[Delivery, ...]:
        return tuple(one for one in self.kept if not one.is_superseded)

    def of(self, programme: str) -> tuple[Delivery, ...]:
        return tuple(one for one in self.in_force if one.programme == programme)


def lists_for(reader: User) -> Lists:
    """One query."""
    return Lists(tuple(Delivery.objects.usable_by(reader).with_newer().select_related("unit")))


def months_old(period: str, today: date) -> int:
    """How many months ago the month of a period was."""
    return (today.year - int(period[:4])) * 12 + today.month - int(period[5:])


def pictures_of(people: Sequence[Person], *, lists: Lists, reader: User) -> list[Picture]:
    """The pictures of these people, in their order. Six queries, however many they are."""
    ids = [person.pk for person in people]
    pictures = {person.pk: Picture(person) for person in people}
    matches: dict[UUID, list[Match]] = defaultdict(list)
    visible = Match.objects.visible_to(reader).filter(person__in=ids)
    for match in visible.filter(is_right=False).select_related("decided_by").order_by("decided_at"):
        pictures[match.person_id].denied.append(match)  # its entry is nobody's to read
    for match in visible.not_wrong().select_related("entry__delivery").order_by("found_at"):
        matches[match.person_id].append(match)
    checks = PersonCheck.objects.filter(person__in=ids).order_by("person_id", "-checked_at").distinct("person_id")
    for check in checks.select_related("checked_by"):
        pictures[check.person_id].latest = check
    today = timezone.localdate()
    cards = HouseholdMember.objects.filter(person__in=ids, period__contains=today, household__kk_hash__isnull=False)
    for person_id in cards.values_list("person_id", flat=True):
        pictures[person_id].has_card = True
    by_id = {one.pk: one for one in lists.in_force}
    for card in on_cards_of(ids):
        if delivery := by_id.get(card.delivery_id):
            programme = programmes()[delivery.programme]
            pictures[card.person_id].family.append(
                InFamily(programme, delivery, words_of(card.component), card.members)
            )
    for person_id, picture in pictures.items():
        _fill(picture, matches[person_id], lists)
    return [pictures[person.pk] for person in people]


def words_of(component: str) -> str:
    """A component by its name, or as the list has it."""
    known = component_named(component)
    return str(known) if known else component


def _fill(picture: Picture, matches: Sequence[Match], lists: Lists) -> None:
    in_force = {one.pk for one in lists.in_force}
    seen = set(picture.latest.deliveries) if picture.latest else set()
    by_programme: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        by_programme[match.entry.delivery.programme].append(match)
    stand: dict[str, OnProgramme] = {}
    for programme in programmes():
        of, mine = lists.of(programme.code), by_programme[programme.code]
        now = tuple(match for match in mine if match.entry.delivery_id in in_force)
        before = tuple(match for match in mine if match.entry.delivery_id not in in_force)
        standing = _standing(of, now, {one.pk for one in of} <= seen)
        stand[programme.code] = OnProgramme(programme, standing, now, before, of)
    facts = _facts(picture, stand)
    desil = next((m.entry.desil for one in stand.values() for m in one.now if m.stands and m.entry.desil), None)
    picture.on = [
        one
        if one.standing is not Standing.NOT_LISTED
        else OnProgramme(
            one.programme, one.standing, one.now, one.before, one.lists, _reason(picture, one, facts, desil)
        )
        for one in stand.values()
    ]


def _standing(lists: Sequence[Delivery], now: Sequence[Match], was_asked: bool) -> Standing:  # noqa: FBT001
    if any(match.stands for match in now):
        return Standing.LISTED
    if now:
        return Standing.DOUBTFUL
    if not lists:
        return Standing.NO_LIST
    return Standing.NOT_LISTED if was_asked else Standing.NOT_ASKED


def _facts(picture: Picture, stand: dict[str, OnProgramme]) -> set[Condition]:
    facts: set[Condition] = set()
    if not picture.has_nik:
        facts.add("no_nik")
    if not picture.has_card:
        facts.add("no_kk")
    if stand[DTSEN].standing is Standing.LISTED:
        facts.add("in_dtsen")
    elif stand[DTSEN].standing is Standing.NOT_LISTED:
        facts.add("not_in_dtsen")
    return facts


def _reason(picture: Picture, one: OnProgramme, facts: set[Condition], desil: int | None) -> Reason | None:
    own = set(facts)
    if desil and one.programme.desil_until and desil > one.programme.desil_until:
        own.add("desil_above")
    if any(line.programme.code == one.programme.code for line in picture.family):
        own.add("family_listed")
    return reason_for(one.programme.code, own)


@dataclass(frozen=True, slots=True)
class MemberPicture:
    """Somebody of the household whom the reader may see."""

    person: Person
    relation: str
    programmes: tuple[str, ...]


def family_of(person: Person, *, reader: User, at: datetime) -> list[MemberPicture]:
    """The others of the household, with the programmes in whose lists in force they stand. Two queries."""
    today = timezone.localdate(at)
    own = HouseholdMember.objects.filter(person=person, period__contains=today).values("household")
    people: Any = (
        Person.objects.visible_to(reader)
        .filter(memberships__household__in=own, memberships__period__contains=today)
        .exclude(pk=person.pk)
        .annotate(relation=F("memberships__relation"))
        .order_by("sort_key", "pk")
    )
    members = list(people)
    names: dict[UUID, dict[str, None]] = defaultdict(dict)
    in_force = Delivery.objects.usable_by(reader).in_force()
    found = Match.objects.visible_to(reader).standing().filter(person__in=members, entry__delivery__in=in_force)
    for match in found.select_related("entry__delivery"):
        names[match.person_id][str(programmes()[match.entry.delivery.programme])] = None
    return [MemberPicture(one, one.relation, tuple(names[one.pk])) for one in members]
