"""Who sees what: the database and `visible_to` give the same answer; a sealed youth exists for their team alone."""

import pytest

from serasi.access.enums import Role
from serasi.access.models import User
from serasi.access.tests.factories import make_staff
from serasi.cases.tests.factories import World, as_user, now
from serasi.foyer.models import Agreement, Allowance, Measure, Signature, Step, StepEvidence
from serasi.foyer.registrations import refuse_two_agreements
from serasi.foyer.tests.factories import Youth, go_up, live, use_foyer
from serasi.foyer.tests.operations.test_allowance import give
from serasi.foyer.tests.operations.test_measure import take
from serasi.people.models import Person
from serasi.people.operations import CannotMerge, give_own_access
from serasi.residence.tests.factories import build
from serasi.residence.tests.test_sight import make_guarded

pytestmark = pytest.mark.django_db
MODELS = (Agreement, Signature, Step, StepEvidence, Allowance, Measure)


@pytest.fixture
def youths(world: World) -> tuple[Youth, Youth]:
    use_foyer(world)
    house = build(world)
    found = live(world, "Asep A", house=house), live(world, "Cahyo C", house=house, bed=1)
    for one in found:
        go_up(one)
        give(one)
        take(one, "entry")
    make_guarded(world, found[1].person, "sealed", world.owner)
    return found


def own_access(world: World, youth: Youth) -> User:
    user = make_staff(Role.RESIDENT, world.panti, "Asep A")
    with as_user(world.owner):
        person = Person.objects.get(pk=youth.person.pk)
    give_own_access(person=person, user=user, by=world.owner, at=now())
    return user


def test_the_database_and_the_code_agree_on_who_sees_what(world: World, youths: tuple[Youth, Youth]) -> None:
    resident = own_access(world, youths[0])
    for reader in (*world.everyone(), resident):
        with as_user(reader):
            for model in MODELS:
                plain = set(model.objects.values_list("pk", flat=True))
                assert plain == set(model.objects.visible_to(reader).values_list("pk", flat=True)), (reader, model)


def test_what_each_sees(world: World, youths: tuple[Youth, Youth]) -> None:
    resident = own_access(world, youths[0])

    def seen(reader: User) -> int:
        with as_user(reader):
            return Agreement.objects.count()

    assert seen(world.owner) == 2
    assert [seen(one) for one in (world.carer, world.psychologist, world.head, resident)] == [1, 1, 1, 1]
    assert [seen(one) for one in (world.outsider, world.officer, world.administrator)] == [0, 0, 0]


def test_two_with_agreements_at_the_same_time_are_not_one_person(world: World, youths: tuple[Youth, Youth]) -> None:
    with as_user(User.objects.system()), pytest.raises(CannotMerge, match="Foyer"):
        refuse_two_agreements(youths[0].person, youths[1].person)
