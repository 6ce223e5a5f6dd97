"""The ground of all tests: embedded PostgreSQL, a database migrated by its owner and used as the application's role."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HOME = Path(os.environ.setdefault("SERASI_HOME", str(Path(__file__).parent / "var")))
os.environ["SERASI_DEMO"] = "0"
if "DATABASE_URL" not in os.environ:
    from serasi.postgres import ensure

    os.environ["DATABASE_URL"] = ensure(HOME).url


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
def uploads(settings: Any, tmp_path: Path) -> Path:
    """Files of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Create and migrate as the owner; then connect as `serasi_app`, so that row-level security is on in every test."""
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from serasi.settings import database

    # pytest-django reads the settings before this file could name the server.
    named = database(os.environ["DATABASE_URL"], None)
    connection.settings_dict.update({key: named[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})

    def connect_as(role: str | None) -> None:
        connection.close()
        connection.close_pool()
        options = connection.settings_dict["OPTIONS"]
        options.pop("options", None)
        options.pop("pool", None)
        if role:
            options["options"] = f"-c role={role}"

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connect_as(None)
        databases = setup_databases(verbosity=0, interactive=False, keepdb=False, serialized_aliases=[])
        connect_as(settings.APPLICATION_ROLE)
        _load_reference()
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connect_as(None)
        teardown_databases(databases, verbosity=0)


def _load_reference() -> None:
    """What every unit works with stands before the first test: loading it again changes nothing and costs little."""
    from django.utils import timezone

    from serasi.access.models import User
    from serasi.cases.operations import reference as cases
    from serasi.people import operations as people

    system = User.objects.system()
    people.load_reference(by=system, at=timezone.now())
    cases.load_reference(by=system, at=timezone.now())
