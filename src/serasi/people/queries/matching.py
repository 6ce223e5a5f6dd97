"""Who, among all registered people, a description may already be."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from serasi.access.models import User
from serasi.common.names import search_words
from serasi.people.models import Distinction, Person
from serasi.people.queries.search import Card, lookup, reasons_for, search_names

LIKELY = 0.72
"""The least likeness of names at which a person is shown before a new record is made."""
MOST_SHOWN = 8
_YEAR_SLACK = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is known of someone about to be registered."""

    full_name: str = ""
    sex: str = ""
    birth_date: date | None = None
    birth_year_from: int | None = None
    birth_year_to: int | None = None
    nik: str = ""
    kk: str = ""
    phone: str = ""
    region_id: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Someone registered who may be the one described, and why."""

    card: Card
    reasons: tuple[str, ...]
    person: Person | None = field(default=None, compare=False)

    @property
    def person_id(self) -> UUID:
        return self.card.person_id

    @property
    def has_same_nik(self) -> bool:
        return self.card.way == "nik"


def likely_matches(*, by: User, described: Described, besides: Person | None = None) -> tuple[Match, ...]:
    """Likely matches, surest first; at most three queries. Sealed people never match, so nothing tells of them.

    With ``besides``, who is registered already: never that record itself, nor who was decided to be someone else (one
    query more).
    """
    decided = {besides.pk} | kept_apart_from(besides) if besides else frozenset()
    cards: dict[UUID, Card] = {}
    if described.nik or described.phone or described.kk:
        for card in lookup(nik=described.nik, phone=described.phone, kk=described.kk, most=20):
            if card.person_id not in decided and (card.way != "kk" or _is_alike(card, described)):
                cards[card.person_id] = card
    words = search_words(described.full_name)
    named: dict[UUID, Card] = {}
    if words:
        first, last = described.birth_year_from, described.birth_year_to
        for card in search_names(
            words,
            sex=described.sex if described.sex in {"L", "P"} else "",
            year_from=first - _YEAR_SLACK if first else None,
            year_to=last + _YEAR_SLACK if last else None,
            most=MOST_SHOWN,
        ):
            if card.score >= LIKELY and card.person_id not in decided:
                named[card.person_id] = card
    for pk, card in list(cards.items()):
        # Of one household or one telephone, only who also has the name is likely the same.
        if card.way in {"kk", "phone"} and pk not in named:
            del cards[pk]
    merged = {**cards, **{pk: card for pk, card in named.items() if pk not in cards}}
    shown = sorted(merged.values(), key=lambda c: (c.way != "nik", c.way not in {"kk", "phone"}, -c.score))[:MOST_SHOWN]
    people = (
        {
            person.pk: person
            for person in Person.objects.visible_to(by).filter(pk__in=[c.person_id for c in shown if c.is_open])
        }
        if any(card.is_open for card in shown)
        else {}
    )
    return tuple(
        Match(
            card,
            _why(card, named.get(card.person_id), described, people.get(card.person_id)),
            people.get(card.person_id),
        )
        for card in shown
    )


def kept_apart_from(person: Person) -> frozenset[UUID]:
    """Who looks like this person and was decided to be someone else. One query."""
    pairs = Distinction.objects.filter(Q(person=person) | Q(other=person)).values_list("person_id", "other_id")
    return frozenset(pk for pair in pairs for pk in pair) - {person.pk}


def _is_alike(card: Card, described: Described) -> bool:
    return described.sex not in {"L", "P"} or card.sex in {described.sex, "X"}


def _why(card: Card, named: Card | None, described: Described, person: Person | None) -> tuple[str, ...]:
    reasons = list(reasons_for(card, described.full_name, person))
    if named is not None and named is not card:
        reasons += reasons_for(named, described.full_name, person)
    if described.birth_date and person is not None and person.birth_date == described.birth_date:
        reasons.append(_("tanggal lahir sama"))
    elif card.year_from is not None and described.birth_year_from is not None and described.birth_year_to is not None:
        if card.year_from == described.birth_year_from and card.year_to == described.birth_year_to:
            reasons.append(_("tahun lahir sama"))
        else:
            reasons.append(_("tahun lahir berdekatan"))
    return tuple(dict.fromkeys(reasons))
