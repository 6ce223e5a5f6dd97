"""Who, among all registered people, a description may already be."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from serasi.access.models import User
from serasi.common.names import search_words
from serasi.people.models import Distinction, Person
from serasi.people.queries.search import Card, Wanted, cards_by_name, cards_by_numbers, reasons_for

LIKELY = 0.72
"""The least likeness of names at which a person is shown before a new record is made."""
_ENOUGH = 0.6
"""The least part of its words by which a name may still come to `LIKELY`, with something to spare."""
MOST_SHOWN = 8
_MOST_BY_NUMBER = 20
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

    @property
    def has_number(self) -> bool:
        return bool(self.nik or self.kk or self.phone)

    @property
    def wanted(self) -> Wanted:
        """What the register is asked; years are taken loosely."""
        first, last = self.birth_year_from, self.birth_year_to
        return Wanted(
            nik=self.nik,
            kk=self.kk,
            phone=self.phone,
            words=tuple(search_words(self.full_name)),
            sex=self.sex if self.sex in {"L", "P"} else "",
            year_from=first - _YEAR_SLACK if first else None,
            year_to=last + _YEAR_SLACK if last else None,
        )


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
    decided = {besides.pk} | kept_apart_from(besides) if besides else frozenset[UUID]()
    return likely_matches_of_each(by=by, described=[described], decided=decided)[0]


def likely_matches_of_each(
    *, by: User, described: Sequence[Described], decided: AbstractSet[UUID] = frozenset()
) -> list[tuple[Match, ...]]:
    """The likely matches of many, in the same three queries. Who was ``decided`` to be someone else is left out."""
    wanted = [one.wanted for one in described]
    numbered = cards_by_numbers(wanted, most=_MOST_BY_NUMBER) if any(one.has_number for one in described) else None
    named = cards_by_name(wanted, likeness=LIKELY, most=MOST_SHOWN) if any(one.words for one in wanted) else None
    found = [
        _Found(
            one,
            {card.person_id: card for card in numbered[at] if card.person_id not in decided} if numbered else {},
            {card.person_id: card for card in named[at] if card.person_id not in decided} if named else {},
        )
        for at, one in enumerate(described)
    ]
    shown = [one.surest() for one in found]
    open_ids = {card.person_id for cards in shown for card in cards if card.is_open}
    people = Person.objects.visible_to(by).in_bulk(open_ids) if open_ids else {}
    return [
        tuple(Match(card, one.why(card, people.get(card.person_id)), people.get(card.person_id)) for card in cards)
        for one, cards in zip(found, shown, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Found:
    """Who was found by the numbers and by the name of one who is described."""

    described: Described
    numbered: dict[UUID, Card]
    named: dict[UUID, Card]

    def surest(self) -> list[Card]:
        """The same NIK is enough; of one household or one telephone, only who also has the name is likely the same."""
        by_number = {pk: card for pk, card in self.numbered.items() if card.way == "nik" or pk in self.named}
        merged = self.named | by_number
        return sorted(merged.values(), key=lambda c: (c.way != "nik", c.way not in {"kk", "phone"}, -c.score))[
            :MOST_SHOWN
        ]

    def why(self, card: Card, person: Person | None) -> tuple[str, ...]:
        described, named = self.described, self.named.get(card.person_id)
        reasons = list(reasons_for(card, described.full_name, person))
        if named is not None and named is not card:
            reasons += reasons_for(named, described.full_name, person)
        years = (described.birth_year_from, described.birth_year_to)
        if described.birth_date and person is not None and person.birth_date == described.birth_date:
            reasons.append(_("tanggal lahir sama"))
        elif card.year_from is not None and None not in years:
            is_same = (card.year_from, card.year_to) == years
            reasons.append(_("tahun lahir sama") if is_same else _("tahun lahir berdekatan"))
        return tuple(dict.fromkeys(reasons))


def alike_among(described: Sequence[Described]) -> frozenset[int]:
    """The places of those who might be a likely match of someone before them in the row, were that one registered.

    Generous where the search is exact: words count as near that share a form (see `_forms`), and names as alike when
    enough of their words are near. Costs no query.
    """
    by_form: dict[str, set[int]] = defaultdict(set)
    by_nik: set[str] = set()
    lengths: list[int] = []
    alike: set[int] = set()
    for place, one in enumerate(described):
        words = dict.fromkeys(search_words(one.full_name))
        forms = [_forms(word) for word in words]
        near = Counter(other for mine in forms for other in set().union(*(by_form[form] for form in mine)))
        if one.nik in by_nik or any(
            count >= _ENOUGH * max(len(words), lengths[other]) for other, count in near.items()
        ):
            alike.add(place)
        for form in itertools.chain.from_iterable(forms):
            by_form[form].add(place)
        if one.nik:
            by_nik.add(one.nik)
        lengths.append(len(words))
    return frozenset(alike)


def _forms(word: str) -> set[str]:
    """The word, how it begins and ends, and the word with each letter left out: what it shares with a near one."""
    return {word, f"{word[:3]}…", f"…{word[-4:]}", *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def kept_apart_from(person: Person) -> frozenset[UUID]:
    """Who looks like this person and was decided to be someone else. One query."""
    pairs = Distinction.objects.filter(Q(person=person) | Q(other=person)).values_list("person_id", "other_id")
    return frozenset(pk for pair in pairs for pk in pair) - {person.pk}
