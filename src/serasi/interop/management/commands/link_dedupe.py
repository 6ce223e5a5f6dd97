"""``serasi link dedupe FILE --out PAIRS``: which rows of one list are the same person."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from serasi.interop.linking import people_in, write_pairs
from serasi.interop.management.linking import add_work, model_of, must_be_writable, said_in_one_line, watched, working
from serasi.people.linkage.many.blocking import Task
from serasi.people.linkage.many.columns import batches
from serasi.people.linkage.many.matching import Outcome, match


class Command(BaseCommand):
    help = "Find records of one person within a list: pairs with weight, probability and reasons"
    needs_database = False
    task: Task = "dedupe"

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_lists(parser)
        parser.add_argument("--out", type=Path, required=True, metavar="PAIRS", help="CSV or Parquet, to write")
        parser.add_argument("--least", type=probability, default=0.5, help="keep pairs at least so probable (0.5)")
        parser.add_argument("--limit", type=int, help="refuse rules that would compare more pairs than this")
        add_work(parser)

    def add_lists(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the list: CSV or Parquet, with at least a name")

    def lists(self, options: dict[str, Any]) -> list[tuple[Path, str]]:
        """The files, each with what is written as the source of its records."""
        return [(options["file"], "")]

    def handle(self, **options: Any) -> None:
        with said_in_one_line():
            lists = self.lists(options)
            must_be_writable(options["out"])
            model = model_of(options["model"])
            people = (
                person
                for path, source in lists
                for person in people_in(path, source=source, today=timezone.localdate())
            )
            with working(options) as workspace, watched() as watch:
                records = workspace.load(batches(people, told=lambda done: watch.at("reading", done, done)))
                outcome = match(
                    workspace, model, task=self.task, least=options["least"], limit=options["limit"], watch=watch
                )
                write_pairs(workspace, options["out"])
        self._tell(records, outcome, options)

    def _tell(self, records: int, outcome: Outcome, options: dict[str, Any]) -> None:
        refused = {found.rule.code: found.pairs for found in outcome.refused}
        if options["json"]:
            facts = {"records": records, "compared": outcome.compared, "pairs": outcome.kept, "refused_rules": refused}
            self.stdout.write(json.dumps(facts))
            return
        self.stdout.write(
            f"{records:,} records, {outcome.compared:,} pairs compared, {outcome.kept:,} pairs at least "
            f"{options['least']:g} probable: {options['out']}"
        )
        for code, pairs in refused.items():
            self.stderr.write(f"rule {code} left out: {pairs:,} pairs are beyond the limit (--limit)")


def probability(written: str) -> float:
    value = float(written)
    if not 0 < value < 1:
        raise ValueError(written)
    return value
