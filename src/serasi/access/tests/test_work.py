"""Background work: claimed, done in whole chunks, taken over, cancelled, failed; and who sees it."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import translation

from serasi.access.enums import Owner, Role, UnitKind
from serasi.access.models import BackgroundWork, Posting, Unit, User
from serasi.access.operations import NotAllowed, Refused, acting
from serasi.access.operations import work as device
from serasi.access.operations.work import (
    Progress,
    WorkEnded,
    WorkKind,
    ask_for_work,
    cancel_work,
    register_work,
    run_work,
)
from serasi.common.identifiers import uuid7

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
KIND = "test.count"


class Counter:
    """Work of five chunks that can be told to stumble at one of them."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.stumble: dict[int, BaseException] = {}

    def __call__(self, work: BackgroundWork, by: User, at: datetime) -> Progress:
        chunk = work.done + 1
        if error := self.stumble.pop(chunk, None):
            raise error
        self.done.append(chunk)
        return Progress(chunk, 5, is_finished=chunk == 5, result={"chunks": chunk})


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Counter:
    monkeypatch.setattr(device, "_kinds", {})
    counter = Counter()
    register_work(WorkKind(KIND, "Menghitung", counter))
    return counter


@pytest.fixture
def unit() -> Iterator[Unit]:
    with acting(User.objects.system(), "test"):
        yield Unit.objects.create(
            code="PANTI-A",
            name="Panti A",
            short_name="Panti A",
            kind=UnitKind.PANTI,
            owner=Owner.PROVINCE,
            path="PANTI-A/",
        )


def someone(name: str, unit: Unit | None = None, role: Role = Role.SOCIAL_WORKER) -> User:
    with acting(User.objects.system(), "test"):
        user = User.objects.create(email=f"{name}@contoh.id", full_name=name)
        if unit is not None:
            Posting.objects.create(user=user, role=role, unit=unit, period=DateRange(date(2026, 1, 1), None))
    return user


def asked(owner: User, unit: Unit | None = None) -> BackgroundWork:
    with acting(owner, "test"):
        return ask_for_work(id=uuid7(), kind=KIND, subject_id=uuid7(), unit=unit, by=owner, at=AT, total=5)


def run(work: BackgroundWork, **options: Any) -> bool:
    return run_work(work_id=work.pk, run=uuid7(), clock=lambda: AT, **options)


def stored(work: BackgroundWork) -> BackgroundWork:
    with acting(User.objects.system(), "test"):
        return BackgroundWork.objects.get(pk=work.pk)


def test_work_is_done_in_chunks_and_ends(counter: Counter) -> None:
    work = asked(someone("owner"))

    is_left = run(work)

    after = stored(work)
    assert (is_left, counter.done, after.state, after.done, after.total) == (False, [1, 2, 3, 4, 5], "finished", 5, 5)
    assert after.result == {"chunks": 5}


def test_work_that_takes_long_is_done_slice_by_slice(counter: Counter) -> None:
    work = asked(someone("owner"))

    slices = [run(work, most_seconds=0) for _ in range(5)]

    assert slices == [True, True, True, True, False]
    assert counter.done == [1, 2, 3, 4, 5]


def test_a_worker_killed_between_chunks_leaves_whole_ones_and_the_next_goes_on(counter: Counter) -> None:
    work = asked(someone("owner"))
    counter.stumble[3] = SystemExit()

    with pytest.raises(SystemExit):
        run(work)
    halfway = stored(work)
    run(work)

    assert (halfway.state, halfway.done) == ("running", 2)
    assert counter.done == [1, 2, 3, 4, 5]
    assert stored(work).state == "finished"


def test_a_run_that_was_taken_over_does_no_further_chunk(counter: Counter) -> None:
    owner = someone("owner")
    work = asked(owner)
    inner = counter.__call__

    def taken_over(work: BackgroundWork, by: User, at: datetime) -> Progress:
        progress = inner(work, by, at)
        if progress.done == 2:
            BackgroundWork.objects.filter(pk=work.pk).update(claim=uuid7())
        return progress

    device._kinds[KIND] = WorkKind(KIND, "Menghitung", taken_over)

    is_left = run(work)

    # The chunk in which another run took the claim is not recorded as this run's progress, and nothing follows it.
    assert (is_left, counter.done, stored(work).state) == (False, [1, 2], "running")


def test_work_that_ended_is_not_done_again(counter: Counter) -> None:
    work = asked(someone("owner"))
    run(work)

    assert run(work) is False
    assert counter.done == [1, 2, 3, 4, 5]


def test_cancelled_work_stops_before_the_next_chunk(counter: Counter) -> None:
    owner = someone("owner")
    work = asked(owner)
    run(work, most_seconds=0)

    cancel_work(work=work, by=owner, at=AT)

    assert run(work) is False
    assert (counter.done, stored(work).state, stored(work).done) == ([1], "cancelled", 1)
    with pytest.raises(WorkEnded):
        cancel_work(work=work, by=owner, at=AT)


def test_only_its_owner_cancels(counter: Counter, unit: Unit) -> None:
    work = asked(someone("owner", unit), unit)

    with pytest.raises(NotAllowed):
        cancel_work(work=work, by=someone("head", unit, Role.HEAD), at=AT)


def test_what_a_step_refuses_ends_the_work_with_its_sentence(counter: Counter) -> None:
    work = asked(someone("owner"))
    counter.stumble[2] = Refused("Unit ini sudah ditutup.")

    run(work)

    after = stored(work)
    assert (after.state, after.done, after.message) == ("failed", 1, "Unit ini sudah ditutup.")


def test_what_a_work_writes_down_is_indonesian_and_what_it_is_asked_in_stays(counter: Counter) -> None:
    work = asked(someone("owner"))
    counter.stumble[2] = ValueError()

    with translation.override("en"):
        run(work)
        spoken = translation.get_language()

    assert stored(work).message.startswith("Pekerjaan berhenti karena kesalahan program.")
    assert spoken == "en"


def test_what_a_step_stumbles_over_ends_the_work_without_telling_names(
    counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    work = asked(someone("owner"))
    counter.stumble[2] = ValueError("Budi Santoso")

    run(work)

    after = stored(work)
    assert (after.state, after.done) == ("failed", 1)
    assert "Budi" not in after.message + caplog.text


def test_the_queue_carries_ids_alone(counter: Counter) -> None:
    work = asked(someone("owner"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs")
        jobs = [(name, json.loads(args)) for name, args in cursor.fetchall()]
    assert jobs == [(device.RUN, {"work_id": str(work.pk)})]


def test_work_is_seen_by_its_owner_and_who_oversees_the_unit(counter: Counter, unit: Unit) -> None:
    people = {
        "owner": someone("owner", unit),
        "colleague": someone("colleague", unit),
        "head": someone("head", unit, Role.HEAD),
        "supervisor": someone("supervisor", unit, Role.SUPERVISOR),
        "outsider": someone("outsider"),
    }
    asked(people["owner"], unit)

    def sight(user: User) -> tuple[bool, bool]:
        with acting(user, "test"):
            return BackgroundWork.objects.exists(), BackgroundWork.objects.visible_to(user).exists()

    assert {name: sight(user) for name, user in people.items()} == {
        "owner": (True, True),
        "colleague": (False, False),
        "head": (True, True),
        "supervisor": (True, True),
        "outsider": (False, False),
    }
