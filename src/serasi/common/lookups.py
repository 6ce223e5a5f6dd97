"""Lookups that Django does not bring."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Field, Func, Lookup, QuerySet, Value


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


def beside_first_without(
    codes: Sequence[str], beside: Any, there: ArraySubquery, kept_as: "Field[Any, Any]", *, least: bool = False
) -> Func:
    """What stands ``beside`` the first code of a list that is not ``there``, or the least of all those; null where none
    is missing.

    ``beside`` is an array as long as the list. However many codes there are, what is there is asked once.
    """
    listed = Func(Value(list(codes), ArrayField(CharField())), beside, function="unnest", output_field=kept_as)
    return Func(
        listed,
        there,
        template="(SELECT beside FROM %(expressions)s) ORDER BY %(order)s LIMIT 1)",
        arg_joiner=" WITH ORDINALITY AS listed (code, beside, place) WHERE code <> ALL (",
        order="beside" if least else "place",
        output_field=kept_as,
    )
