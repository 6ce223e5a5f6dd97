"""Keeping the web server and the worker running."""

import os
import signal
import socket
import sys
import threading
import time

import pytest

from serasi.cli.serve import Child, Household
from tests.ground.conftest import Command

pytestmark = pytest.mark.slow

ENDS = [sys.executable, "-c", "raise SystemExit(3)"]
STAYS = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_worker_that_ended_is_started_again(capfd: pytest.CaptureFixture[str]) -> None:
    worker = Child("worker", ENDS, restarts=True, pause=0.1)
    household = Household([worker], lambda: None)
    worker.start()
    first = worker.process

    threading.Timer(1.0, household.ask_to_stop, [signal.SIGTERM, None]).start()
    assert household.keep() == 0
    household.end()

    assert worker.process is not first
    assert "the worker ended with status 3; starting it again" in capfd.readouterr().err


def test_serving_fails_when_the_web_server_ended(capfd: pytest.CaptureFixture[str]) -> None:
    web, worker = Child("web server", ENDS, restarts=False), Child("worker", STAYS, restarts=True)
    household = Household([web, worker], lambda: None)
    for child in household.children:
        child.start()

    assert household.keep() == 1
    household.end()

    assert worker.has_ended()
    assert capfd.readouterr().err == "serasi: the web server ended with status 3\n"


def test_a_taken_port_is_told_in_one_line_before_anything_starts(serasi: Command) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        answer = serasi("serve", PORT=str(other.getsockname()[1]))

    assert (answer.returncode, answer.stdout, len(answer.stderr.splitlines())) == (1, "", 1)


def test_a_child_that_was_asked_to_end_has_ended_when_the_household_has() -> None:
    deaf = Child("worker", [sys.executable, "-c", "import time; time.sleep(60)"], restarts=True)
    household = Household([deaf], lambda: None)
    deaf.start()
    started = time.monotonic()

    household.end()

    assert deaf.process is not None
    assert deaf.process.returncode == -signal.SIGTERM
    assert time.monotonic() - started < 5
    with pytest.raises(ProcessLookupError):
        os.kill(deaf.process.pid, 0)
