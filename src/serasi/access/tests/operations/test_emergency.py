from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from serasi.access.enums import Subject
from serasi.access.models import EmergencyAccess
from serasi.access.operations import NotAllowed, Refused, acting
from serasi.access.operations.emergency import (
    AlreadyReviewed,
    ReasonTooShort,
    open_emergency,
    review_emergency,
)
from serasi.access.tests.conftest import World
from serasi.common.identifiers import uuid7

NOW = timezone.now()
FILE = uuid7()


def opened(world: World, **other: Any) -> EmergencyAccess:
    facts: dict[str, Any] = {
        "id": uuid7(),
        "subject": Subject.CASE,
        "subject_id": FILE,
        "unit": world.panti,
        "reason": "Kejang di asrama, riwayat obat perlu dibaca sekarang.",
        "by": world.colleague,
        "at": NOW,
    } | other
    return open_emergency(**facts)


def test_an_emergency_lasts_three_hours_and_then_is_over(world: World) -> None:
    access = opened(world)
    assert access.ends_at - access.starts_at == timedelta(hours=3)
    running = [
        EmergencyAccess.objects.in_force(NOW + timedelta(hours=h)).filter(user=world.colleague).exists()
        for h in (0, 2, 3)
    ]
    assert running == [True, True, False]


def test_an_emergency_opened_twice_is_one_and_is_not_lengthened(world: World) -> None:
    first = opened(world)
    assert opened(world, at=NOW + timedelta(hours=1)) == first
    assert opened(world, at=NOW + timedelta(hours=4)) != first


def test_an_emergency_needs_a_reason_someone_else_can_weigh(world: World) -> None:
    with pytest.raises(ReasonTooShort) as refused:
        opened(world, reason="  penting   ")
    assert refused.value.field == "reason"


def test_nobody_breaks_the_glass_at_another_unit(world: World) -> None:
    with pytest.raises(NotAllowed):
        opened(world, unit=world.elsewhere)
    with pytest.raises(NotAllowed):
        opened(world, by=world.administrator)


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
    own = opened(world, by=world.head)
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
