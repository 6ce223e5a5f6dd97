"""``serasi link train FILE --out MODEL.json``: weights learned from a list in which nobody has judged a pair."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from serasi.interop.linking import people_in
from serasi.interop.management.linking import add_work, model_of, must_be_writable, said_in_one_line, watched, working
from serasi.people.linkage.many.columns import batches
from serasi.people.linkage.many.training import Chosen, train


class Command(BaseCommand):
    help = "Learn from a list what each agreement is worth, and write it as a model"
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the list: CSV or Parquet; ten thousand records or more")
        parser.add_argument("--out", type=Path, required=True, metavar="MODEL.json", help="the model, to write")
        parser.add_argument("--name", help="what to call it (default: the name of the file)")
        parser.add_argument("--edition", default="1", help="which version of it this is (1)")
        parser.add_argument("--seed", type=int, default=1, help="of what is drawn at random (1)")
        add_work(parser)

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        with said_in_one_line():
            must_be_writable(options["out"])
            base = model_of(options["model"])
            chosen = Chosen(
                options["name"] or options["out"].stem, options["edition"], f"list {path.name}", options["seed"]
            )
            with working(options) as workspace, watched() as watch:
                people = people_in(path, today=timezone.localdate())
                workspace.load(batches(people, told=lambda done: watch.at("reading", done, done)))
                model = train(workspace, base, chosen, watch)
            model.save(options["out"])
        if options["json"]:
            self.stdout.write(json.dumps({"records": model.records, "matches_per_record": model.matches_per_record}))
        else:
            self.stdout.write(
                f"learned from {model.records:,} records, {model.matches_per_record:.3f} matches each: {options['out']}"
            )
