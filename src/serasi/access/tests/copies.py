"""A database of its own for tests whose rows must be committed: several sessions at once, programs beside the test."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def copied_database() -> Iterator[None]:
    """Within, Django works in a copy of the test database, which is thrown away afterwards."""
    name, role = connection.settings_dict["NAME"], connection.settings_dict["OPTIONS"].get("options")
    copy = f"{name}_copy"

    def as_owner(statement: str) -> None:
        connection.settings_dict["OPTIONS"].pop("options", None)
        connection.settings_dict["NAME"] = "postgres"
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()
        connection.settings_dict["OPTIONS"]["options"] = role

    connection.close()
    try:
        as_owner(f"DROP DATABASE IF EXISTS {copy}")
        as_owner(f"CREATE DATABASE {copy} TEMPLATE {name}")
        connection.settings_dict["NAME"] = copy
        yield
        as_owner(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")
    finally:
        connection.settings_dict["NAME"] = name
        connection.close()
