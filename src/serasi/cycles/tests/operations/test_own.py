"""A resident says for themself where they stand, and nobody else in their name."""

import pytest

from serasi.access.enums import Role
from serasi.access.operations import NotAllowed
from serasi.access.tests.factories import make_staff
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.cycles import operations as cycles
from serasi.cycles.models import RatingRound
from serasi.cycles.operations import NothingRated, Said
from serasi.cycles.tests.factories import domain
from serasi.people.models import Person
from serasi.people.operations import give_own_access

pytestmark = pytest.mark.django_db


def test_they_rate_themself_and_no_one_else(world: World) -> None:
    mine, other = (make_case(world, person=make_person(world, name), with_report=False) for name in ("Asep", "Bejo"))
    resident = make_staff(Role.RESIDENT, world.panti, "Asep")
    with as_user(world.owner):
        person = Person.objects.get(pk=mine.person_id)
    give_own_access(person=person, user=resident, by=world.owner, at=now())
    facts = {"said": [Said(domain("education"), 3)], "rated_on": now().date(), "by": resident, "at": now()}
    assert cycles.say_own(id=uuid7(), case_id=mine.pk, **facts).voice == "self"  # type: ignore[arg-type]
    with pytest.raises(cycles.NotYours):
        cycles.say_own(id=uuid7(), case_id=other.pk, **facts)  # type: ignore[arg-type]
    with pytest.raises(NothingRated):
        cycles.say_own(id=uuid7(), case_id=mine.pk, **(facts | {"said": []}))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        cycles.say_own(id=uuid7(), case_id=mine.pk, **(facts | {"by": world.owner}))  # type: ignore[arg-type]
    with as_user(resident):
        assert RatingRound.objects.count() == 1
