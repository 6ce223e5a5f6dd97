"""``serasi link register``: who may stand in the register twice, found now instead of tonight."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from tqdm import tqdm

from serasi.access.models import User
from serasi.people.linkage.many.workspace import Step, Watch
from serasi.people.management.finding import find_candidates


class Command(BaseCommand):
    help = "Compare the whole register with itself and list who may stand in it twice; nobody is merged"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(self, **options: Any) -> None:
        with tqdm(disable=None, unit="") as bar:

            def told(step: Step) -> None:
                bar.set_description(step.name)
                bar.total, bar.n = step.total, step.done
                bar.refresh()

            count = find_candidates(
                folder=settings.SERASI_HOME / "linkage" / "register",
                by=User.objects.system(),
                at=timezone.now(),
                watch=Watch(told),
            )
        self.stdout.write(json.dumps({"pairs": count}) if options["json"] else f"{count} pairs may be one person")
