"""Finding people: by name however it is spelt, by number, by whatever upper apps add.

The whole register is searched; who lies outside the reader's units comes back as a short card, and the sealed do not
come back at all. The database function checks the permission and logs that someone searched, not what for.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from serasi.access.models import User
from serasi.common.encryption import keyed_hash
from serasi.common.names import explain, search_words
from serasi.common.sentences import sentence as _
from serasi.people.models import Person
from serasi.people.permissions import SEARCH
from serasi.people.registry import finders

MOST = 25
_YEAR = re.compile(r"(?:\b(?:lahir|kelahiran|th|thn|tahun)\b[\s.:]*)*(?<!\d)((?:19|20)\d{2})(?!\d)", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\(?\d(?:[\s.\-()]*\d){7,}(?![\w-])")
_TELEPHONE = re.compile(r"(?:00?62|62|0)?8\d{7,11}|0\d{8,11}")
_YEAR_SLACK = 2
_WORTH_SHOWING = 0.25
"""The least likeness of a name that a search shows: one word of four the same, or one of two that is like it."""


@dataclass(frozen=True, slots=True)
class Card:
    """What anyone who may search sees of a person: enough to recognise re-entry, no name, no unit."""

    person_id: UUID
    score: float
    way: str
    is_open: bool
    initials: str
    sex: str
    year_from: int | None
    year_to: int | None
    region: str


@dataclass(frozen=True, slots=True)
class Found:
    """One search result. ``person`` is there only when the reader may open it."""

    card: Card
    reasons: tuple[str, ...]
    person: Person | None = field(default=None, compare=False)

    @property
    def person_id(self) -> UUID:
        return self.card.person_id


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, understood."""

    words: tuple[str, ...] = ()
    name: str = ""
    nik: str = ""
    phones: tuple[str, ...] = ()
    ids: tuple[UUID, ...] = ()
    year: int | None = None

    @property
    def is_number(self) -> bool:
        return bool(self.nik or self.phones or self.ids)


def understand(text: str) -> Asked:
    """Read the search box: a NIK or KK, a telephone number, a record id, or a name with perhaps a year of birth.

    A number counts however it is grouped and whatever is written beside it, as it is copied from a card or a message.
    """
    text = " ".join(text.replace("\x00", " ").split())[:200]
    try:
        return Asked(ids=(UUID(text),))
    except ValueError:
        pass
    if number := _NUMBER.search(text):
        digits = re.sub(r"\D", "", number[0])
        if len(digits) == 16:
            return Asked(nik=digits)
        # Alone, any number of that length is a telephone; beside words it must look like one.
        if len(digits) < 16 and (number[0] == text or _TELEPHONE.fullmatch(digits)):
            return Asked(phones=_phones(digits))
    year = _YEAR.search(text)
    name = _YEAR.sub(" ", text) if year else text
    return Asked(words=tuple(search_words(name))[:6], name=name.strip(), year=int(year[1]) if year else None)


def _phones(digits: str) -> tuple[str, ...]:
    national = re.sub(r"^(?:0062|62|0)", "", digits)
    return (f"+62{national}", digits, f"0{national}")


def find_people(
    *,
    by: User,
    text: str,
    sex: str = "",
    year: int | None = None,
    region_id: str = "",
    own_units_only: bool = False,
    most: int = MOST,
) -> tuple[Found, ...]:
    """People who may be meant by a text, best first. Two queries (a name) or two and one for each finder (else)."""
    asked = understand(text)
    if asked.nik or asked.phones or asked.ids:
        cards_ = _lookup(niks=[asked.nik], kks=[asked.nik], phones=asked.phones, ids=asked.ids, most=most)
    else:
        cards_ = _by_name(asked.words, sex, year or asked.year, region_id, own_units_only=own_units_only, most=most)
    elsewhere = _by_finders(by, text, {card.person_id for card in cards_})
    people = _people(by, [card.person_id for card in cards_ if card.is_open])
    found = [
        Found(card, reasons_for(card, asked.name, people.get(card.person_id)), people.get(card.person_id))
        for card in cards_
    ]
    return (*elsewhere, *found)


def cards(*, by: User, ids: Sequence[UUID]) -> tuple[Card, ...]:
    """The cards of these people as far as they may be known to exist. One query."""
    del by  # the database knows who asks
    return _lookup(ids=ids, most=len(ids) or 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One of several people who are looked for at once, by numbers and by the folded words of a name."""

    nik: str = ""
    kk: str = ""
    phone: str = ""
    words: tuple[str, ...] = ()
    sex: str = ""
    year_from: int | None = None
    year_to: int | None = None


def cards_by_numbers(wanted: Sequence[Wanted], *, most: int) -> list[list[Card]]:
    """The people with each one's NIK, family card or telephone, in the whole register. One query for all of them."""
    return _call_each(
        "(SELECT * FROM unnest(%s::bytea[], %s::bytea[], %s::text[]) WITH ORDINALITY AS asked (nik, kk, phone, place)"
        " WHERE num_nonnulls(nik, kk, phone) > 0)",
        "people_lookup(array_remove(ARRAY[nik], NULL), array_remove(ARRAY[kk], NULL), array_remove(ARRAY[phone], NULL),"
        " ARRAY[]::uuid[], %s)",
        [
            [keyed_hash(one.nik, "nik") if one.nik else None for one in wanted],
            [keyed_hash(one.kk, "kk") if one.kk else None for one in wanted],
            [one.phone or None for one in wanted],
            most,
        ],
        len(wanted),
    )


def cards_by_name(wanted: Sequence[Wanted], *, likeness: float, most: int) -> list[list[Card]]:
    """The people with each one's name at least so much alike, in the whole register. One query for all of them."""
    return _call_each(
        "(SELECT * FROM unnest(%s::text[], %s::text[], %s::int[], %s::int[]) WITH ORDINALITY"
        " AS asked (name, sex, year_from, year_to, place) WHERE name <> '')",
        "people_search(string_to_array(asked.name, ' '), asked.sex, asked.year_from, asked.year_to, '', false, %s, %s)",
        [
            [" ".join(one.words) for one in wanted],
            [one.sex for one in wanted],
            [one.year_from for one in wanted],
            [one.year_to for one in wanted],
            likeness,
            most,
        ],
        len(wanted),
    )


def reasons_for(card: Card, typed: str, person: Person | None) -> tuple[str, ...]:
    """Why a card was found, in words. Outside one's own units the name is not spelt out."""
    way, _colon, kind = card.way.partition(":")
    numbers = {
        "nik": _("NIK sama"),
        "kk": _("nomor KK sama"),
        "phone": _("nomor telepon sama"),
        "id": _("nomor data sama"),
    }
    if way in numbers:
        return (numbers[way],)
    if person is not None:
        known = {"full": person.full_name, "nick": person.nickname}.get(kind)
        spelt = explain(typed, known) if known else []
        if spelt:
            return tuple(spelt)
    which = {
        "nick": _("nama panggilan"),
        "alias": _("nama lain"),
        "merged": _("nama pada data yang sudah digabung"),
    }.get(kind, _("nama"))
    return ((_("%(name)s sama atau sama bunyinya") if way == "same" else _("%(name)s mirip")) % {"name": which},)


def _by_name(
    words: Sequence[str], sex: str, year: int | None, region_id: str, *, own_units_only: bool, most: int
) -> tuple[Card, ...]:
    if not words:
        return ()
    first, last = (year - _YEAR_SLACK, year + _YEAR_SLACK) if year else (None, None)
    return _call(
        "people_search",
        [list(words), sex, first, last, region_id, own_units_only, _WORTH_SHOWING, most],
        "%s::text[], %s, %s, %s, %s, %s, %s, %s",
    )


def _lookup(
    *,
    niks: Iterable[str] = (),
    kks: Iterable[str] = (),
    phones: Iterable[str] = (),
    ids: Iterable[UUID] = (),
    most: int,
) -> tuple[Card, ...]:
    return _call(
        "people_lookup",
        [
            [keyed_hash(nik, "nik") for nik in niks if nik],
            [keyed_hash(kk, "kk") for kk in kks if kk],
            list(phones),
            list(ids),
            most,
        ],
        "%s::bytea[], %s::bytea[], %s::text[], %s::uuid[], %s",
    )


def _call(function: str, values: list[Any], places: str) -> tuple[Card, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({places})", values)  # noqa: S608  (names of our own)
        return tuple(_card(row) for row in cursor.fetchall())


def _call_each(asked: str, function: str, values: list[Any], count: int) -> list[list[Card]]:
    found: list[list[Card]] = [[] for _one in range(count)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT found.*, asked.place FROM {asked} asked CROSS JOIN LATERAL {function} found",  # noqa: S608  (as above)
            values,
        )
        for *row, place in cursor.fetchall():
            found[place - 1].append(_card(row))
    return found


def _card(row: Sequence[Any]) -> Card:
    person_id, score, way, is_open, initials, sex, year_from, year_to, region = row
    return Card(
        person_id=person_id,
        score=score,
        way=way,
        is_open=is_open,
        initials=initials or _("tanpa nama"),
        sex=sex,
        year_from=year_from,
        year_to=year_to,
        region=region or "",
    )


def _people(by: User, ids: Sequence[UUID]) -> dict[UUID, Person]:
    """Those whom the search found to be open to the reader."""
    return Person.objects.as_read_by(by).in_bulk(ids) if ids else {}


def _by_finders(by: User, text: str, already: set[UUID]) -> list[Found]:
    found: list[Found] = []
    for finder in finders():
        ids = [pk for pk in finder.find(by, text) if pk not in already]
        for person in Person.objects.visible_to(by).filter(pk__in=ids) if ids else ():
            card = Card(
                person_id=person.pk,
                score=1.0,
                way="finder",
                is_open=True,
                initials=person.initials,
                sex=person.sex,
                year_from=person.birth_year_from,
                year_to=person.birth_year_to,
                region="",
            )
            found.append(Found(card, (str(finder.reason),), person))
            already.add(person.pk)
    return found


def may_search(user: User) -> bool:
    return user.scope.has(SEARCH)
