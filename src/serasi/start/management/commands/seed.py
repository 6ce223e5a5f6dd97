"""Add invented people with cases and histories, for measuring and for trying out."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from serasi.start.crowd import load_crowd
from serasi.start.desks import NobodyToServe


class Command(BaseCommand):
    """Needs units with social workers; the demonstration world has them."""

    help = "add N invented people, a fifth of them with a case; same seed, same people"
    database_role = "owner"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--persons", type=int, required=True, metavar="N", help="how many people")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="which crowd (default: 1)")
        parser.add_argument("--json", action="store_true", help="report as one JSON object")

    def handle(self, *_args: Any, persons: int, seed: int, **options: Any) -> None:
        if persons < 1:
            raise CommandError("--persons takes a number from 1 upward")
        begun = time.monotonic()
        with tqdm(total=persons, unit=" people", disable=None) as bar:
            try:
                load_crowd(persons=persons, seed=seed, at=timezone.now(), report=lambda done: bar.update(done - bar.n))
            except NobodyToServe as nobody:
                raise CommandError(str(nobody)) from nobody
        seconds = round(time.monotonic() - begun, 1)
        told = {"persons": persons, "seed": seed, "seconds": seconds}
        self.stdout.write(json.dumps(told) if options["json"] else f"{persons} people in {seconds} s")
