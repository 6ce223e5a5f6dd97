"""The functions of ODK XForms: how many arguments they take, and what they say.

Source: https://getodk.github.io/xforms-spec/#xpath-functions.
Where JavaRosa, the engine inside ODK Collect, does otherwise than XPath 1.0 or the specification, the line says so.
"""

import base64
import binascii
import hashlib
import math
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from .broken import Broken, UnknownFunction, WrongArguments
from .dates import formatted, moment_from, share_of_day, to_day
from .given import Given
from .nodes import Scalar, Value
from .places import area, distance, points_of
from .regex import matches, work_of
from .values import numbers, to_boolean, to_text


@dataclass(frozen=True, slots=True)
class Function:
    """``most`` is None where there is no end; ``by`` is 2 where arguments come in pairs."""

    least: int
    most: int | None
    work: Callable[[Given], Value]
    by: int = 1


def function(name: str, given: int) -> Function:
    """What is called. Raises UnknownFunction, WrongArguments."""
    found = FUNCTIONS.get(name)
    if found is None:
        raise UnknownFunction(name)
    if given < found.least or (found.most is not None and given > found.most) or (given - found.least) % found.by:
        raise WrongArguments(name, given, found.least, found.most)
    return found


# --- truths


def _coalesce(given: Given) -> Value:
    """The first that is answered; NaN is no answer (JavaRosa)."""
    first = given.scalar(0)
    is_blank = first == "" or (isinstance(first, float) and math.isnan(first))
    return given.scalar(1) if is_blank else first


def _once(given: Given) -> Value:
    """What stands in the node already, or else the argument."""
    standing = given.evaluator.worth(given.scope.current)
    return standing if standing != "" else given.scalar(0)


def _checklist(given: Given) -> Value:
    """Whether as many hold as `min` and `max` say; -1 is no bound."""
    least, most = given.number(0), given.number(1)
    held = sum(map(to_boolean, given.all(2)))
    return (least < 0 or held >= least) and (most < 0 or held <= most)


def _weighted_checklist(given: Given) -> Value:
    least, most = given.number(0), given.number(1)
    weights = (given.number(at + 1) for at in range(2, len(given), 2) if given.boolean(at))
    return least <= sum(weights) <= most


# --- numbers


def _number_function(work: Callable[[float], float]) -> Callable[[Given], Value]:
    """A function of one number; outside of what it is defined for the answer is NaN."""

    def answer(given: Given) -> Value:
        try:
            return work(given.number(0))
        except (ValueError, OverflowError):
            return math.nan

    return answer


def _whole(number: float) -> float:
    return float(math.trunc(number)) if math.isfinite(number) else number


def _power(given: Given) -> Value:
    try:
        return math.pow(given.number(0), given.number(1))
    except ValueError:
        return math.nan
    except OverflowError:
        return math.inf


def _round(given: Given) -> Value:
    """Halves go up, those below zero towards zero: round(-2.5) is -2 (JavaRosa, XPath 1.0)."""
    number, places = given.number(0), given.number(1) if len(given) > 1 else 0.0
    if not math.isfinite(number) or not -30 <= places <= 30:
        return number if not math.isfinite(number) else math.nan
    direction = ROUND_HALF_DOWN if number < 0 else ROUND_HALF_UP
    try:
        return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-int(places)), rounding=direction))
    except ArithmeticError:
        return number


def _greatest(given: Given) -> Value:
    return max(numbers(given.all()), default=math.nan)


def _smallest(given: Given) -> Value:
    return min(numbers(given.all()), default=math.nan)


def _sum(given: Given) -> Value:
    """Of nodes alone; blanks count for nothing (JavaRosa). Rounded as doubles are: from left to right."""
    total = 0.0
    for number in numbers(given.evaluator.worth(node) for node in given.nodes(0)):
        total += number
    return total


# --- texts


def _joined(given: Given, between: str, values: list[Scalar]) -> Value:
    """As much work as it has letters: texts that double themselves come to an end."""
    joined = between.join(map(to_text, values))
    given.evaluator.spend(len(joined))
    return joined


def _substring(given: Given) -> Value:
    """XPath 1.0, 4.2: counts from 1, bounds are rounded."""
    text, start = given.text(0), given.number(1)
    first = math.floor(start + 0.5) if math.isfinite(start) else start
    if len(given) > 2:
        length = given.number(2)
        end = first + (math.floor(length + 0.5) if math.isfinite(length) else length)
    else:
        end = math.inf
    return "".join(letter for at, letter in enumerate(text, start=1) if first <= at < end)


def _substr(given: Given) -> Value:
    """Counts from 0; below zero from the end."""
    text = given.text(0)
    start = given.number(1)
    end = given.number(2) if len(given) > 2 else float(len(text))
    return "" if math.isnan(start) or math.isnan(end) else text[_bound(start, text) : _bound(end, text)]


def _bound(at: float, text: str) -> int:
    return int(max(-len(text), min(len(text), at)))


def _before(text: str, mark: str) -> str:
    before, found, _ = text.partition(mark) if mark else ("", "", "")
    return before if found else ""


def _after(text: str, mark: str) -> str:
    return text.partition(mark)[2] if mark else text


def _translate(given: Given) -> Value:
    text, before, after = given.text(0), given.text(1), given.text(2)
    table: dict[int, str | None] = {}
    for at, letter in enumerate(before):
        table.setdefault(ord(letter), after[at] if at < len(after) else None)
    return text.translate(table)


def _regex(given: Given) -> Value:
    text, pattern = given.text(0), given.text(1)
    given.evaluator.spend(work_of(pattern, text))
    return matches(pattern, text)


def _of_text_or_here(given: Given) -> str:
    return given.text(0) if len(given) else to_text(given.evaluator.worth(given.scope.node))


DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def _digest(given: Given) -> Value:
    name = DIGESTS.get(given.text(1).upper())
    if name is None:
        raise Broken(f"digest() tidak mengenal “{given.text(1)}”.")
    digest = hashlib.new(name, given.text(0).encode(), usedforsecurity=False).digest()
    encoding = given.text(2) if len(given) > 2 else "base64"
    return digest.hex() if encoding == "hex" else base64.b64encode(digest).decode()


def _base64_decode(given: Given) -> Value:
    try:
        return base64.b64decode(given.text(0), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


def _uuid(given: Given) -> Value:
    """By chance, as random() is: neither may stand in a score."""
    written = str(uuid.uuid4())
    return written if len(given) == 0 else (written.replace("-", "") * 4)[: int(given.number(0))]


# --- choices


def _selected(given: Given) -> Value:
    """A blank choice is selected where nothing is (JavaRosa)."""
    return f" {given.text(1).strip()} " in f" {given.text(0)} "


def _selected_at(given: Given) -> Value:
    """Counts from 0."""
    chosen, at = given.text(0).split(), given.number(1)
    return chosen[int(at)] if math.isfinite(at) and 0 <= int(at) < len(chosen) else ""


def _choice_name(given: Given) -> Value:
    """``jr:choice-name(value, 'path of the question')``: pyxform writes the path as a text."""
    return given.source.choice_name(given.text(1).strip(), given.text(0), given.scope.current)


# --- nodes


def _position(given: Given) -> Value:
    """Without an argument the place among what a predicate filters; else the row that a node is."""
    if len(given) == 0:
        return float(given.scope.position or given.scope.node.place)
    nodes = given.nodes(0)
    return float(nodes[0].place) if nodes else math.nan


def _count_non_empty(given: Given) -> Value:
    return float(sum(bool(node.children) or given.evaluator.worth(node) != "" for node in given.nodes(0)))


def _instance(given: Given) -> Value:
    return [given.source.secondary(given.text(0))]


def _current(given: Given) -> Value:
    return [given.scope.current]


def _named(given: Given) -> Value:
    nodes = given.nodes(0) if len(given) else [given.scope.node]
    return nodes[0].name if nodes else ""


def _indexed_repeat(given: Given) -> Value:
    """``indexed-repeat(question, repeat, row, inner repeat, row)``; there is nothing in row 0 (JavaRosa says row 1)."""
    found = given.everywhere(0)
    for at in range(1, len(given), 2):
        rows, row = given.everywhere(at), given.number(at + 1)
        rows = [each for each in rows if each.place == row]
        found = [node for node in found if any(parent in rows for parent in node.ancestors())]
    return found


def _pulldata(given: Given) -> Value:
    """``pulldata(list, column, key column, key)``."""
    column, key_column, key = given.text(1), given.text(2), given.text(3)
    for item in given.source.secondary(given.text(0)).children[0].children:
        cells = {cell.name: cell.text for cell in item.children}
        if cells.get(key_column) == key:
            return cells.get(column, "")
    return ""


# --- days and times


def _today(given: Given) -> Value:
    return given.source.now.date()


def _decimal_date_time(given: Given) -> Value:
    """Days since 1970 in UTC; a day begins at midnight of the zone."""
    moment = moment_from(given.scalar(0), given.source.now)
    return math.nan if moment is None else moment.timestamp() / 86_400


def _decimal_time(given: Given) -> Value:
    return share_of_day(given.scalar(0), given.source.now)


def _format_date(given: Given) -> Value:
    moment = moment_from(given.scalar(0), given.source.now)
    return "" if moment is None else formatted(moment, given.text(1), given.source.language)


def _date(given: Given) -> Value:
    return to_day(given.scalar(0), given.source.now)


def _date_time(given: Given) -> Value:
    return moment_from(given.scalar(0), given.source.now) or ""


FUNCTIONS: dict[str, Function] = {
    # truths
    "if": Function(3, 3, lambda given: given.value(1) if given.boolean(0) else given.value(2)),
    "coalesce": Function(2, 2, _coalesce),
    "once": Function(1, 1, _once),
    "true": Function(0, 0, lambda given: True),
    "false": Function(0, 0, lambda given: False),
    "not": Function(1, 1, lambda given: not given.boolean(0)),
    "boolean": Function(1, 1, lambda given: given.boolean(0)),
    "boolean-from-string": Function(1, 1, lambda given: given.text(0).lower() in {"true", "1"}),
    "checklist": Function(2, None, _checklist),
    "weighted-checklist": Function(2, None, _weighted_checklist, by=2),
    # numbers
    "number": Function(1, 1, lambda given: given.number(0)),
    "int": Function(1, 1, _number_function(_whole)),
    "round": Function(1, 2, _round),
    "pow": Function(2, 2, _power),
    "abs": Function(1, 1, _number_function(abs)),
    "sqrt": Function(1, 1, _number_function(math.sqrt)),
    "exp": Function(1, 1, _number_function(math.exp)),
    "exp10": Function(1, 1, _number_function(lambda number: math.pow(10, number))),
    "log": Function(1, 1, _number_function(math.log)),
    "log10": Function(1, 1, _number_function(math.log10)),
    "sin": Function(1, 1, _number_function(math.sin)),
    "cos": Function(1, 1, _number_function(math.cos)),
    "tan": Function(1, 1, _number_function(math.tan)),
    "asin": Function(1, 1, _number_function(math.asin)),
    "acos": Function(1, 1, _number_function(math.acos)),
    "atan": Function(1, 1, _number_function(math.atan)),
    "atan2": Function(2, 2, lambda given: math.atan2(given.number(0), given.number(1))),
    "pi": Function(0, 0, lambda given: math.pi),
    "random": Function(0, 0, lambda given: uuid.uuid4().int / 2**128),
    # nodes
    "sum": Function(1, 1, _sum),
    "max": Function(1, None, _greatest),
    "min": Function(1, None, _smallest),
    "count": Function(1, 1, lambda given: float(len(given.nodes(0)))),
    "count-non-empty": Function(1, 1, _count_non_empty),
    "position": Function(0, 1, _position),
    "last": Function(0, 0, lambda given: float(given.scope.size)),
    "name": Function(0, 1, _named),
    "local-name": Function(0, 1, _named),
    "instance": Function(1, 1, _instance),
    "current": Function(0, 0, _current),
    "indexed-repeat": Function(3, 11, _indexed_repeat, by=2),
    "pulldata": Function(4, 4, _pulldata),
    # The order of choices is for the eye alone.
    "randomize": Function(1, 2, lambda given: list(given.nodes(0))),
    # texts
    "string": Function(1, 1, lambda given: given.text(0)),
    "concat": Function(1, None, lambda given: _joined(given, "", given.all())),
    "join": Function(1, None, lambda given: _joined(given, given.text(0), given.all(1))),
    "substr": Function(2, 3, _substr),
    "substring": Function(2, 3, _substring),
    "substring-before": Function(2, 2, lambda given: _before(given.text(0), given.text(1))),
    "substring-after": Function(2, 2, lambda given: _after(given.text(0), given.text(1))),
    "string-length": Function(0, 1, lambda given: float(len(_of_text_or_here(given)))),
    "normalize-space": Function(0, 1, lambda given: " ".join(_of_text_or_here(given).split())),
    "translate": Function(3, 3, _translate),
    "contains": Function(2, 2, lambda given: given.text(1) in given.text(0)),
    "starts-with": Function(2, 2, lambda given: given.text(0).startswith(given.text(1))),
    "ends-with": Function(2, 2, lambda given: given.text(0).endswith(given.text(1))),
    # The whole text must match (JavaRosa; web engines are content with a part).
    "regex": Function(2, 2, _regex),
    "digest": Function(2, 3, _digest),
    "base64-decode": Function(1, 1, _base64_decode),
    "uuid": Function(0, 1, _uuid),
    "version": Function(0, 0, lambda given: given.source.version),
    # choices
    "selected": Function(2, 2, _selected),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(1, 1, lambda given: float(len(given.text(0).split()))),
    "jr:choice-name": Function(2, 2, _choice_name),
    "is-selected": Function(2, 2, _selected),
    "jr:itext": Function(1, 1, lambda given: given.source.words(given.text(0))),
    # places
    "distance": Function(1, None, lambda given: distance(points_of(given.all()))),
    "area": Function(1, 1, lambda given: area(points_of(given.all()))),
    "enclosed-area": Function(1, 1, lambda given: area(points_of(given.all()))),
    # days and times
    "today": Function(0, 0, _today),
    "now": Function(0, 0, lambda given: given.source.now),
    "date": Function(1, 1, _date),
    "date-time": Function(1, 1, _date_time),
    "decimal-date-time": Function(1, 1, _decimal_date_time),
    "decimal-time": Function(1, 1, _decimal_time),
    "format-date": Function(2, 2, _format_date),
    "format-date-time": Function(2, 2, _format_date),
}

COLLECT_LACKS = frozenset({"last", "local-name", "name", "substring"})
"""What JavaRosa does not know: a form that says it cannot be opened in ODK Collect."""
