"""What arrives by the phone comes to what the same answers come to at a desk; and fifty sendings at once are one."""

import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from serasi.access.models import User
from serasi.assessments import operations
from serasi.assessments.models import Answer, Assessment, Edition, Score, SentFilling
from serasi.assessments.operations import Unanswered
from serasi.assessments.queries import answers_of, form_of, places_of
from serasi.assessments.raters import may_fill
from serasi.assessments.shipped import shipped
from serasi.assessments.tests import factories
from serasi.assessments.tests.factories import CATATAN, TIDUR
from serasi.cases.models import Case
from serasi.cases.operations.team import add_member
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.common.identifiers import uuid7
from serasi.xforms.instance import answers_of as answers_in
from serasi.xforms.tests.chance import answered_by_chance

ROUNDS = 12
INSTRUMENTS = ("asesmen_anak", "kegiatan_sehari", "kunjungan_rumah", "minat_kerja", "siap_mandiri", "wg_pendek")
SCORED = ("kegiatan_sehari", "minat_kerja", "siap_mandiri")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("name", INSTRUMENTS)
def test_what_is_sent_comes_to_what_is_typed(world: World, name: str) -> None:
    [source] = [one for one in shipped() if one.name == f"{name}.md"]
    [edition] = operations.load_reference(by=User.objects.system(), at=now(), only=[source])
    own = _places(edition, world)
    form, chance = form_of(edition.pk), random.Random(20261123)
    outcomes = []
    for number in range(ROUNDS):
        instance = answered_by_chance(form, chance, share=0.8 if number % 3 else 1)
        answers = {path: value for path, value in answers_in(form, instance).items() if path in own}
        desk, phone = make_case(world), make_case(world)
        typed = _typed(desk, edition, answers, world.owner)
        one = factories.received(phone, edition, world.owner, answers)
        assert (one.is_finished, _scores(one, world.owner)) == (typed.is_finished, _scores(typed, world.owner))
        outcomes.append(_scores(one, world.owner))
    assert name not in SCORED or any(value is not None for scores in outcomes for value, _band in scores.values())


def _places(edition: Edition, world: World) -> set[str]:
    """The places that the sender may answer."""
    return {path for path, place in places_of(edition).items() if may_fill(world.owner, place.raters)}


def _typed(case: Case, edition: Edition, answers: Mapping[str, str], by: User) -> Assessment:
    filling = factories.begun(case, edition, by)
    factories.answer(filling, answers, by)
    try:
        return operations.finish_filling(assessment=filling, by=by, at=now())
    except Unanswered:
        filling.finished_at = filling.finished_by = None
        return filling


def _scores(filling: Assessment, reader: User) -> dict[str, tuple[Decimal | None, str]]:
    with as_user(reader):
        found = Score.objects.filter(assessment=filling).select_related("scale", "band")
        return {one.scale.name: (one.value, str(one.band)) for one in found}


@pytest.mark.slow
def test_fifty_sendings_at_once_from_two_phones_are_two_arrivals_in_one_filling(committed_world: World) -> None:
    world = committed_world
    edition, case = factories.published(world.panti, world.head), make_case(world)
    add_member(id=uuid7(), case=case, user=world.colleague, part="member", by=world.owner, at=now())
    gate = Barrier(10)
    phones = [(uuid7(), world.owner, {TIDUR: "2"}), (uuid7(), world.colleague, {CATATAN: "tenang"})]

    def send(turn: int) -> list[UUID]:
        number, by, answers = phones[turn % 2]
        try:
            gate.wait()
            return [factories.received(case, edition, by, answers, id=number).pk for _time in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        made = {pk for found in pool.map(send, range(10)) for pk in found}

    assert len(made) == 1
    with as_user(world.owner):
        [filling] = Assessment.objects.all()
        assert (SentFilling.objects.count(), Answer.objects.count()) == (2, 2)
        assert answers_of(filling) == {TIDUR: "2", CATATAN: "tenang"}
