"""Where somebody stands, as each voice says it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction

from serasi.access.enums import Role
from serasi.access.operations import NotAllowed, Refused, acting
from serasi.access.tests.factories import make_staff
from serasi.cases.models import Case
from serasi.cases.operations.writable import InTheFuture
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.common.identifiers import uuid7
from serasi.cycles import operations as cycles
from serasi.cycles.models import Rating, RatingRound
from serasi.cycles.operations import AlreadySuperseded, NothingRated, RatedTwice, Said
from serasi.cycles.queries import curve, latest_ratings
from serasi.cycles.tests.factories import domain, foyer, rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world)


def latest(case: Case, world: World) -> dict[str, dict[str, int]]:
    with as_user(world.owner):
        found = latest_ratings(case, foyer())
    return {one.domain.code: {v: p.step for v, p in one.by_voice.items()} for one in found if one.by_voice}


def test_voices_stand_beside_each_other_and_the_latest_counts(world: World, case: Case) -> None:
    today = case.unit.day_at(now())
    rate(case, world.owner, {"education": 1, "financial": 2}, rated_on=today - timedelta(days=120))
    rate(case, world.owner, {"education": 2}, voice="coach", rated_on=today - timedelta(days=120))
    rate(case, world.owner, {"education": 3})

    assert latest(case, world) == {"education": {"self": 3, "coach": 2}, "financial": {"self": 2}}


def test_the_curve_holds_every_domain_and_begins_with_the_own_start(world: World, case: Case) -> None:
    today = case.unit.day_at(now())
    rate(case, world.owner, {"health": 4})
    rate(case, world.owner, {"health": 2}, rated_on=today - timedelta(days=60))

    with as_user(world.owner):
        found = curve(case, foyer())

    assert [one.domain.code for one in found] == [
        "education", "employment", "health", "connection", "civic", "housing", "financial",
    ]  # fmt: skip
    assert [(p.rated_on, p.step) for p in found[2].points] == [(today - timedelta(days=60), 2), (today, 4)]
    assert (found[2].start["self"].step, found[2].latest["self"].step) == (2, 4)  # type: ignore[index]
    assert [one.points for one in found if one.domain.code != "health"] == [()] * 6


def test_a_form_sent_twice_rates_once(world: World, case: Case) -> None:
    one_id = uuid7()
    rate(case, world.owner, {"education": 3, "civic": 2}, id=one_id)
    rate(case, world.owner, {"education": 3, "civic": 2}, id=one_id)

    with as_user(world.owner):
        assert Rating.objects.count() == 2


def test_a_correction_keeps_what_was_believed_before(world: World, case: Case) -> None:
    made = rate(case, world.owner, {"education": 5})
    with as_user(world.owner):
        wrong = made.ratings.get()
    cycles.correct_rating(
        id=uuid7(), rating=wrong, step=3, words="Salah dengar", reason="Ia berkata tiga", by=world.owner, at=now()
    )

    assert latest(case, world) == {"education": {"self": 3}}
    with as_user(world.owner):
        history = [(r.step, r.superseded_reason) for r in made.ratings.order_by("written_at")]
    assert history == [(5, "Ia berkata tiga"), (3, "")]
    with pytest.raises(AlreadySuperseded):
        cycles.withdraw_rating(rating=wrong, reason="Lagi", by=world.owner, at=now())


def test_what_was_never_said_is_withdrawn(world: World, case: Case) -> None:
    made = rate(case, world.owner, {"education": 5})
    with as_user(world.owner):
        wrong = made.ratings.get()
    cycles.withdraw_rating(rating=wrong, reason="Tentang orang lain", by=world.owner, at=now())

    assert latest(case, world) == {}


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"said": []}, NothingRated),
        ({"voice": "neighbour"}, Refused),
        ({"rated_on": "tomorrow"}, InTheFuture),
    ],
)
def test_what_cannot_be_rated_is_refused(world: World, case: Case, facts: dict[str, Any], refusal: type) -> None:
    if facts.get("rated_on") == "tomorrow":
        facts = {"rated_on": case.unit.day_at(now()) + timedelta(days=1)}
    described = {"voice": "self", "said": [Said(domain("civic"), 3)]} | facts
    with pytest.raises(refusal):
        cycles.rate(id=uuid7(), case=case, by=world.owner, at=now(), **described)

    with as_user(world.owner):
        assert RatingRound.objects.count() == 0


def test_a_domain_is_rated_once_in_a_round(world: World, case: Case) -> None:
    with pytest.raises(RatedTwice):
        cycles.rate(
            id=uuid7(), case=case, voice="self", said=[Said(domain("civic"), 3), Said(domain("civic"), 4)],
            by=world.owner, at=now(),
        )  # fmt: skip


def test_a_step_outside_one_to_five_is_refused_in_words(world: World, case: Case) -> None:
    with pytest.raises(Refused, match="antara 1 dan 5"):
        rate(case, world.owner, {"civic": 6})


def test_the_database_keeps_what_was_said(world: World, case: Case) -> None:
    made = rate(case, world.owner, {"civic": 3})
    with as_user(world.owner):
        rating = made.ratings.get()
    for statement in (
        "UPDATE cycles_rating SET step = 5 WHERE id = %s",
        "DELETE FROM cycles_rating WHERE id = %s",
    ):
        with pytest.raises(Error), transaction.atomic(), acting(world.owner, "test"), connection.cursor() as cursor:
            cursor.execute(statement, [rating.pk])


def test_the_instructor_of_the_team_rates_and_a_carer_or_a_stranger_does_not(world: World) -> None:
    instructor = make_staff(Role.INSTRUCTOR, world.panti, "Joko Las")
    case = make_case(world, team=(instructor, world.carer))

    rate(case, instructor, {"employment": 4}, voice="worker")
    for stranger in (world.carer, world.outsider, world.officer):
        with pytest.raises(NotAllowed):
            rate(case, stranger, {"employment": 4})

    assert latest(case, world) == {"employment": {"worker": 4}}
