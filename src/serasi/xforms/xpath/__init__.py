"""Expressions of forms: parsed (`parse`), read (`references`, `wrong_calls` …), evaluated (`Evaluator`).

XPath 1.0 as ODK XForms has it. Where its makers differ among themselves, this house follows JavaRosa, the engine in ODK
Collect, and the function says so.
"""

from serasi.xforms.xpath.broken import Broken, MissingList, TooMuchWork, UnknownFunction, WrongArguments
from serasi.xforms.xpath.evaluator import Evaluator
from serasi.xforms.xpath.functions import COLLECT_LACKS, FUNCTIONS, function
from serasi.xforms.xpath.given import Source
from serasi.xforms.xpath.nodes import DataType, Node, Scalar, Value
from serasi.xforms.xpath.parser import Unparsed, parse
from serasi.xforms.xpath.reading import calls, functions_used, primary_paths, references, resolved
from serasi.xforms.xpath.tree import Call, Path, Tree

__all__ = [
    "COLLECT_LACKS",
    "FUNCTIONS",
    "Broken",
    "Call",
    "DataType",
    "Evaluator",
    "MissingList",
    "Node",
    "Path",
    "Scalar",
    "Source",
    "TooMuchWork",
    "Tree",
    "UnknownFunction",
    "Unparsed",
    "Value",
    "WrongArguments",
    "calls",
    "function",
    "functions_used",
    "parse",
    "primary_paths",
    "references",
    "resolved",
    "wrong_calls",
]


def wrong_calls(tree: Tree) -> tuple[UnknownFunction | WrongArguments, ...]:
    """Every function that does not exist or is called with too few or too many arguments."""
    found: list[UnknownFunction | WrongArguments] = []
    for call in calls(tree):
        try:
            function(call.name, len(call.arguments))
        except (UnknownFunction, WrongArguments) as wrong:
            found.append(wrong)
    return tuple(found)
