"""Writes live in operations: the manager's writing methods are called nowhere else."""

import ast
from pathlib import Path

from tests.contracts.source import SOURCE, place, python_files, tree_of

ALWAYS_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES_ON_QUERYSETS = {"create", "update", "delete"}
QUERYSET_MAKERS = {"filter", "exclude", "all", "visible_to"}


AROUND_OPERATIONS = {"start/crowd.py"}
"""The measuring crowd goes around the operations on purpose; its docstring says how it stays honest."""


def is_queryset(node: ast.expr) -> bool:
    """Whether an expression reads like a manager or queryset: `….objects`, `….filter(…)`."""
    if isinstance(node, ast.Attribute):
        return node.attr in {"objects", "_default_manager", "_base_manager"}
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in QUERYSET_MAKERS or is_queryset(node.func.value)
    return False


def writes_in(path: Path) -> list[str]:
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            method = node.func.attr
            if method in ALWAYS_WRITES or (method in WRITES_ON_QUERYSETS and is_queryset(node.func.value)):
                found.append(f"{place(path, node)} {method}")
    return found


def test_only_operations_write() -> None:
    elsewhere = [
        write
        for path in python_files()
        if "operations" not in path.relative_to(SOURCE).parts and str(path.relative_to(SOURCE)) not in AROUND_OPERATIONS
        for write in writes_in(path)
    ]

    assert elsewhere == []


def test_a_write_in_a_view_is_seen(tmp_path: Path) -> None:
    view = tmp_path / "intruder.py"
    view.write_text("Case.objects.filter(pk=1).update(risk='low')\nform.cleaned_data.update(a=1)\n", encoding="utf-8")

    assert [write.split()[-1] for write in writes_in(view)] == ["update"]
