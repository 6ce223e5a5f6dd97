"""The register as matching reads it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.db.models import Case, IntegerField, OuterRef, Subquery, Value, When

from serasi.people.enums import AddressKind, Confidentiality, Sex
from serasi.people.linkage import subject
from serasi.people.models import Address, HouseholdMember, Person

AT_ONCE: Final = 2_000
_NEAREST: Final = {AddressKind.DOMICILE: 0, AddressKind.ORIGIN: 1, AddressKind.FOUND: 2}


def subjects(on: date) -> Iterator[subject.Person]:
    """Everybody who is not sealed and not merged, one after the other (1 query). For the system: it sees all units."""
    people: Any = Person.objects.not_merged().exclude(confidentiality=Confidentiality.SEALED).order_by("pk")
    near = Case(*(When(kind=kind, then=Value(place)) for kind, place in _NEAREST.items()), output_field=IntegerField())
    homes = Address.objects.filter(person=OuterRef("pk"), period__contains=on, region__isnull=False)
    families = HouseholdMember.objects.filter(person=OuterRef("pk"), period__contains=on)
    rows = people.annotate(
        lives_in=Subquery(homes.order_by(near, "-period").values("region")[:1]),
        family_card=Subquery(families.order_by("pk").values("household__kk")[:1]),
    )
    for one in rows.iterator(chunk_size=AT_ONCE):
        yield subject.Person(
            id=str(one.pk),
            name=one.full_name or one.nickname,
            sex=one.sex if one.sex in {Sex.MALE, Sex.FEMALE} else None,
            birth_date=one.birth_date,
            birth_years=(one.birth_year_from, one.birth_year_to) if one.birth_year_from is not None else None,
            nik=one.nik,
            kk=one.family_card,
            mother=one.mother_name or None,
            region=one.lives_in,
        )
