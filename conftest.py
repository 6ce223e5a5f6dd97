"""The ground of all tests: embedded PostgreSQL, a database migrated by its owner and used as the application's role."""

import atexit
import fcntl
import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

HOME = Path(os.environ.setdefault("SERASI_HOME", str(Path(__file__).parent / "var")))
os.environ["SERASI_DEMO"] = "0"
if "DATABASE_URL" not in os.environ:
    from serasi.postgres import ensure

    os.environ["DATABASE_URL"] = ensure(HOME).url


def pytest_configure(config: pytest.Config) -> None:
    """A worker that ends says nothing more: the binding of DuckDB would list what the worker itself still holds."""
    if hasattr(config, "workerinput"):
        atexit.register(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), 2))


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> None:
    """Static files by their plain names: tests need none of them collected."""
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Passwords of tests need not be slow to guess."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    """A page that was read in English leaves its language to whoever comes next in the process."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """The same people stand in every test: what was made for them in another one is made anew."""
    from serasi.cases.queries import tasks

    tasks.due_statement.cache_clear()
    tasks.counts_statement.cache_clear()


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> Path:
    """Files of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """A copy of the laid-out database, used as `serasi_app`, so that row-level security is on in every test."""
    from django.conf import settings
    from django.db import connection

    from serasi.settings import database

    # pytest-django reads the settings before this file could name the server.
    owner = os.environ["DATABASE_URL"]
    named = database(owner, None)
    connection.settings_dict.update({key: named[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})
    name = str(connection.settings_dict["TEST"]["NAME"])
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        laid_out = _laid_out_database()
        _drop(name)
        _tell(owner, f"CREATE DATABASE {name} TEMPLATE {laid_out}")
        _connect_to(name, role=settings.APPLICATION_ROLE)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _connect_to(named["NAME"], role=None)
        _drop(name)


def _laid_out_database() -> str:
    """The name of a database with schema, shipped lists and the world of the tests; laid out once a day for all that
    run the same source."""
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_databases

    from serasi.cases.tests.factories import lay_out_world

    owner, name = os.environ["DATABASE_URL"], f"serasi_laid_out_{_fingerprint()}"
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "laid_out.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(owner) as asking:
            found = asking.execute("SELECT datname FROM pg_database WHERE datname LIKE 'serasi_laid_out_%'").fetchall()
        if (name,) in found:
            return name
        _drop(*(old for (old,) in found))
        draft = connection.settings_dict["TEST"]["NAME"] = f"{name}_draft"
        _connect_to(connection.settings_dict["NAME"], role=None)
        setup_databases(verbosity=0, interactive=False, keepdb=False, serialized_aliases=[])
        _connect_to(draft, role=settings.APPLICATION_ROLE)
        _load_reference()
        lay_out_world()
        connection.close()
        _tell(owner, f"ALTER DATABASE {draft} RENAME TO {name}")
    return name


def _fingerprint() -> str:
    """Of the day, and all that may leave its mark on the schema, the shipped lists or the world of the tests."""
    source = Path(__file__).parent / "src" / "serasi"
    told = hashlib.sha256(datetime.now(UTC).date().isoformat().encode())
    for path in sorted(source.rglob("*")):
        is_of_tests = "tests" in path.parts and path.name != "factories.py"
        if path.suffix in {".py", ".sql", ".toml", ".csv", ".json"} and not is_of_tests:
            told.update(path.relative_to(source).as_posix().encode() + path.read_bytes())
    return told.hexdigest()[:16]


def _connect_to(name: str, *, role: str | None) -> None:
    from django.db import connection

    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = name
    options = connection.settings_dict["OPTIONS"]
    options.pop("options", None)
    options.pop("pool", None)
    if role:
        options["options"] = f"-c role={role}"


def _drop(*names: str) -> None:
    from serasi.postgres import drop_database

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for name in names:
            drop_database(connection, name)


def _tell(owner: str, *statements: str) -> None:
    with psycopg.connect(owner, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]


def _load_reference() -> None:
    """What every unit works with: loading it again changes nothing and costs little."""
    from django.utils import timezone

    from serasi.access.models import User
    from serasi.cases.operations import reference as cases
    from serasi.cycles import operations as cycles
    from serasi.people import operations as people

    system = User.objects.system()
    people.load_reference(by=system, at=timezone.now())
    cases.load_reference(by=system, at=timezone.now())
    cycles.load_reference(by=system, at=timezone.now())
