"""``serasi serve``: migrate, then serve the site and run the background worker.

One parent looks after two children, the web server and the worker. Each has a session of its own: a Ctrl-C
reaches the parent alone, which then ends each child once (granian hangs when its processes are all
interrupted at once). On Linux they are asked to end when the parent is killed.
"""

import argparse
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from serasi import postgres
from serasi.cli.database import prepare_database
from serasi.cli.home import data_folder

PREPARE_FAILED = 1
GRACE = 15.0
"""Seconds a child may take to finish its requests before it is killed."""
FIRST_ANSWER = 90.0
BLOCKING_THREADS = 4
PR_SET_PDEATHSIG = 1
BACKPRESSURE = 64
"""Requests one worker takes at once; the others wait in the socket's queue instead of in memory."""

SIGN_INS = {
    "peksos@demo": "social worker at a ministry sentra",
    "rekan@demo": "colleague there, not on the first one's cases",
    "peksos.dki@demo": "social worker at a DKI panti",
    "kepala@demo": "head of that sentra",
    "psbr.kepala@demo": "head of the DKI panti for youths, which lives by Foyer and cycles",
    "keputih.kepala@demo": "head of a shelter in Surabaya with more people than beds",
    "keputih.pengasuh@demo": "carer there",
    "psikolog@demo": "psychologist",
    "pendamping@demo": "field assistant",
    "pengasuh@demo": "carer on a shift",
    "instruktur@demo": "instructor",
    "dinsos@demo": "provincial officer (DKI)",
    "kemensos@demo": "ministry officer (counts, no names)",
    "lks@demo": "LKS worker",
    "mitra@demo": "company",
    "mahasiswa@demo": "practicum student",
    "warga@demo": "a resident's own access",
    "admin@demo": "administrator (settings, no case content)",
}
PASSWORD = "serasi-demo"


@dataclass(slots=True)
class Child:
    """A program that is kept running."""

    name: str
    command: list[str]
    restarts: bool
    process: subprocess.Popen[bytes] | None = None
    pause: float = 1.0
    due_at: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own programs
            self.command,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - nothing else runs in this process
        )
        self.due_at = time.monotonic()

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def ran_well(self) -> bool:
        return time.monotonic() - self.due_at > 60

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end_for_good(self, patience: float) -> None:
        """Wait for the end, and kill whatever of its session is left after that."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass(slots=True)
class Household:
    """The children, and whoever must be told to stop them."""

    children: list[Child]
    every_moment: Callable[[], None]
    stopping: bool = field(default=False, init=False)

    def ask_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def keep(self) -> int:
        """Keep the children running until asked to stop; returns the exit status.

        A child that may come back is started again, each time after a longer pause while it keeps failing.
        """
        while not self.stopping:
            for child in self.children:
                if child.has_ended() and not self._come_back(child):
                    return 1
            self.every_moment()
            time.sleep(0.2)
        return 0

    def end(self) -> None:
        for child in self.children:
            child.end()
        deadline = time.monotonic() + GRACE
        for child in self.children:
            child.end_for_good(max(0.1, deadline - time.monotonic()))

    def _come_back(self, child: Child) -> bool:
        status = child.process.returncode if child.process else None
        if not child.restarts:
            _say(f"serasi: the {child.name} ended with status {status}", error=True)
            return False
        if child.ran_well():
            child.pause = 1.0
        if time.monotonic() < child.due_at + child.pause:
            return True
        _say(f"serasi: the {child.name} ended with status {status}; starting it again", error=True)
        child.pause = min(child.pause * 2, 60.0)
        child.start()
        return True


def serve(arguments: Sequence[str]) -> int:
    """Serve the site until asked to stop.

    1. Refuse a taken port before anything else happens.
    2. Start the embedded server when no other is named, and run ``prepare`` as the schema's owner.
    3. Start both children, wait for the first answer, print the address.
    4. On a signal end both, then the embedded server if we started it and nobody else uses it.
    """
    wanted = _parser().parse_args(arguments)
    if not _port_is_free(wanted.host, wanted.port):
        _say(f"serasi: port {wanted.port} is taken; choose another with PORT=…", error=True)
        return 1
    server = prepare_database()
    if wanted.demo:
        os.environ["SERASI_DEMO"] = "1"
    household = Household(_children(wanted), _guard_of(server))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, household.ask_to_stop)
    try:
        if not _prepare(demo=wanted.demo):
            return PREPARE_FAILED
        if household.stopping:
            return 0
        for child in household.children:
            child.start()
        if _wait_for_answer(wanted.host, wanted.port, household):
            _welcome(wanted.host, wanted.port, demo=wanted.demo)
        return household.keep()
    finally:
        household.end()
        if server is not None and server.started:
            postgres.stop(data_folder(), only_if_idle=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="serasi serve", description="Migrate, then serve the site and run the background worker."
    )
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="address (HOST, 127.0.0.1)")
    parser.add_argument("--port", type=int, default=_port(), help="port (PORT, 8000)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (2)")
    parser.add_argument("--demo", action="store_true", help="make the demonstration world if there are no data")
    parser.add_argument("--no-worker", action="store_true", help="serve the site alone")
    return parser


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise SystemExit("serasi: PORT must be a number from 1 to 65535")
    return int(text)


def _children(wanted: argparse.Namespace) -> list[Child]:
    web = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        wanted.host,
        "--port",
        str(wanted.port),
    ]
    web += ["--workers", str(wanted.workers), "--blocking-threads", str(BLOCKING_THREADS), "--no-ws"]
    web += ["--backlog", "1024", "--backpressure", str(BACKPRESSURE), "--respawn-failed-workers"]
    web += ["--log-level", "warning", "serasi.wsgi:application"]
    children = [Child("web server", web, restarts=False)]
    if not wanted.no_worker:
        worker = [sys.executable, "-m", "serasi", "procrastinate", "worker"]
        children.append(Child("worker", worker, restarts=True))
    return children


def _prepare(*, demo: bool) -> bool:
    command = [sys.executable, "-m", "serasi", "prepare", *(["--demo"] if demo else [])]
    return subprocess.run(command, check=False).returncode == 0  # noqa: S603 - ourselves


def _end_with_parent() -> None:
    """Ask the system to end this child when its parent is gone; Linux alone can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _guard_of(server: postgres.Server | None) -> Callable[[], None]:
    """Return what looks after the embedded server: one that fell is started again, at the same address."""
    if server is None:
        return lambda: None
    home = data_folder()
    look_at = time.monotonic() + 5

    def guard() -> None:
        nonlocal look_at
        if time.monotonic() < look_at:
            return
        look_at = time.monotonic() + 5
        if not postgres.status(home).running:
            _say("serasi: PostgreSQL is gone; starting it again", error=True)
            try:
                postgres.ensure(home)
            except postgres.PostgresError as error:
                _say(f"serasi: {error}", error=True)

    return guard


def _port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _wait_for_answer(host: str, port: int, household: Household) -> bool:
    """Wait until the site answers anything at all."""
    deadline = time.monotonic() + FIRST_ANSWER
    while time.monotonic() < deadline and not household.stopping:
        if any(child.has_ended() and not child.restarts for child in household.children):
            return False
        try:
            with urllib.request.urlopen(f"{_address(host, port)}sehat", timeout=5):  # noqa: S310 - ourselves
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
    return False


def _address(host: str, port: int) -> str:
    name = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - asked for by whoever runs us
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def _welcome(host: str, port: int, *, demo: bool) -> None:
    lines = ["", f"Serasi: {_address(host, port)}"]
    if demo:
        width = max(map(len, SIGN_INS))
        lines += ["", f"Demonstration sign-ins, password {PASSWORD}"]
        lines += [f"  {name:<{width}}  {meaning}" for name, meaning in SIGN_INS.items()]
    _say("\n".join([*lines, "", "Stop with Ctrl-C."]))


def _say(text: str, *, error: bool = False) -> None:
    stream = sys.stderr if error else sys.stdout
    stream.write(f"{text}\n")
    stream.flush()
