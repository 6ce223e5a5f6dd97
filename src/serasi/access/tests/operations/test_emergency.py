from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from serasi.access.models import EmergencyAccess
from serasi.access.operations import NotAllowed, Refused, acting
from serasi.access.operations.emergency import AlreadyReviewed, review_emergency
from serasi.access.tests.conftest import World
from serasi.access.tests.factories import make_emergency

NOW = timezone.now()


def opened(world: World) -> EmergencyAccess:
    return make_emergency(world.colleague, world.panti, at=NOW)


def test_the_head_of_the_unit_reviews_once(world: World) -> None:
    access = opened(world)
    waiting = EmergencyAccess.objects.awaiting_review()
    assert list(waiting.visible_to(world.head)) == [access]
    assert list(waiting.visible_to(world.outsider)) == []
    review_emergency(access=access, is_justified=True, note="", by=world.head, at=NOW)
    assert (access.reviewed_by, access.is_justified) == (world.head, True)
    with pytest.raises(AlreadyReviewed):
        review_emergency(access=access, is_justified=True, note="", by=world.head, at=NOW)


def test_an_access_found_wrong_ends_at_once_and_says_why(world: World) -> None:
    access = opened(world)
    later = NOW + timedelta(hours=1)
    with pytest.raises(Refused, match="Tuliskan mengapa"):
        review_emergency(access=access, is_justified=False, note=" ", by=world.head, at=later)
    review_emergency(access=access, is_justified=False, note="Tidak ada keadaan gawat.", by=world.head, at=later)
    assert access.ends_at == later


def test_nobody_reviews_their_own_emergency_or_that_of_another_unit(world: World) -> None:
    own = make_emergency(world.head, world.panti, at=NOW)
    with pytest.raises(NotAllowed):
        review_emergency(access=own, is_justified=True, note="", by=world.head, at=NOW)
    with pytest.raises(NotAllowed):
        review_emergency(access=own, is_justified=True, note="", by=world.outsider, at=NOW)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"ends_at": NOW + timedelta(hours=3, seconds=1)}, "access_emergency_is_short"),
        ({"ends_at": NOW}, "access_emergency_is_short"),
        ({"reason": ""}, "access_emergency_has_a_reason"),
        ({"reviewed_at": NOW}, "access_emergency_review_is_whole"),
    ],
)
def test_the_database_holds_no_broken_emergency(world: World, change: dict[str, Any], constraint: str) -> None:
    access = opened(world)
    with pytest.raises(IntegrityError, match=constraint), acting(world.head, "test"):
        EmergencyAccess.objects.filter(pk=access.pk).update(**change)


def test_the_database_holds_no_review_of_oneself(world: World) -> None:
    access = opened(world)
    with (
        pytest.raises(IntegrityError, match="access_emergency_is_reviewed_by_another"),
        acting(world.head, "test"),
    ):
        EmergencyAccess.objects.filter(pk=access.pk).update(
            reviewed_at=NOW, reviewed_by=world.colleague, is_justified=True
        )
