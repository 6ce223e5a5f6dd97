"""A running server has all its code in memory: an upgrade laid over its files changes nothing until it starts anew."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import serasi

ROOT = Path(serasi.__file__).parent
APART = {"tests", "migrations", "management", "start", "cli", "postgres", "regions", "converter", "__main__"} | {
    "many",
    "linking",
}
"""What no request comes by; the converter of forms is a program of its own, and so is matching many with many."""

LATE = "import serasi.wsgi, sys; print('\\n'.join(sorted(name for name in sys.modules if name.startswith('serasi'))))"


def modules() -> set[str]:
    names = set()
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if not APART & set(parts):
            names.add(".".join(("serasi", *parts)).removesuffix(".__init__"))
    return names


NOT_YET = {
    "serasi.common.money",
    "serasi.common.text",
    *(f"serasi.people.linkage.{name}" for name in ("model", "scoring")),
}
"""What only later rows of the mission use."""


def imports_within_functions(path: Path) -> list[str]:
    """Where a function of this file imports, by line."""
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for function in functions
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def test_the_door_of_the_site_loads_every_module_a_request_may_need() -> None:
    door = [sys.executable, "-c", LATE]
    loaded = subprocess.run(door, capture_output=True, text=True, check=True).stdout.split()  # noqa: S603  (ourselves)
    assert modules() - set(loaded) - NOT_YET == set()


def test_no_function_that_a_request_may_call_imports_anything() -> None:
    files = [path for path in ROOT.rglob("*.py") if not (APART & set(path.relative_to(ROOT).with_suffix("").parts))]
    late = [place for path in files if path.name != "apps.py" for place in imports_within_functions(path)]
    assert late == []


def test_a_late_import_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    (tmp_path / "views.py").write_text("def page():\n    from serasi.cases import models\n")
    assert imports_within_functions(tmp_path / "views.py") == ["views.py:2"]
