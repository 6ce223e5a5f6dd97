"""Who sees ratings and cycles: the database and `visible_to` give the same answer."""

import pytest

from serasi.access.enums import Role
from serasi.access.tests.factories import make_staff
from serasi.cases.models import Case
from serasi.cases.tests.factories import World, as_user, make_case, make_person
from serasi.cycles.models import Rating, RatingRound
from serasi.cycles.tests.factories import rate
from serasi.people.models import Person

pytestmark = pytest.mark.django_db


def test_who_opens_the_file_and_the_person_themself_read_and_both_layers_agree(world: World) -> None:
    rizki = make_staff(Role.RESIDENT, world.panti, "Rizki Ramadani")
    person, other = make_person(world, "Rizki Ramadani"), make_person(world, "Tono Lain")
    with as_user(world.owner):
        Person.objects.filter(pk=person.pk).update(user=rizki)
    mine = rate(make_case(world, person=person, team=(world.carer,)), world.owner, {"civic": 3})
    rate(make_case(world, person=other), world.owner, {"civic": 2})

    seen = {}
    for user in (*world.everyone(), rizki):
        with as_user(user):
            for model in (RatingRound, Rating):
                there = set(model.objects.values_list("pk", flat=True))
                assert set(model.objects.visible_to(user).values_list("pk", flat=True)) == there, user
            seen[user.full_name] = RatingRound.objects.count()

    assert seen == {
        "Rini Wulandari": 2, "Agus Salim": 0, "Maya Psikolog": 0, "Siti Pengasuh": 1, "Wahyu Supervisor": 2,
        "Bambang Hartono": 2, "Dewi Lestari": 0, "Lukman Kepala": 0, "Sri Dinas": 0, "Tono Admin": 0,
        "Rizki Ramadani": 1,
    }  # fmt: skip
    with as_user(rizki):
        assert list(RatingRound.objects.values_list("pk", flat=True)) == [mine.pk]
        assert Case.objects.count() == 0
