import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serasi.common import identifiers
from serasi.common.identifiers import is_uuid7, moment_of, uuid7, uuid7_at


def test_the_example_of_the_rfc_is_read_to_its_moment() -> None:
    example = UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
    assert is_uuid7(example)
    assert moment_of(example) == datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)


def test_a_new_id_is_version_seven_and_holds_the_present() -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    made = uuid7()
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert before <= moment_of(made) <= datetime.now(UTC) + timedelta(seconds=1)


def test_ten_thousand_ids_in_a_row_are_ascending_and_distinct() -> None:
    made = [uuid7() for _ in range(10_000)]
    assert made == sorted(set(made))


def test_a_clock_set_back_does_not_set_ids_back() -> None:
    sequence = identifiers._Sequence()
    made = [sequence.following(now) for now in (1000, 1000, 999, 5, 1001)]
    assert made == sorted(set(made))


def test_a_used_up_millisecond_borrows_from_the_next() -> None:
    sequence = identifiers._Sequence()
    first = sequence.following(1000)
    sequence._random = identifiers._MAX_RANDOM
    second = sequence.following(1000)
    assert second > first
    assert moment_of(second) - moment_of(first) == timedelta(milliseconds=1)


def test_threads_never_share_an_id_and_each_sees_its_own_ascending() -> None:
    def make(_: int) -> list[UUID]:
        return [uuid7() for _ in range(2_000)]

    with ThreadPoolExecutor(8) as pool:
        batches = list(pool.map(make, range(8)))
    assert all(batch == sorted(batch) for batch in batches)
    assert len({made for batch in batches for made in batch}) == 16_000


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_starts_its_own_sequence() -> None:
    before = identifiers._sequence
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - runs in the child
        os.write(writer, b"own" if identifiers._sequence is not before else b"shared")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 10) == b"own"
    os.close(reader)
    os.close(writer)


@settings(deadline=None)
@given(
    st.datetimes(
        min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
        max_value=datetime(9999, 12, 30),  # noqa: DTZ001
        timezones=st.just(UTC),
    )
)
def test_an_id_made_for_a_moment_gives_that_millisecond_back(moment: datetime) -> None:
    made = uuid7_at(moment)
    assert is_uuid7(made)
    assert moment_of(made) == moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def test_the_zone_of_the_moment_does_not_matter() -> None:
    in_jayapura = datetime(2026, 1, 1, 9, tzinfo=timezone(timedelta(hours=9)))
    assert moment_of(uuid7_at(in_jayapura)) == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("moment", [datetime(2026, 1, 1), datetime(1969, 12, 31, tzinfo=UTC)])  # noqa: DTZ001
def test_a_moment_without_zone_or_before_1970_is_refused(moment: datetime) -> None:
    with pytest.raises(ValueError, match=r"zone|1970"):
        uuid7_at(moment)


@pytest.mark.parametrize(
    "value",
    [
        UUID("8f14e45f-ceea-467f-a8d2-2b1d2a1c9b3e"),
        "01a201cb-06b4-74d1-9168-80846c09acbc",
        None,
        UUID(int=0),
        UUID(int=(0x7 << 76) | 5),
    ],
    ids=["version four", "text", "nothing", "nil", "another variant"],
)
def test_other_things_are_not_version_seven(value: object) -> None:
    assert not is_uuid7(value)


def test_the_moment_of_another_version_or_of_a_far_future_is_refused() -> None:
    with pytest.raises(ValueError, match="version 7"):
        moment_of(uuid4())
    with pytest.raises(ValueError, match="9999"):
        moment_of(identifiers._assemble((1 << 48) - 1, 0))
