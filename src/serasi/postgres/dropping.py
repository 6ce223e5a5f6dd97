"""Letting go of a database."""

from typing import Any

import psycopg
from psycopg import sql


def drop_database(connection: "psycopg.Connection[Any]", name: str) -> None:
    """Drop the database if there is one, with whoever is still in it. Needs a connection outside transactions.

    Plainly first: the server's own cleaner (autovacuum) makes way for a plain drop, while a forced one, asked for by an
    ordinary owner, is refused because of it.
    """
    database = sql.Identifier(name)
    try:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(database))
    except psycopg.errors.ObjectInUse:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
