"""The worker and the command as programs of their own, on committed rows: what a machine really runs."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from serasi.access.operations import acting
from serasi.access.operations.work import QUEUE
from serasi.interop.enums import RosterState
from serasi.interop.operations import save_roster
from serasi.interop.tests.conftest import House
from serasi.interop.tests.factories import AT, nik, outcomes, seen, upload, workbook
from serasi.interop.tests.test_roster import BUDI, HEAD, SITI, WRONG, many, people

pytestmark = pytest.mark.slow
SERASI = [sys.executable, "-m", "serasi"]


def jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE queue_name = %s AND args <> '{}'", [QUEUE])
        return [status for (status,) in cursor.fetchall() if status != "succeeded"]


def serasi(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - ourselves
        [*SERASI, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def until(true: Any, *, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def test_the_worker_does_what_is_queued_and_ends_when_told_to(
    committed_house: House, environment: dict[str, str]
) -> None:
    house = committed_house
    roster = upload(workbook([HEAD, BUDI, SITI, WRONG]), by=house.owner, unit=house.unit)

    ended = serasi(environment, "worker", "--once")

    assert (ended.returncode, jobs()) == (0, []), ended.stderr
    roster = seen(roster, house.owner)
    assert roster.reading is not None
    assert (roster.state, roster.reading.done, roster.reading.total) == (RosterState.READ, 3, 3)
    assert outcomes(roster, house.owner) == {2: "new", 3: "new", 4: "faulty"}

    save_roster(roster=roster, only_good=True, by=house.owner, at=AT)
    assert serasi(environment, "worker", "--once").returncode == 0
    roster = seen(roster, house.owner)
    assert roster.saving is not None
    assert (roster.state, roster.saving.done, roster.saving.total) == (RosterState.SAVED, 2, 2)
    assert people(house.owner) == ["Budi Santoso", "Siti Aminah"]


def test_a_worker_works_until_it_is_asked_to_stop_and_another_goes_on(
    committed_house: House, environment: dict[str, str]
) -> None:
    house, count = committed_house, 350
    roster = upload(many(count), by=house.owner, unit=house.unit)
    worker = subprocess.Popen([*SERASI, "worker"], env=environment)  # noqa: S603
    moved: set[int] = set()

    def done() -> int:
        saving = seen(roster, house.owner).saving
        assert saving is not None
        moved.add(saving.done)
        return saving.done

    try:
        assert until(lambda: seen(roster, house.owner).state is RosterState.READ)
        save_roster(roster=seen(roster, house.owner), only_good=True, by=house.owner, at=AT)
        assert until(lambda: done() > 0)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0
    finally:
        worker.kill()
    halfway = done()
    assert len(people(house.owner)) == halfway

    assert serasi(environment, "worker", "--once").returncode == 0

    assert (seen(roster, house.owner).state, done()) == (RosterState.SAVED, count)
    assert len(people(house.owner)) == count
    assert len(moved) > 1


def test_a_roster_is_brought_in_from_the_command_line(
    committed_house: House, environment: dict[str, str], tmp_path: Path
) -> None:
    house = committed_house
    file, errors = tmp_path / "daftar.xlsx", tmp_path / "perbaiki.xlsx"
    file.write_bytes(workbook([HEAD, BUDI, SITI, WRONG, ["", "Jumlah"]]))
    typed = ["import", "roster", str(file), "--unit", "panti-a", "--by", house.owner.email, "--json"]

    done = serasi(environment, *typed, "--errors", str(errors))

    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    said = {"state": "saved", "known_file": False, "rows": 4, "new": 2, "known": 0, "waiting": 0, "faulty": 1}
    assert facts == {"id": facts["id"]} | said | {"skipped": 1, "saved": 2}
    assert errors.exists()
    assert people(house.owner) == ["Budi Santoso", "Siti Aminah"]

    again = serasi(environment, *typed)
    assert (again.returncode, json.loads(again.stdout)) == (0, facts | {"known_file": True})
    assert people(house.owner) == ["Budi Santoso", "Siti Aminah"]


def test_the_command_says_in_one_line_why_it_cannot(
    committed_house: House, environment: dict[str, str], tmp_path: Path
) -> None:
    house = committed_house
    good, bad, faulty = tmp_path / "daftar.xlsx", tmp_path / "gambar.xlsx", tmp_path / "salah.xlsx"
    good.write_bytes(workbook([HEAD, BUDI]))
    bad.write_bytes(b"\x89PNG")
    faulty.write_bytes(workbook([HEAD, [1, "Siti", nik(2)[:9], "", "P", ""]]))

    def tried(*arguments: str) -> tuple[int, str]:
        ended = serasi(environment, "import", "roster", *arguments, "--json")
        lines = ended.stderr.strip().splitlines()
        return ended.returncode, lines[-1] if lines else ""

    by = ("--by", house.owner.email)
    assert tried(str(good), "--unit", "TIDAK-ADA", *by) == (
        1,
        "CommandError: there is no unit with the code TIDAK-ADA",
    )
    assert tried(str(good), "--unit", "PANTI-A", "--by", "siapa@contoh.id")[0] == 1
    assert tried(str(good), "--unit", "PANTI-B", *by) == (1, "CommandError: Anda tidak berwenang melakukan ini.")
    assert tried(str(tmp_path / "tiada.xlsx"), "--unit", "PANTI-A", *by)[0] == 1
    assert tried(str(bad), "--unit", "PANTI-A", *by)[0] == 1
    assert tried(str(faulty), "--unit", "PANTI-A", "--all-or-nothing", *by)[0] == 1
    assert tried(str(good))[0] == 2
    assert tried(str(good), "--unit", "PANTI-A", "--nonsense")[0] == 2
    with acting(house.owner, "test"):
        assert people(house.owner) == []
