"""The part of a profession is answered by that profession alone, by whichever road the answer comes."""

import pytest

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.access.tests.pages import browser, read, words
from serasi.assessments import operations, queries
from serasi.assessments.models import Assessment, Edition
from serasi.assessments.shipped import shipped
from serasi.assessments.tests import factories
from serasi.cases.models import Case
from serasi.cases.operations.team import add_member
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.common.identifiers import uuid7

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COMPREHENSIVE = [one for one in shipped() if one.name.startswith("asesmen_")]
NOTES = "/data/psikolog/catatan_psikolog"


@pytest.fixture(params=COMPREHENSIVE, ids=lambda one: one.name)
def edition(request: pytest.FixtureRequest, world: World) -> Edition:
    [made] = operations.load_reference(by=User.objects.system(), at=now(), only=[request.param])
    return made


@pytest.fixture
def case(world: World) -> Case:
    found = make_case(world)
    add_member(id=uuid7(), case=found, user=world.psychologist, part="member", by=world.owner, at=now())
    return found


def standing(filling: Assessment, reader: User) -> dict[str, str]:
    with as_user(reader):
        return queries.answers_of(filling)


def test_a_social_worker_answers_nothing_of_the_psychologist_by_no_road(
    world: World, case: Case, edition: Edition
) -> None:
    with pytest.raises(Refused, match="«Catatan psikolog»: Bagian ini diisi oleh profesi lain"):
        factories.received(case, edition, world.owner, {NOTES: "kata peksos"})

    filling = factories.begun(case, edition, world.owner)
    kept = factories.answer(filling, {NOTES: "kata peksos"}, world.owner)
    assert [why for _typed, why in kept.refused] == ["Bagian ini diisi oleh profesi lain."]

    owner, plain = browser(world.owner), f"/asesmen/{filling.pk}/bagian/psikolog/"
    assert "Bagian ini diisi oleh Psikolog." in words(read(owner, plain))
    owner.post(plain, {"q0": "kata peksos", "q0_before": ""})
    sections = {one["name"]: one for one in owner.get(f"/asesmen/{filling.pk}/isian/").json()["sections"]}
    assert (sections["psikolog"]["may_write"], sections["psikologis"]["may_write"]) == (False, True)
    assert standing(filling, world.owner) == {}


def test_the_psychologist_answers_it_by_every_road(world: World, case: Case, edition: Edition) -> None:
    filling = factories.begun(case, edition, world.owner)
    factories.answer(filling, {NOTES: "satu"}, world.psychologist)
    browser(world.psychologist).post(f"/asesmen/{filling.pk}/bagian/psikolog/", {"q0": "dua", "q0_before": "satu"})
    assert standing(filling, world.psychologist) == {NOTES: "dua"}

    again = factories.received(make_case_of(world), edition, world.psychologist, {NOTES: "tiga"})
    assert standing(again, world.psychologist) == {NOTES: "tiga"}


def make_case_of(world: World) -> Case:
    other = make_case(world)
    add_member(id=uuid7(), case=other, user=world.psychologist, part="member", by=world.owner, at=now())
    return other
