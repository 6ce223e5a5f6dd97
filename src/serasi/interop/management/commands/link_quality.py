"""``serasi link quality``: what a model finds of invented people whose truth is known, over all and by group."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from serasi.interop.management.linking import add_work, model_of, said_in_one_line, watched, working
from serasi.people.linkage.many.columns import batches
from serasi.people.linkage.many.invented import invented_people
from serasi.people.linkage.many.matching import match
from serasi.people.linkage.many.quality import Quality, Share, measure
from serasi.people.linkage.many.training import Truth


class Command(BaseCommand):
    help = "Measure a model on invented people: precision and recall with intervals, by group"
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--records", type=int, default=10_000, help="how many (10000)")
        parser.add_argument("--seed", type=int, default=1, help="which invented people (1; the shipped model knows 7)")
        parser.add_argument("--threshold", type=float, default=0.9, help="probability from which groups are told (0.9)")
        add_work(parser)

    def handle(self, **options: Any) -> None:
        with said_in_one_line():
            model = model_of(options["model"])
            with working(options) as workspace, watched() as watch:
                people = invented_people(options["records"], seed=options["seed"])
                workspace.load(batches(people, told=lambda done: watch.at("reading", done, options["records"])))
                match(workspace, model, task="dedupe", least=0.01, watch=watch)
                found = measure(workspace, Truth(), group_threshold=options["threshold"])
        if options["json"]:
            self.stdout.write(json.dumps([quality.as_facts() for quality in found]))
            return
        self.stdout.write(f"{'':26}{'from':>7}{'precision':>24}{'recall':>24}{'F1':>8}{'pairs':>8}")
        for quality in found:
            self.stdout.write(_line(quality))


def _line(quality: Quality) -> str:
    def told(share: Share) -> str:
        low, high = share.interval
        return f"{share.value:.3f} ({low:.3f}–{high:.3f})"

    return (
        f"{quality.group:26}{quality.threshold:>7}{told(quality.precision):>24}{told(quality.recall):>24}"
        f"{quality.f1:>8.3f}{quality.recall.of:>8}"
    )
