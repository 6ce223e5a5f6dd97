"""The direction between rooms, the order on the shelf, the doors of an app: kept, and proven to be watched."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.source import ROOT, SOURCE


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
        ("cases/operations/intruder.py", "import django.http", "Operations, queries and models know nothing"),
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
