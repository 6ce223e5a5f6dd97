"""A database of a given size, and the real server in front of it."""

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

HOME = Path(os.environ.get("SERASI_HOME", "var")).absolute()
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a crowd of ``persons`` stands: the database's address, the site's, and how long the crowd took to load."""

    persons: int
    database: str
    site: str
    seconds_to_load: float


@contextmanager
def stage(persons: int, *, workers: int = 2) -> Iterator[Stage]:
    """Create the database, load the demonstration staff and a crowd, serve it; drop everything afterwards."""
    owner = os.environ["DATABASE_URL"]
    name = f"serasi_bench_{persons}"
    address = urlunsplit(urlsplit(owner)._replace(path=f"/{name}"))
    _admin(owner, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    environment = {**os.environ, "DATABASE_URL": address, "SERASI_HOME": str(HOME), "SERASI_DEMO": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    try:
        _serasi(environment, "prepare")
        _serasi(environment, "demo", "--people", "40")
        begun = time.monotonic()
        _serasi(environment, "seed", "--persons", str(persons))
        seconds = time.monotonic() - begun
        with _server(environment, workers) as site:
            yield Stage(persons, address, site, seconds)
    finally:
        _admin(owner, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


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


def _admin(address: str, *statements: str) -> None:
    with psycopg.connect(address, autocommit=True) as owner:
        for statement in statements:
            owner.execute(statement)


def _serasi(environment: dict[str, str], *words: str) -> None:
    subprocess.run([str(BIN / "serasi"), *words], env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
