from collections.abc import Iterator

import pytest
from django.db import connection

from serasi.cases.tests.factories import World, find_world


@pytest.fixture
def world(db: None) -> World:
    return find_world()


@pytest.fixture
def committed_world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """A house in a copy of the test database in which everything is committed; the copy is thrown away afterwards."""
    name = connection.settings_dict["NAME"]
    copy = f"{name}_races"
    role = connection.settings_dict["OPTIONS"].get("options")

    def as_owner(statement: str) -> None:
        connection.settings_dict["OPTIONS"].pop("options", None)
        connection.settings_dict["NAME"] = "postgres"
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()
        connection.settings_dict["OPTIONS"]["options"] = role

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
        try:
            as_owner(f"DROP DATABASE IF EXISTS {copy}")
            as_owner(f"CREATE DATABASE {copy} TEMPLATE {name}")
            connection.settings_dict["NAME"] = copy
            yield find_world()
            as_owner(f"DROP DATABASE IF EXISTS {copy}")
        finally:
            connection.settings_dict["NAME"] = name
            connection.close()
