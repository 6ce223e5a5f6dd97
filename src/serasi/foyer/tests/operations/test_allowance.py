"""For some days one right is wider or narrower; what lasts is a step."""

from datetime import time, timedelta
from typing import Any

import pytest

from serasi.access.operations import NotAllowed, Refused
from serasi.cases.tests.factories import World, now
from serasi.common.identifiers import uuid7
from serasi.foyer import operations as foyer
from serasi.foyer.models import Allowance
from serasi.foyer.tests.factories import Youth, live, today, use_foyer

pytestmark = pytest.mark.django_db


@pytest.fixture
def rizki(world: World) -> Youth:
    use_foyer(world)
    return live(world)


def give(youth: Youth, *, days: int = 1, after: int = 0, **facts: Any) -> Allowance:
    begins = today(youth.world) + timedelta(days=after)
    facts.setdefault("right", "curfew")
    if facts["right"] == "curfew":
        facts.setdefault("until", time(22))
    return foyer.give_allowance(
        id=uuid7(),
        agreement=youth.deal,
        first_date=begins,
        latest_date=begins + timedelta(days=days - 1),
        reason=facts.pop("reason", "Pentas di sekolah"),
        by=facts.pop("by", youth.world.owner),
        at=now(),
        **facts,
    )


def test_fourteen_days_at_most_also_one_after_the_other(rizki: Youth) -> None:
    with pytest.raises(foyer.TooLong):
        give(rizki, days=15)
    give(rizki, days=14)
    with pytest.raises(foyer.TooLong):
        give(rizki, days=1, after=14)
    give(rizki, days=1, after=15)
    with pytest.raises(foyer.TooLong):
        give(rizki, days=14, after=16)


def test_a_right_is_changed_once_a_day_unless_withdrawn(rizki: Youth) -> None:
    late = give(rizki, days=3)
    with pytest.raises(Refused, match="sudah diubah"):
        give(rizki, days=1, after=2)
    with pytest.raises(Refused, match="mengapa"):
        foyer.withdraw_allowance(allowance=late, reason="", by=rizki.world.owner, at=now())
    foyer.withdraw_allowance(allowance=late, reason="Pentasnya batal", by=rizki.world.owner, at=now())
    give(rizki, days=1, after=2)
    give(rizki, days=1, after=2, right="outing", outing="none")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"right": "curfew", "until": None}, "until"),
        ({"right": "outing"}, "outing"),
        ({"right": "money"}, "amount"),
        ({"right": "phone", "phone": "hours"}, "phone_hours"),
        ({"right": "terbang"}, "right"),
        ({"reason": " "}, "reason"),
        ({"after": -1}, "first_date"),
        ({"days": 0}, "latest_date"),
    ],
)
def test_what_is_lacking_is_said_beside_it(rizki: Youth, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        give(rizki, **facts)
    assert refused.value.field == field


def test_a_carer_gives_none(rizki: Youth) -> None:
    with pytest.raises(NotAllowed):
        give(rizki, by=rizki.world.carer)
