"""What may follow what, without a database."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from serasi.residence.course import objection_to_course
from serasi.residence.enums import MovementKind as K


@dataclass(frozen=True)
class Told:
    kind: str
    happened_at: datetime
    room_id: Any = None
    keeps_bed: bool = True


def told(*steps: Any) -> list[Told]:
    """Kinds in the order of days; a pair is a kind with a room, a kind in brackets gives up the bed."""
    found = []
    for day, step in enumerate(steps, start=1):
        kind, room, keeps = (step[0], "kamar", True) if isinstance(step, tuple) else (step, None, True)
        if isinstance(step, list):
            kind, keeps = step[0], False
        found.append(Told(kind, datetime(2026, 3, day, tzinfo=UTC), room, keeps))
    return found


@pytest.mark.parametrize(
    "steps",
    [
        [(K.ARRIVED,), K.LEAVE, K.RETURNED, K.ENDED],
        [(K.ARRIVED,), (K.MOVED,), K.HOSPITAL, (K.MOVED,), K.RETURNED],
        [(K.ARRIVED,), K.LEAVE, K.HOSPITAL, K.ABSCONDED, K.ENDED],
        [(K.ARRIVED,), K.HOSPITAL, K.RELEASED, (K.RETURNED,)],
        [(K.ARRIVED,), [K.LEAVE], (K.RETURNED,)],
        [(K.ARRIVED,), [K.LEAVE], (K.MOVED,), K.RETURNED],
    ],
)
def test_what_can_happen_in_a_stay(steps: list[Any]) -> None:
    assert objection_to_course(told(*steps)) is None


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([K.LEAVE], "pertama"),
        ([(K.ARRIVED,), (K.ARRIVED,)], "sudah masuk"),
        ([(K.ARRIVED,), K.ENDED, K.LEAVE], "sudah selesai"),
        ([(K.ARRIVED,), K.RETURNED], "ada di tempat"),
        ([(K.ARRIVED,), K.RELEASED], "ada di tempat"),
        ([(K.ARRIVED,), K.LEAVE, K.LEAVE], "sudah tercatat"),
        ([(K.ARRIVED,), [K.LEAVE], K.RETURNED], "Pilih kamar"),
        ([(K.ARRIVED,), K.LEAVE, K.RELEASED, K.RELEASED], "sudah dilepas"),
    ],
)
def test_what_cannot_happen_is_said(steps: list[Any], words: str) -> None:
    assert words in str(objection_to_course(told(*steps)))


def test_the_order_is_that_of_the_days_whatever_was_written_first() -> None:
    assert objection_to_course(reversed(told((K.ARRIVED,), K.LEAVE, K.RETURNED))) is None
