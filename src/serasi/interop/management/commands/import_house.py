"""``serasi import house FILE.xlsx --unit CODE``: a house brought in from the command line, as on the page."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from serasi.access.management.who import user_named
from serasi.access.models import Unit
from serasi.access.operations import Refused, acting
from serasi.interop.housing import error_sheet, read_house
from serasi.interop.presenters import closed_faults
from serasi.residence.operations import arrange_house
from serasi.residence.queries import Arrangement, arrangement, standing


class Command(BaseCommand):
    help = "Bring in a house: buildings, wards, rooms and beds of one unit from a spreadsheet"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="XLSX, XLS, ODS or CSV")
        parser.add_argument("--unit", required=True, metavar="CODE", help="the unit whose house this is")
        parser.add_argument("--by", metavar="EMAIL", help="in whose name (the system's own, if nobody is named)")
        parser.add_argument("--sheet", default="", help="the sheet, if not the first with a table")
        parser.add_argument("--preview", action="store_true", help="read and tell, but save nothing")
        parser.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="write the faulty rows there, to mend")
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(self, **options: Any) -> None:
        try:
            self._import(**options)
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused

    def _import(self, **options: Any) -> None:
        by = user_named(options["by"])
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        with acting(by, "interop.house.command"):
            unit = Unit.objects.filter(code=options["unit"].upper()).first()
            if unit is None:
                raise CommandError(f"there is no unit with the code {options['unit']}")
            stands = standing(unit, timezone.now())
            found = read_house(
                content, options["file"].name, only_building=stands.only_building, sheet=options["sheet"]
            )
            would = arrangement(house=stands, wanted=found.wanted)
        faults = found.faults + closed_faults(would)
        if faults:
            if options["errors"] is not None:
                options["errors"].write_bytes(error_sheet(found))
            for one in faults:
                self.stderr.write(f"{one.number}\t{one.problem.column}\t{one.problem.what}\t{one.problem.fix}")
            raise CommandError(f"{len(faults)} mistakes; nothing changed")
        if not options["preview"]:
            would = arrange_house(unit=unit, wanted=found.wanted, by=by, at=timezone.now())
        self._tell(would, as_json=options["json"])

    def _tell(self, would: Arrangement, *, as_json: bool) -> None:
        facts = {
            "buildings": len(would.buildings),
            "wards": len(would.wards),
            "rooms": len(would.rooms),
            "beds": len(would.beds),
            "changed": len(would.other_wards) + len(would.other_beds),
        }
        if as_json:
            self.stdout.write(json.dumps(facts))
        elif would.is_nothing:
            self.stdout.write("the house is like the file; nothing changed")
        else:
            self.stdout.write(", ".join(f"{count} {name}" for name, count in facts.items()))
