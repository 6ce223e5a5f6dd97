from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from serasi.access.models import SYSTEM_ID
from serasi.people.tests.factories import House


@pytest.fixture
def house(db: None) -> House:
    return House()


@pytest.fixture
def committed_house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """A house whose rows are committed, for tests with several sessions at once; all of it goes away afterwards."""
    with django_db_blocker.unblock():
        try:
            yield House()
        finally:
            _clear()


def _clear() -> None:
    tables = connection.introspection.table_names()
    ours = [name for name in tables if name.startswith(("people_", "institutions_"))]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(
            "SELECT set_config('serasi.actor', %s, true), set_config('serasi.scope', 'system', true)", [str(SYSTEM_ID)]
        )
        cursor.execute(f"TRUNCATE {', '.join(ours)} CASCADE")
        for table, condition in (
            ("access_posting", "true"),
            ("access_user", f"id <> '{SYSTEM_ID}'"),
            ("access_unit", "true"),
        ):
            cursor.execute(f"DELETE FROM {table} WHERE {condition}")  # noqa: S608  (names of our own)
        cursor.execute("TRUNCATE access_trail, access_look")
    connection.close()


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    """Signing in is tested in `access`; here nobody is asked for a second factor."""
    settings.SERASI_DEMO = True
