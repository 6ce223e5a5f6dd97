"""Lookups that Django does not bring."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Field, Lookup, QuerySet


@Field.register_lookup
class Among(Lookup):
    """``field__among=one_column_of(…)``: the value is one of an array that is read once, before the rows are.

    Unlike ``__in`` with a query, PostgreSQL can serve it from an index within OR as well, and, its comparison being
    leakproof for ids, before the row policies of the table are asked: a list that is a matter of a few rows stays so
    in a table of millions.
    """

    lookup_name = "among"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, column_params = self.process_lhs(compiler, connection)
        values, values_params = self.process_rhs(compiler, connection)
        return f"{column} = ANY({values})", (*column_params, *values_params)


def one_column_of(rows: QuerySet[Any, Any], name: str = "pk") -> ArraySubquery:
    """The values of one field of these rows, as an array."""
    return ArraySubquery(rows.order_by().values(name))
