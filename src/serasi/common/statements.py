"""Statements that pages ask all day: built by Django once, then asked with other values.

To build and compile a union of twenty queries takes Django four times as long as PostgreSQL takes to answer it. The
text of such a statement is always the same; what differs, as the file that is asked about, is `Given` by name. Nothing
that changes by itself may stand in it as a value: "now" is the database's (`django.db.models.functions.Now`).
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, Field, QuerySet


class Given(Expression):
    """A value that is named when a statement is built, and known when it is asked."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        del compiler, connection
        return "%s", (_Place(self.name),)


class _Place:
    """Where a given value goes among those of a statement."""

    def __init__(self, name: str) -> None:
        self.name = name


class Statement:
    """The text of a query for rows of plain values, and what goes into it. A value that is not given is a KeyError.

    What Django has no words for is written ``within`` a text of SQL, where the query stands at ``{}`` and before the
    values that it takes ``also``.
    """

    def __init__(self, rows: QuerySet[Any, Any], *, within: str = "{}", also: tuple[Any, ...] = ()) -> None:
        self.sql = ""
        self.values: tuple[Any, ...] = ()
        with suppress(EmptyResultSet):  # nothing that could be asked for is open to this reader
            sql, values = rows.query.sql_with_params()
            self.sql, self.values = within.format(sql), (*values, *also)

    def ask(self, *, first: int = 0, most: int | None = None, **given: Any) -> list[tuple[Any, ...]]:
        """The rows from the ``first`` on, counted from 0; at most so many. One query."""
        if not self.sql:
            return []
        return self._asked(f"{self.sql} LIMIT %s OFFSET %s", [*self._with(given), most, first])

    def count(self, **given: Any) -> int:
        """How many rows there are. One query."""
        if not self.sql:
            return 0
        ((found,),) = self._asked(f"SELECT count(*) FROM ({self.sql}) AS counted", self._with(given))  # noqa: S608
        return int(found)

    def _with(self, given: dict[str, Any]) -> list[Any]:
        return [given[value.name] if isinstance(value, _Place) else value for value in self.values]

    @staticmethod
    def _asked(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor, _kept_at_once(connection.connection):
            cursor.execute(sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


@contextmanager
def _kept_at_once(driver: Any) -> Iterator[None]:
    """Keep the plan from the first time on: planning a union of forty queries takes four times as long as asking it."""
    usual, driver.prepare_threshold = driver.prepare_threshold, 0
    try:
        yield
    finally:
        driver.prepare_threshold = usual
