"""The direction between rooms, the order on the shelf, the doors of an app: kept, and proven to be watched."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.source import ROOT, SOURCE, python_files, tree_of


def lint_imports(source: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  (our own tool, fixed words)
        [Path(sys.executable).with_name("lint-imports"), "--config", ROOT / ".importlinter", "--no-cache"],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_import_keeps_to_the_contracts() -> None:
    result = lint_imports(SOURCE.parent)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "statement", "contract"),
    [
        ("people/queries/intruder.py", "from serasi.cases.models import Case", "The rooms of the house"),
        ("cases/operations/intruder.py", "from serasi.cases.forms import report", "The shelf of every app"),
        ("cases/queries/intruder.py", "from serasi.people.views import person", "People are entered by their doors"),
        (
            "foyer/intruder.py",
            "from serasi.cycles.views import review",
            "Stays, cycles and instruments are entered by their doors",
        ),
    ],
)
def test_a_violation_of_each_contract_is_caught(tmp_path: Path, module: str, statement: str, contract: str) -> None:
    copy = tmp_path / "src"
    shutil.copytree(SOURCE, copy / "serasi", ignore=shutil.ignore_patterns("static", "__pycache__", "*.csv.gz"))
    (copy / "serasi" / module).write_text(statement + "\n", encoding="utf-8")

    result = lint_imports(copy)

    assert result.returncode == 1
    broken = [line for line in result.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(line.startswith(contract) for line in broken), result.stdout


# --- The domain knows no web --------------------------------------------------------------------------------------

DOMAIN = {"operations", "queries", "models"}
WEB = ("django.http", "django.forms", "django.shortcuts", "django.template", "django.views", "django_htmx", "allauth")
RECORDS = "allauth.mfa.models"
"""Where second factors are kept."""


def web_imports(path: Path) -> list[str]:
    """What a module imports of requests, forms and templates, not counting types."""
    found = []
    for node in ast.walk(tree_of(path)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        found += [name for name in names if name.startswith(WEB) and name != RECORDS]
    return found


def test_operations_queries_and_models_know_nothing_of_the_web() -> None:
    knowing = {
        str(path.relative_to(SOURCE)): found
        for path in python_files()
        if DOMAIN & {part.removesuffix(".py") for part in path.relative_to(SOURCE).parts}
        and (found := web_imports(path))
    }

    assert knowing == {}


def test_a_request_in_an_operation_is_seen(tmp_path: Path) -> None:
    module = tmp_path / "intruder.py"
    module.write_text("from django.http import HttpRequest\n", encoding="utf-8")

    assert web_imports(module) == ["django.http"]
