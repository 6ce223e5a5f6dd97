"""Record identifiers: UUID version 7 (RFC 9562).

Ids are made by whoever makes the record (page, phone, import), so the same form sent twice is one record.
Version 7 begins with the time, so new rows land at the end of an index. PostgreSQL makes them only from 18
on.
"""

import os
import secrets
import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_RANDOM_BITS = 74
_MAX_RANDOM = (1 << _RANDOM_BITS) - 1


class _Sequence:
    """The last id given out by this process: RFC 9562 section 6.2, method 2 (monotonic random)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._milliseconds = -1
        self._random = 0

    def following(self, now: int) -> UUID:
        with self._lock:
            if now > self._milliseconds:
                self._milliseconds = now
                self._random = secrets.randbits(_RANDOM_BITS)
            else:
                # The same millisecond, or a clock set back: count on from the last id by an unguessable step.
                self._random += 1 + secrets.randbits(32)
                if self._random > _MAX_RANDOM:
                    self._milliseconds += 1
                    self._random = secrets.randbits(_RANDOM_BITS)
            return _assemble(self._milliseconds, self._random)


def _assemble(milliseconds: int, random: int) -> UUID:
    high = random >> 62
    low = random & ((1 << 62) - 1)
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low)


_sequence = _Sequence()


def _start_anew() -> None:
    global _sequence  # noqa: PLW0603 - a forked child must not count on from its parent's last id
    _sequence = _Sequence()


os.register_at_fork(after_in_child=_start_anew)


def uuid7() -> UUID:
    """An id for a record made now. Later calls in one process give greater ids, also across threads."""
    return _sequence.following(time.time_ns() // 1_000_000)


def uuid7_at(moment: datetime) -> UUID:
    """An id for a record made at `moment` (imports, demonstration data), ordered by the moments alone.

    Raises ValueError for a moment without zone or before 1970.
    """
    if moment.utcoffset() is None:
        raise ValueError("a moment needs its zone")
    milliseconds = (moment - _EPOCH) // _MILLISECOND
    if milliseconds < 0:
        raise ValueError("version 7 begins in 1970")
    return _assemble(milliseconds, secrets.randbits(_RANDOM_BITS))


def is_uuid7(value: object) -> bool:
    """Whether `value` is a UUID of version 7; text is not one."""
    return isinstance(value, UUID) and value.variant == RFC_4122 and value.version == 7


def moment_of(value: UUID) -> datetime:
    """The moment inside an id, in UTC to the millisecond. It is what the maker's clock said, not evidence.

    Raises ValueError when `value` is no version 7 id or lies beyond the year 9999.
    """
    if not is_uuid7(value):
        raise ValueError("not a UUID of version 7")
    try:
        return _EPOCH + (value.int >> 80) * _MILLISECOND
    except OverflowError:
        raise ValueError("beyond the year 9999") from None
