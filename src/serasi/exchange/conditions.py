"""What is searched for: the three query types of the standard as one small tree. Nothing is evaluated here.

``idtype-value`` is one comparison; ``predicate`` a list of one or two comparisons each; ``expression`` nested
``{"$and": [{"age": {"$lt": 25}}, …]}``. Attributes that this registry does not hold are refused by their name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from serasi.exchange.enums import Attribute
from serasi.exchange.messages import PartRefused

Operator = Literal["eq", "lt", "le", "gt", "ge", "in"]
Join = Literal["and", "or", "not"]
Value = str | int | float
INVALID: Final = "rjct.search_criteria.invalid"
MOST_COMPARISONS: Final = 20
DEEPEST: Final = 5
MOST_VALUES: Final = 50
"""In one list of ``in``."""
LONGEST_VALUE: Final = 200
NAMES: Final[Mapping[str, Attribute]] = {
    "uin": Attribute.NIK,
    "nin": Attribute.NIK,
    "nik": Attribute.NIK,
    "nationalid": Attribute.NIK,
    "national_id": Attribute.NIK,
    "household_id": Attribute.KK,
    "kk": Attribute.KK,
    "mobile": Attribute.PHONE,
    "phone": Attribute.PHONE,
    "phone_number": Attribute.PHONE,
    "name": Attribute.NAME,
    "sex": Attribute.SEX,
    "gender": Attribute.SEX,
    "birth_date": Attribute.BIRTH_DATE,
    "date_of_birth": Attribute.BIRTH_DATE,
    "age": Attribute.AGE,
    "region": Attribute.REGION,
    "district": Attribute.REGION,
    "location": Attribute.REGION,
    "registration_date": Attribute.REGISTERED,
}
"""How the standard's examples, and we, call what can be searched by; without regard to capitals."""
_OPERATORS: Final[Mapping[str, Operator]] = {
    "$eq": "eq",
    "$lt": "lt",
    "$lte": "le",
    "$le": "le",
    "$gt": "gt",
    "$gte": "ge",
    "$ge": "ge",
    "$in": "in",
}
_OF_PREDICATES: Final = frozenset({"eq", "lt", "le", "gt", "ge", "in"})


@dataclass(frozen=True, slots=True)
class Comparison:
    attribute: Attribute
    operator: Operator
    values: tuple[Value, ...]
    """One, or for ``in`` as many as were listed."""


@dataclass(frozen=True, slots=True)
class Joined:
    """``not`` is that none of the parts holds."""

    join: Join
    parts: tuple["Condition", ...]


Condition = Comparison | Joined


def read_query(kind: Any, query: Any, *, allowed: frozenset[str]) -> Condition:
    """The tree of a query. Raises PartRefused: of an unknown kind or shape, or by what may not be searched by."""
    reader = _Reader(allowed)
    match kind:
        case "idtype-value":
            return reader.identifier(query)
        case "predicate":
            return reader.predicates(query)
        case "expression":
            return reader.expression(query)
        case _:
            raise PartRefused(INVALID, "query_type must be idtype-value, expression or predicate.")


class _Reader:
    def __init__(self, allowed: frozenset[str]) -> None:
        self.allowed, self.left = allowed, MOST_COMPARISONS

    def identifier(self, query: Any) -> Condition:
        if not isinstance(query, dict):
            raise PartRefused(INVALID, "query must be an object with type and value.")
        value = query.get("value")
        return self.comparison(query.get("type"), "eq", value)

    def predicates(self, query: Any) -> Condition:
        if not isinstance(query, list) or not query:
            raise PartRefused(INVALID, "query must be a list of predicates.")
        read: list[Condition] = []
        for one in query:
            if not isinstance(one, dict):
                raise PartRefused(INVALID, "Each predicate must be an object.")
            first = self._of_predicate(one.get("expression1"))
            if one.get("expression2") is None:
                read.append(first)
                continue
            second = self._of_predicate(one["expression2"])
            match one.get("condition", "and"):
                case "and":
                    read.append(Joined("and", (first, second)))
                case "or":
                    read.append(Joined("or", (first, second)))
                case "not":
                    read.append(Joined("and", (first, Joined("not", (second,)))))
                case _:
                    raise PartRefused(INVALID, "condition must be and, or, not.")
        return Joined("and", tuple(read))

    def _of_predicate(self, expression: Any) -> Comparison:
        if not isinstance(expression, dict) or expression.get("operator") not in _OF_PREDICATES:
            raise PartRefused(
                INVALID, "An expression needs attribute_name, operator (gt lt eq ge le in), attribute_value."
            )
        operator: Any = expression["operator"]
        return self.comparison(expression.get("attribute_name"), operator, expression.get("attribute_value"))

    def expression(self, query: Any) -> Condition:
        value = query.get("value") if isinstance(query, dict) else None
        told = value.get("expression", value) if isinstance(value, dict) else None
        asked = told.get("query") if isinstance(told, dict) else None
        return self._expression(asked, DEEPEST)

    def _expression(self, asked: Any, deep: int) -> Condition:
        if not isinstance(asked, dict) or not asked or not deep:
            raise PartRefused(INVALID, "query.value.expression.query must hold conditions, nested at most five deep.")
        parts: list[Condition] = []
        for name, told in asked.items():
            if name in {"$and", "$or"}:
                if not isinstance(told, list) or not told:
                    raise PartRefused(INVALID, f"{name} must be a list of conditions.")
                join: Join = "and" if name == "$and" else "or"
                parts.append(Joined(join, tuple(self._expression(one, deep - 1) for one in told)))
            elif name == "$not":
                parts.append(Joined("not", (self._expression(told, deep - 1),)))
            elif isinstance(told, dict):
                if not told:
                    raise PartRefused(INVALID, f"{name[:40]} is compared with nothing.")
                for sign, value in told.items():
                    if sign not in _OPERATORS:
                        raise PartRefused(INVALID, f"{sign[:40]} is no operator here.")
                    parts.append(self.comparison(name, _OPERATORS[sign], value))
            else:
                parts.append(self.comparison(name, "eq", told))
        return parts[0] if len(parts) == 1 else Joined("and", tuple(parts))

    def comparison(self, name: Any, operator: Operator, value: Any) -> Comparison:
        self.left -= 1
        if self.left < 0:
            raise PartRefused(INVALID, f"More than {MOST_COMPARISONS} comparisons.")
        attribute = NAMES.get(name.lower()) if isinstance(name, str) else None
        if attribute is None:
            raise PartRefused(INVALID, f"This registry is not searched by {str(name)[:40]}.")
        if attribute not in self.allowed:
            raise PartRefused(INVALID, f"The agreement does not allow searching by {str(name)[:40]}.")
        if operator == "in":
            if not isinstance(value, list) or not 0 < len(value) <= MOST_VALUES:
                raise PartRefused(INVALID, f"in needs a list of 1 to {MOST_VALUES} values.")
            return Comparison(attribute, operator, tuple(_plain(one) for one in value))
        return Comparison(attribute, operator, (_plain(value),))


def _plain(value: Any) -> Value:
    if isinstance(value, str | int | float) and not isinstance(value, bool) and len(str(value)) <= LONGEST_VALUE:
        return value
    raise PartRefused(INVALID, f"A value must be a text of at most {LONGEST_VALUE} characters or a number.")
