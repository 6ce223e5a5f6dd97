"""A database of a given size, and the real server in front of it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from serasi.postgres import drop_database

HOME = Path(os.environ.get("SERASI_HOME", "var")).absolute()
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a crowd of ``persons`` stands: the database's address, the site's, and how long the crowd took to load.

    ``seconds_to_load`` is None for a crowd that was kept from an earlier run.
    """

    persons: int
    database: str
    site: str
    seconds_to_load: float | None

    @property
    def environment(self) -> dict[str, str]:
        return surroundings(self.database)


def surroundings(database: str) -> dict[str, str]:
    """What a process needs to know to work on this database."""
    environment = {**os.environ, "DATABASE_URL": database, "SERASI_HOME": str(HOME), "SERASI_DEMO": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return environment


@contextmanager
def stage(persons: int, *, keep: bool = False, workers: int = 2) -> Iterator[Stage]:
    """Create the database, load the demonstration staff and a crowd, serve it; drop everything afterwards.

    With ``keep`` the database stays for the next run, which brings its schema up to date instead of loading again.
    """
    owner = os.environ["DATABASE_URL"]
    name = f"serasi_bench_{persons}"
    address = urlunsplit(urlsplit(owner)._replace(path=f"/{name}"))
    environment = surroundings(address)
    stands = keep and _exists(owner, name)
    if not stands:
        _drop(owner, name)
        _admin(owner, f"CREATE DATABASE {name}")
    try:
        serasi(environment, "prepare")
        seconds = None if stands else _load(environment, persons)
        _admin(address, "VACUUM ANALYZE")
        with _server(environment, workers) as site:
            yield Stage(persons, address, site, seconds)
    finally:
        if not keep:
            _drop(owner, name)


def serasi(environment: dict[str, str], *words: str) -> str:
    """Run one command; its own words, or its error."""
    done = subprocess.run(  # noqa: S603  (ourselves)
        [str(BIN / "serasi"), *words], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def _load(environment: dict[str, str], persons: int) -> float:
    serasi(environment, "demo", "--people", "40")
    return float(json.loads(serasi(environment, "seed", "--persons", str(persons), "--json"))["seconds"])


@contextmanager
def _server(environment: dict[str, str], workers: int) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603
        [
            *(str(BIN / "granian"), "serasi.wsgi:application", "--interface", "wsgi", "--log-level", "error"),
            *("--host", "127.0.0.1", "--port", str(port), "--workers", str(workers), "--blocking-threads", "4"),
        ],
        env={**environment, "DJANGO_SETTINGS_MODULE": "serasi.settings"},
    )
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat", timeout=2)
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _exists(address: str, name: str) -> bool:
    with psycopg.connect(address) as owner:
        return owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(address: str, name: str) -> None:
    with psycopg.connect(address, autocommit=True) as owner:
        drop_database(owner, name)


def _admin(address: str, *statements: str) -> None:
    with psycopg.connect(address, autocommit=True) as owner:
        for statement in statements:
            owner.execute(statement)
