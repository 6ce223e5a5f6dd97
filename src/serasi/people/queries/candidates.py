"""Records that may be one person, as one reader may know them: names where they may open, a short card elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import F

from serasi.access.models import User
from serasi.access.scope import Guard
from serasi.people.models import Candidate, Enquiry, Person
from serasi.people.permissions import MERGE
from serasi.people.queries.search import Card, cards

MOST_PAIRS: Final = 300
"""Pairs that are shown; the surest first."""
MOST_ENQUIRIES: Final = 100


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. ``person`` is there only where the reader may open it."""

    card: Card
    person: Person | None

    @property
    def pk(self) -> UUID:
        return self.card.person_id


@dataclass(frozen=True, slots=True)
class Seen:
    """A pair; first the side that the reader may open."""

    candidate: Candidate
    one: Side
    two: Side

    @property
    def is_mine(self) -> bool:
        """Whether the reader may open both, and so decide alone."""
        return self.one.person is not None and self.two.person is not None


@dataclass(frozen=True, slots=True)
class Group:
    """Records that hang together by pairs, the surest pair first."""

    pairs: tuple[Seen, ...]

    @property
    def sides(self) -> tuple[Side, ...]:
        found = {side.pk: side for pair in self.pairs for side in (pair.one, pair.two)}
        return tuple(found.values())

    @property
    def surest(self) -> Seen:
        return self.pairs[0]


def groups_for(reader: User) -> list[Group]:
    """What this reader may look into, the surest first (3 queries). A pair with somebody who is not to be known of is
    not there."""
    found = Candidate.objects.visible_to(reader).open().order_by("-weight", "pk")[:MOST_PAIRS]
    return _grouped(_seen(reader, list(found)))


def group_of(reader: User, pk: UUID) -> Group | None:
    """The group of one pair, that pair first; None where there is none for this reader."""
    group = next((one for one in groups_for(reader) if any(pair.candidate.pk == pk for pair in one.pairs)), None)
    if group is None:
        return None
    return Group(tuple(sorted(group.pairs, key=lambda pair: pair.candidate.pk != pk)))


def enquiries_for(reader: User) -> tuple[list[tuple[Enquiry, Side, Side]], list[tuple[Enquiry, Side, Side]]]:
    """What waits for this reader's answer, and what their units asked; each with both sides, one's own first.

    Of the latest: those that wait before those that are answered.
    """
    seen = Enquiry.objects.visible_to(reader).select_related("unit", "to_unit", "asked_by", "answered_by")
    rows = list(seen.order_by(F("answered_at").desc(nulls_first=True), "-asked_at", "pk")[:MOST_ENQUIRIES])
    sides = _sides(reader, {pk for row in rows for pk in (row.person_id, row.other_id)})
    asked: list[tuple[Enquiry, Side, Side]] = []
    waiting: list[tuple[Enquiry, Side, Side]] = []
    for row in rows:
        if row.person_id not in sides or row.other_id not in sides:
            continue
        theirs, ours = sides[row.person_id], sides[row.other_id]
        if reader.scope.allows(MERGE, Guard(row.to_unit.path)):
            waiting.append((row, ours, theirs))
        else:
            asked.append((row, theirs, ours))
    return waiting, asked


def _seen(reader: User, found: Sequence[Candidate]) -> list[Seen]:
    sides = _sides(reader, {pk for one in found for pk in (one.person_id, one.other_id)})
    pairs = []
    for one in found:
        both = [sides[pk] for pk in (one.person_id, one.other_id) if pk in sides]
        if len(both) == 2:
            first, second = sorted(both, key=lambda side: side.person is None)
            pairs.append(Seen(one, first, second))
    return pairs


def _sides(reader: User, ids: Iterable[UUID]) -> dict[UUID, Side]:
    """Both queries at most: the cards, and the people behind those that are open."""
    wanted = list(ids)
    known = {card.person_id: card for card in cards(by=reader, ids=wanted)} if wanted else {}
    open_ids = [pk for pk, card in known.items() if card.is_open]
    people = Person.objects.as_read_by(reader).in_bulk(open_ids) if open_ids else {}
    return {pk: Side(card, people.get(pk)) for pk, card in known.items()}


def _grouped(pairs: Sequence[Seen]) -> list[Group]:
    """Pairs that share a record, together; groups and pairs in the order in which they came."""
    head: dict[UUID, UUID] = {}

    def root(pk: UUID) -> UUID:
        while head.setdefault(pk, pk) != pk:
            head[pk] = head[head[pk]]
            pk = head[pk]
        return pk

    for pair in pairs:
        head[root(pair.two.pk)] = root(pair.one.pk)
    groups: dict[UUID, list[Seen]] = {}
    for pair in pairs:
        groups.setdefault(root(pair.one.pk), []).append(pair)
    return [Group(tuple(members)) for members in groups.values()]
