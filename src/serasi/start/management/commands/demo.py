"""Make the demonstration world: invented people in real institutions, and the sign-ins to look at them with."""

import json
import os
import time
from argparse import ArgumentParser
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from serasi.start.world.making import make_world

HANDS = min(4, os.cpu_count() or 1)
"""How many processes tell at once."""


class Command(BaseCommand):
    """Only where SERASI_DEMO is set: its passwords are known to everybody. Safe to repeat."""

    help = "make the demonstration world (600 invented people with histories); what stands already stays"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=600, metavar="N", help="about how many people (default: 600)")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="which world (default: 1)")
        parser.add_argument("--json", action="store_true", help="report as one JSON object")

    def handle(self, *_args: Any, people: int, seed: int, **options: Any) -> None:
        if not settings.SERASI_DEMO:
            raise CommandError("the demonstration world is made only where SERASI_DEMO=1 is set")
        begun = time.monotonic()
        with tqdm(total=None, unit=" stories", disable=None) as bar:

            def advance(done: int, of: int) -> None:
                bar.total = of
                bar.update(done - bar.n)

            made = make_world(now=timezone.now(), seed=seed, people=people, hands=HANDS, progress=advance)
        if made.told:
            call_command("link_register", stdout=StringIO())  # what else happens at night
        seconds = round(time.monotonic() - begun, 1)
        told = {"stories": made.stories, "told": made.told, "seconds": seconds}
        if options["json"]:
            self.stdout.write(json.dumps(told))
        elif made.told:
            self.stdout.write(f"{made.told} stories told in {seconds} s")
        else:
            self.stdout.write("the demonstration world stands already")
