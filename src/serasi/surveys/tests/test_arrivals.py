"""Whatever order interviews arrive in, and however often each, the survey comes to the same."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serasi.access.models import User
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.surveys import operations as surveys
from serasi.surveys.models import Interview, Survey
from serasi.surveys.queries import interviews_of, progress_of
from serasi.surveys.queries.checks import findings_of, held_in
from serasi.surveys.tests.factories import (
    ANSWERS,
    CILANGKAP,
    CIPAYUNG,
    DESA,
    NAMA,
    UMUR,
    enumerator,
    instance_of,
    running,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NAMES = ("Karsih", "Darmi Astuti", "Wagiyem", "Sutarno Hadi", "Ponirah")


def sendings(survey: Survey, users: tuple[User, User]) -> list[dict[str, Any]]:
    """Five interviews of two enumerators; the second of them is sent once more as a correction of the first."""
    found = []
    began = now() - timedelta(days=2)
    for number, name in enumerate(NAMES):
        village = (CIPAYUNG, CILANGKAP)[number % 2]
        started_at = began + timedelta(hours=number)
        answers = ANSWERS | {NAMA: name, DESA: village, UMUR: str(30 + number)}
        instance = instance_of(survey, answers, started_at=started_at)
        found.append({"id": uuid7(), "instance": instance, "by": users[number % 2], "replaces": None})
    corrected = instance_of(survey, ANSWERS | {NAMA: "Karsih Rahayu"}, started_at=began)
    found.append({"id": uuid7(), "instance": corrected, "by": users[0], "replaces": found[0]["id"]})
    return found


def arrive(survey: Survey, sent: dict[str, Any]) -> None:
    """One sending. A correction that is ahead of what it corrects waits on its phone, as the server asks."""
    replaces = None
    if sent["replaces"] is not None:
        with as_user(sent["by"]):
            replaces = Interview.objects.filter(pk=sent["replaces"]).first()
    surveys.keep_interview(
        id=sent["id"],
        survey=survey,
        edition=survey.edition,
        instance=sent["instance"],
        files=(),
        by=sent["by"],
        at=now(),
        replaces=replaces,
    )


def state(world: World, survey: Survey) -> Any:
    with as_user(world.owner):
        found = progress_of(survey, today=world.panti.day_at(now()))
        standing: list[UUID] = sorted(interviews_of(survey, world.owner).values_list("pk", flat=True))
        checks = sorted((str(one.held.id), one.kind, one.about) for one in findings_of(survey, held_in(survey)))
    return (
        found.interviews,
        [(one.user.pk, one.interviews) for one in found.by_enumerator],
        [(one.village and one.village.pk, one.interviews) for one in found.by_village],
        found.by_day,
        standing,
        checks,
    )


def test_any_order_and_repetition_comes_to_the_same(world: World) -> None:
    users = (enumerator(world, "Yuni Pendata"), enumerator(world, "Budi Pendata"))
    survey = running(world, *users)
    sent = sendings(survey, users)
    states = []

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(order=st.permutations(range(6)), again=st.lists(st.integers(0, 5), max_size=6))
    def once(order: list[int], again: list[int]) -> None:
        first, correction = order.index(0), order.index(5)
        if correction < first:  # the phone sends a correction after what it corrects
            order[first], order[correction] = order[correction], order[first]
        with transaction.atomic():
            for index in [*order, *again]:
                arrive(survey, sent[index])
            states.append(state(world, survey))
            transaction.set_rollback(True)

    once()

    assert len(states) >= 25
    assert all(one == states[0] for one in states)
    assert states[0][0] == len(NAMES)
    assert sorted(str(one) for one in states[0][4]) == sorted(str(one["id"]) for one in sent[1:])
