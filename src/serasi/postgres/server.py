"""Starting, finding and stopping the server of one data folder."""

import fcntl
import json
import logging
import os
import re
import secrets
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.pq import PGconn, Ping

from serasi.postgres import binaries as programs
from serasi.postgres.account import Account, account_for, identity
from serasi.postgres.cluster import DATABASE, OWNER, environment, make, write_settings
from serasi.postgres.errors import PostgresError

log = logging.getLogger("serasi.postgres")

PATIENCE = 40.0
"""Seconds a start may take: after a crash the orphans must go first (4–5 s), then comes recovery."""
LOG_LIMIT = 10_000_000

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    url: str
    version: str
    started: bool
    """Whether this call started it; False when it ran already."""


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a data folder's server, without starting it."""

    exists: bool
    running: bool
    pid: int | None
    port: int | None
    version: str | None
    data: Path


@dataclass(frozen=True, slots=True)
class _Folder:
    """The files in ``<home>/postgres``."""

    home: Path

    @property
    def root(self) -> Path:
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def password(self) -> Path:
        return self.root / "password"

    @property
    def state(self) -> Path:
        return self.root / "server.json"

    @property
    def cluster(self) -> Path:
        """The data folder itself, behind a link when it lies in a shared place."""
        return self.data.resolve()

    @property
    def log(self) -> Path:
        return self.cluster / "serasi.log"


def ensure(home: Path, on_progress: Progress | None = None) -> Server:
    """Return the running server of this data folder; make and start it first when needed.

    Safe when several processes call it at once: one starts, the others find it. Raises PostgresError.
    """
    folder = _Folder(home.absolute())
    tell = on_progress or log.info
    _make_folders(folder)
    with _alone(folder):
        account = account_for(folder.cluster)
        if (pid := _running(folder)) is not None and _opens(folder, pid):
            state = _state(folder)
            return Server(_url(folder, int(state["port"])), state["version"], started=False)
        found = programs.find(account)
        if not folder.cluster.exists():
            tell("making a new PostgreSQL cluster")
            password = secrets.token_urlsafe(24)
            _write_private(folder.password, password)
            make(folder.data, account, found, password)
        _refuse_other_version(folder, found)
        tell(f"starting PostgreSQL {found.version}")
        port = _start(folder, account, found)
        return Server(_url(folder, port), found.version, started=True)


def stop(home: Path, *, only_if_idle: bool = False) -> bool:
    """Stop the server; False when none ran, or when it was to be idle and is in use. Raises PostgresError."""
    folder = _Folder(home.absolute())
    if not folder.cluster.exists():
        return False
    with _alone(folder):
        if _running(folder) is None or (only_if_idle and _in_use(folder)):
            return False
        account = account_for(folder.cluster)
        found = programs.find(account)
        done = _pg_ctl(folder, account, found, "stop", "--mode", "fast", "--timeout", str(int(PATIENCE)))
        if done.returncode != 0:
            raise PostgresError(f"PostgreSQL did not stop: {_last_line(done.stderr or done.stdout)}")
        return True


def status(home: Path) -> Status:
    """Say whether this data folder has a cluster and a running server; changes nothing."""
    folder = _Folder(home.absolute())
    exists = folder.cluster.exists()
    pid = _running(folder) if exists else None
    state = _state(folder) if exists and folder.state.exists() else None
    return Status(
        exists=exists,
        running=pid is not None,
        pid=pid,
        port=int(state["port"]) if state else None,
        version=state["version"] if state else None,
        data=folder.cluster,
    )


def _make_folders(folder: _Folder) -> None:
    for path in (folder.home, folder.root):
        if not path.exists():
            try:
                path.mkdir(parents=True, exist_ok=True)
                path.chmod(0o711)  # the server's own user passes through, and sees nothing
            except OSError as error:
                raise PostgresError(f"cannot make the data folder {path}: {error.strerror}") from error


@contextmanager
def _alone(folder: _Folder) -> Iterator[None]:
    """Let one process at a time look at and change this data folder's server."""
    try:
        descriptor = os.open(folder.root / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise PostgresError(f"cannot use the data folder {folder.root}: {error.strerror}") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _running(folder: _Folder) -> int | None:
    """Return the process number of the server that lives in this folder, if it does."""
    try:
        pid = int((folder.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if _is_postmaster(pid, folder.cluster) else None


def _is_postmaster(pid: int, data: Path) -> bool:
    """Say whether a process lives and is a server of this folder, and not another one that got its number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    process = Path("/proc") / str(pid)
    if not process.exists():
        return not Path("/proc/self").exists()
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        name = (process / "comm").read_text().strip()
    except OSError:
        return False
    if state == "Z" or not name.startswith("postgres"):
        return False
    try:
        return (process / "cwd").readlink() == data
    except OSError:
        return True


def _start(folder: _Folder, account: Account | None, found: programs.Binaries) -> int:
    """Start the server, again and again while only leftovers of a crash are in the way; returns the port."""
    port = int(_state(folder)["port"]) if folder.state.exists() else 0
    if not _is_free(port):
        port = _free_port()
    _forget_stranger(folder)
    _shorten_log(folder)
    deadline = time.monotonic() + PATIENCE
    while True:
        write_settings(folder.cluster, port, account, found.major)
        _write_private(folder.state, json.dumps({"port": port, "version": found.version}) + "\n")
        before = folder.log.stat().st_size if folder.log.exists() else 0
        done = _pg_ctl(folder, account, found, "start", "--log", str(folder.log), "--timeout", str(int(PATIENCE)))
        if done.returncode == 0:
            return port
        said = _log_since(folder, before) or done.stderr or done.stdout
        if "already in use" in said:
            port = _free_port()
        elif not re.search(r"shared memory block|lock file .* already exists", said):
            raise PostgresError(f"PostgreSQL did not start: {_last_line(said)} (log: {folder.log})")
        if time.monotonic() > deadline:
            raise PostgresError(f"PostgreSQL did not start within {PATIENCE:.0f} s: {_last_line(said)}")
        log.info("waiting for the processes of a crashed server to end")
        time.sleep(0.5)


def _forget_stranger(folder: _Folder) -> None:
    """Remove a lock file whose process is gone, dead and unburied, or something else entirely.

    PostgreSQL itself only asks whether the number is in use, and would refuse to start for ever in a
    container, where numbers are few and come again. It still refuses while any process holds the cluster's
    shared memory.
    """
    if _running(folder) is None:
        (folder.cluster / "postmaster.pid").unlink(missing_ok=True)


def _pg_ctl(
    folder: _Folder, account: Account | None, found: programs.Binaries, *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [found.path("pg_ctl"), *arguments, "--pgdata", str(folder.cluster), "--wait", "--silent"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=environment(),
        umask=0o077,
        **identity(account),
    )


def _opens(folder: _Folder, pid: int) -> bool:
    """Wait until the running server takes connections (it may be recovering); False when it ends instead."""
    port = int(_state(folder)["port"])
    deadline = time.monotonic() + PATIENCE
    while PGconn.ping(f"host=127.0.0.1 port={port} dbname=postgres connect_timeout=5".encode()) != Ping.OK:
        if not _is_postmaster(pid, folder.cluster):
            return False
        if time.monotonic() > deadline:
            raise PostgresError(f"PostgreSQL runs but takes no connections (log: {folder.log})")
        time.sleep(0.1)
    return True


def _in_use(folder: _Folder) -> bool:
    """Say whether anyone but us is connected."""
    url = _url(folder, int(_state(folder)["port"]))
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    return bool(row and row[0])


def _refuse_other_version(folder: _Folder, found: programs.Binaries) -> None:
    made_by = (folder.cluster / "PG_VERSION").read_text().strip()
    if made_by != str(found.major):
        raise PostgresError(
            f"the database was made by PostgreSQL {made_by} and this is {found.version}: "
            f"back up with the old version of Serasi, move {folder.root} away, and restore"
        )


def _url(folder: _Folder, port: int) -> str:
    try:
        password = folder.password.read_text().strip()
    except OSError as error:
        raise PostgresError(f"cannot read {folder.password}: {error.strerror}") from error
    return f"postgresql://{OWNER}:{password}@127.0.0.1:{port}/{DATABASE}"


def _state(folder: _Folder) -> dict[str, str]:
    try:
        state = json.loads(folder.state.read_text())
        return {"port": str(state["port"]), "version": str(state["version"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PostgresError(f"cannot read {folder.state}: stop the server and delete this file") from error


def _write_private(path: Path, text: str) -> None:
    """Write a file that only we may read, whole or not at all."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


def _is_free(port: int) -> bool:
    if port == 0:
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _shorten_log(folder: _Folder) -> None:
    if folder.log.exists() and folder.log.stat().st_size > LOG_LIMIT:
        folder.log.replace(folder.log.with_suffix(".log.1"))


def _log_since(folder: _Folder, position: int) -> str:
    try:
        with folder.log.open("rb") as file:
            file.seek(position)
            return file.read().decode(errors="replace")
    except OSError:
        return ""


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    serious = [line for line in lines if "FATAL" in line or "PANIC" in line]
    return (serious or lines or ["no reason given"])[-1]
