"""The code base as these tests read it: its apps in order, its files, its syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "serasi"

ROOMS: tuple[tuple[str, ...], ...] = (
    ("start",),
    ("web",),
    ("interop", "exchange"),
    ("tablet", "fieldwork", "entitlements"),
    ("daily", "safety", "foyer", "shelters", "capacity", "surveys"),
    ("residence", "cycles", "assessments"),
    ("cases",),
    ("people",),
    ("institutions",),
    ("access",),
    ("xforms",),
    ("common",),
)
"""The rooms of the house from the top; names on one line never know each other."""

HEIGHT = {room: -level for level, rooms in enumerate(ROOMS) for room in rooms}


def may_know(upper: str, lower: str) -> bool:
    """Whether the first app may use the second: its own, or one that stands lower."""
    return upper == lower or HEIGHT[upper] > HEIGHT[lower]


def python_files(*, tests: bool = False, migrations: bool = False) -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).parts
        if (tests or "tests" not in parts) and (migrations or "migrations" not in parts):
            yield path


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}:{getattr(node, 'lineno', 0)}"
