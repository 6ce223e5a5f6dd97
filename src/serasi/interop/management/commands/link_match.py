"""``serasi link match LEFT RIGHT --out PAIRS``: who of one list is who of another."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from serasi.interop.management.commands.link_dedupe import Command as Dedupe
from serasi.people.linkage.many.blocking import Task


class Command(Dedupe):
    help = "Find the same people in two lists: pairs with weight, probability and reasons"
    task: Task = "link"
    needs_database = False

    def add_lists(self, parser: CommandParser) -> None:
        parser.add_argument("left", type=Path, help="one list: CSV or Parquet, with at least a name")
        parser.add_argument("right", type=Path, help="the other list; the file's name is written as its source")

    def lists(self, options: dict[str, Any]) -> list[tuple[Path, str]]:
        left, right = options["left"], options["right"]
        return [(left, left.name), (right, right.name if right.name != left.name else f"{right.name} (2)")]
