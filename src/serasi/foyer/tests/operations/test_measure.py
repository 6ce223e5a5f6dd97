"""Entry, exit, 12 months after: what is due when, and each once."""

from datetime import timedelta
from typing import Any

import pytest

from serasi.access.operations import Refused
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.common.periods import add_months
from serasi.foyer import operations as foyer
from serasi.foyer.models import Measure
from serasi.foyer.queries import due_measures_of
from serasi.foyer.tests.factories import Youth, live, today, use_foyer

pytestmark = pytest.mark.django_db


def take(youth: Youth, moment: str, **facts: Any) -> Measure:
    facts.setdefault("health", 3)
    facts.setdefault("taken_date", today(youth.world))
    return foyer.take_measure(
        id=uuid7(), agreement=youth.deal, moment=moment, living="house", occupation="training", income=0,
        savings=50_000, contacts=2, confidence=2, by=youth.world.owner, at=now(), **facts,
    )  # fmt: skip


def due(youth: Youth) -> dict[str, Any]:
    with as_user(youth.world.owner):
        return {str(k): day for k, day in due_measures_of(youth.deal, list(Measure.objects.all())).items()}


def test_what_is_due_follows_from_the_days_of_the_agreement(world: World) -> None:
    use_foyer(world)
    youth = live(world)
    one = youth.deal
    assert due(youth) == {"entry": one.since_date + timedelta(days=14), "exit": one.ends_date}
    take(youth, "entry")
    assert due(youth) == {"exit": one.ends_date}
    day = today(world)
    foyer.end_agreement(agreement=one, ended_date=day, ending="goal", reason="Kos", by=world.owner, at=now())
    assert due(youth) == {"exit": day, "after": add_months(day, 12)}


def test_each_moment_is_measured_once(world: World) -> None:
    use_foyer(world)
    youth = live(world)
    take(youth, "entry")
    with pytest.raises(Refused, match="sudah dicatat"):
        take(youth, "entry")


def test_scales_go_from_1_to_5_and_days_are_past(world: World) -> None:
    use_foyer(world)
    youth = live(world)
    with pytest.raises(Refused, match="1 sampai 5"):
        take(youth, "entry", health=6)
    with pytest.raises(Refused, match="belum tiba"):
        take(youth, "entry", taken_date=today(world) + timedelta(days=1))
    with pytest.raises(Refused, match="sesudah ia keluar"):
        take(youth, "after")
