"""What a device and the desk say differently about people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from serasi.access.models import User
from serasi.access.scope import today
from serasi.fieldwork.enums import Fact
from serasi.fieldwork.models import Difference
from serasi.fieldwork.queries.caseload import homes_of
from serasi.people.models import Address, Person, PersonTeam

MOST_SHOWN: Final = 100


def standing_of(person: Person) -> dict[Fact, str]:
    """What stands at the desk now (1 query)."""
    return _standing(person, homes_of([person], today()))


def _standing(person: Person, homes: dict[UUID, Address]) -> dict[Fact, str]:
    home = homes.get(person.pk)
    return {Fact.PHONE: person.phone, Fact.ADDRESS: home.line if home else "", Fact.NICKNAME: person.nickname}


@dataclass(frozen=True, slots=True)
class Undecided:
    """A difference with what stands at the desk now, and whose it is as the reader may know them."""

    difference: Difference
    person_name: str
    standing: str


def undecided_for(user: User) -> list[Undecided]:
    """What this user may decide on: differences about people whose data they may change (3 queries)."""
    rows = list(
        Difference.objects.visible_to(user)
        .open()
        .select_related("person", "submission__user", "submission__device")
        .order_by("person__sort_key", "submission__received_at", "fact")[:MOST_SHOWN]
    )
    people = {one.person_id: one.person for one in rows}
    _note_teams(list(people.values()), user)
    homes = homes_of(list(people.values()), today())
    return [
        Undecided(one, one.person.shown_name(to=user), _standing(one.person, homes)[Fact(one.fact)]) for one in rows
    ]


def _note_teams(people: Sequence[Person], reader: User) -> None:
    """Whether the reader is with each of them, read for all at once (1 query)."""
    rows = PersonTeam.objects.filter(person__in=people, user=reader, until_at=None)
    mine = set(rows.values_list("person_id", flat=True))
    for person in people:
        person.__dict__["reader_id"], person.__dict__["is_team_of_reader"] = reader.pk, person.pk in mine
