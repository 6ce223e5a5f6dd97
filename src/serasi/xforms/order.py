"""In which order a form is worked out: whatever an expression hangs on comes before it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

from serasi.xforms.parts import Expression, Field
from serasi.xforms.xpath import primary_paths
from serasi.xforms.xpath.tree import ANY


class Duty(StrEnum):
    RELEVANT = "relevant"
    CALCULATE = "calculate"


Task: TypeAlias = tuple[Duty, str]


class Tangled(Exception):
    """Questions that hang on one another in a circle; ``paths`` in order."""

    message = "Rumus atau syarat tampil saling bergantung dalam lingkaran."

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(f"{self.message} {' → '.join(paths)}")
        self.paths = paths


def order_of(fields: Mapping[str, Field]) -> tuple[Task, ...]:
    """Every `relevant` and `calculate`, each after those it hangs on. Raises Tangled.

    A calculate may look at itself: at what stands there already, or at the same question of another row.
    """
    by_name: dict[str, list[str]] = {}
    for path, field in fields.items():
        by_name.setdefault(field.name, []).append(path)
    before: dict[Task, dict[Task, None]] = {}
    for path, field in fields.items():
        shown = dict.fromkeys(_shown(path, fields))
        if field.relevant is not None:
            above = dict(shown)
            above.pop((Duty.RELEVANT, path))
            before[Duty.RELEVANT, path] = above | _hangs_on(field.relevant, path, fields, by_name)
        if field.calculate is not None:
            needs = shown | _hangs_on(field.calculate, path, fields, by_name)
            needs.pop((Duty.CALCULATE, path), None)
            before[Duty.CALCULATE, path] = needs
    try:
        return tuple(TopologicalSorter(before).static_order())
    except CycleError as circle:
        tasks: list[Task] = circle.args[1]
        raise Tangled(tuple(path for _, path in tasks)) from None


def _shown(path: str, fields: Mapping[str, Field]) -> Iterator[Task]:
    """What decides whether a node is there: its own `relevant` and those of the groups around it."""
    while path:
        if fields[path].relevant is not None:
            yield Duty.RELEVANT, path
        path = path.rpartition("/")[0]


def _hangs_on(
    expression: Expression, at: str, fields: Mapping[str, Field], by_name: Mapping[str, list[str]]
) -> dict[Task, None]:
    found: dict[Task, None] = {}
    for told in primary_paths(expression.tree, at):
        for path in _meant(told, fields, by_name):
            found |= dict.fromkeys(_shown(path, fields))
            if fields[path].calculate is not None:
                found[Duty.CALCULATE, path] = None
    return found


def _meant(told: str, fields: Mapping[str, Field], by_name: Mapping[str, list[str]]) -> list[str]:
    if told in fields:
        return [told]
    names = told.split("/")[1:]
    if ANY not in names and not told.startswith("//"):
        return []
    if told.startswith("//"):
        return list(fields) if names[-1] == ANY else by_name.get(names[-1], [])
    return [
        path
        for path in fields
        if len(steps := path.split("/")[1:]) == len(names)
        and all(name in (ANY, step) for name, step in zip(names, steps, strict=True))
    ]
