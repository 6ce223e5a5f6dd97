"""What the page of one person shows, each part read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload
from uuid import UUID

from serasi.access.models import User
from serasi.access.queries import LookRow, who_opened
from serasi.institutions.models import Region
from serasi.people.enums import HEALTH_KINDS
from serasi.people.models import (
    Address,
    Alias,
    Consent,
    Household,
    HouseholdMember,
    Merge,
    Person,
    PersonKind,
    PersonUnit,
    Relationship,
)
from serasi.people.registry import file_finders

REGION_PATH = "region__parent__parent__parent"


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Eight queries, whatever the person has."""

    person: Person
    units: tuple[PersonUnit, ...]
    aliases: tuple[Alias, ...]
    addresses: tuple[Address, ...]
    household: Household | None
    members: tuple[HouseholdMember, ...]
    relationships: tuple[Relationship, ...]
    kinds: tuple[PersonKind, ...]
    consents: tuple[Consent, ...]
    merges: tuple[Merge, ...]


def person_page(person: Person, reader: User, *, on: date) -> PersonPage:
    members = tuple(
        HouseholdMember.objects.filter(household__members__person=person, household__members__period__contains=on)
        .filter(period__contains=on)
        .select_related("household", "person")
        .order_by("person__birth_year_from", "id")
        .distinct()
    )
    return PersonPage(
        person=person,
        units=person.known_units(),
        aliases=tuple(person.aliases.all()),
        addresses=tuple(person.addresses.select_related(REGION_PATH)),
        household=next((member.household for member in members), None),
        members=members,
        relationships=tuple(person.relationships.select_related("other")),
        kinds=tuple(person.kinds.readable_by(reader).select_related("kind__cluster", "kind__pas")),
        consents=tuple(person.consents.select_related("explained_by")),
        merges=tuple(person.merges.filter(undone_at=None).select_related("absorbed")),
    )


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    household: Household
    members: tuple[HouseholdMember, ...]


def household_page(reader: User, pk: UUID) -> HouseholdPage | None:
    """A household and those of its members, now and before, whom the reader may see; None when there are none."""
    members = tuple(
        HouseholdMember.objects.filter(
            household=pk, person__in=Person.objects.visible_to(reader).order_by().values("pk")
        )
        .select_related("person", "household__region__parent__parent__parent")
        .order_by("period", "person__birth_year_from", "id")
    )
    return HouseholdPage(members[0].household, members) if members else None


class PeopleListed(Sequence[Person]):
    """People the reader may open, by name; counting them and cutting a piece out each cost a query or two.

    Which people stand on a page is read from the unit rows, which repeat the name that lists are sorted by: of the
    thousands whom a unit knows, only those who are shown are read whole.
    """

    def __init__(self, reader: User, *, kind: str = "", sex: str = "", year: int | None = None) -> None:
        wanted: dict[str, Any] = {}
        if sex:
            wanted |= {"sex": sex}
        if year:
            wanted |= {"birth_year_from__lte": year, "birth_year_to__gte": year}
        if kind and kind not in HEALTH_KINDS:
            wanted |= {"pk__in": PersonKind.objects.filter(kind=kind).values("person_id")}
        known = PersonUnit.objects.open_to(reader).exclude(listed_as=None).order_by()
        known = known.filter(**{f"person__{fact}": value for fact, value in wanted.items()})
        near = Person.objects.in_circle_of(reader).not_merged().filter(**wanted).order_by()
        self._reader = reader
        self._rows = known.values_list("listed_as", "person_id").union(near.values_list("sort_key", "pk"))

    def __len__(self) -> int:
        return self._rows.count()

    @overload
    def __getitem__(self, part: int) -> Person: ...

    @overload
    def __getitem__(self, part: slice) -> list[Person]: ...

    def __getitem__(self, part: int | slice) -> Person | list[Person]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        ids = [pk for _name, pk in self._rows.order_by("listed_as", "person_id")[part]]
        people = Person.objects.as_read_by(self._reader).in_bulk(ids)
        return [people[pk] for pk in ids if pk in people]


def looks_at(person: Person, reader: User) -> list[LookRow]:
    """Who opened this person, or what upper apps keep of them as far as the reader may know of it; latest first."""
    ids = [person.pk, *person.absorbed.values_list("pk", flat=True)]
    return who_opened(*ids, *(found for find in file_finders() for found in find(reader, ids)))


def region_path(region: Region | None) -> str:
    """ "Senen, Kec. Senen, Jakarta Pusat, DKI Jakarta" without a query, when the parents were read with it."""
    names = []
    while region is not None:
        names.append(region.name)
        region = region.parent
    return ", ".join(names)
