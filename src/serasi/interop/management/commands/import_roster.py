"""``serasi import roster FILE.xlsx --unit CODE``: a roster brought in from the command line, as on the page."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from serasi.access.management.who import user_named
from serasi.access.models import BackgroundWork, Unit, User
from serasi.access.operations import Refused, acting
from serasi.access.operations.work import run_work
from serasi.common.identifiers import uuid7
from serasi.interop.enums import Outcome, RosterState
from serasi.interop.models import RosterImport, RosterRow
from serasi.interop.operations import save_roster, upload_roster
from serasi.interop.queries.roster import Counts, counts_of
from serasi.interop.workbooks import error_sheet


class Command(BaseCommand):
    help = "Bring in a roster: residents or clients of one unit from a spreadsheet people really hold"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="XLSX, XLS, ODS or CSV")
        parser.add_argument("--unit", required=True, metavar="CODE", help="the unit whose people these are")
        parser.add_argument("--by", metavar="EMAIL", help="in whose name (the system's own, if nobody is named)")
        parser.add_argument("--sheet", default="", help="the sheet, if not the first with a table")
        parser.add_argument("--all-or-nothing", action="store_true", help="save nothing while a row is faulty")
        parser.add_argument("--preview", action="store_true", help="read and tell, but save nothing yet")
        parser.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="write the faulty rows there, to mend")
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(self, **options: Any) -> None:
        try:
            self._import(**options)
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused

    def _import(self, **options: Any) -> None:
        by = user_named(options["by"])
        with acting(by, "interop.roster.command"):
            unit = Unit.objects.filter(code=options["unit"].upper()).first()
        if unit is None:
            raise CommandError(f"there is no unit with the code {options['unit']}")
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        given = uuid7()
        roster = upload_roster(
            id=given,
            unit=unit,
            filename=options["file"].name,
            content=content,
            sheet=options["sheet"],
            by=by,
            at=timezone.now(),
            queued=False,
        )
        is_known = roster.pk != given
        roster = _worked_off(roster, by)
        counts = _counts(roster, by)
        if not options["preview"] and roster.state in {RosterState.READ, RosterState.STOPPED}:
            save_roster(roster=roster, only_good=not options["all_or_nothing"], by=by, at=timezone.now(), queued=False)
            roster = _worked_off(_fresh(roster, by), by)
            counts = _counts(roster, by)
        if options["errors"] is not None and counts.faulty:
            with acting(by, "interop.roster.command"):
                rows = RosterRow.objects.filter(roster=roster).of(Outcome.FAULTY).order_by("number")
                options["errors"].write_bytes(error_sheet(roster, rows))
        self._tell(roster, counts, is_known=is_known, as_json=options["json"])

    def _tell(self, roster: RosterImport, counts: Counts, *, is_known: bool, as_json: bool) -> None:
        facts = {
            "id": str(roster.pk),
            "state": roster.state.value,
            "known_file": is_known,
            "rows": counts.rows,
            **{outcome.value: getattr(counts, outcome.value) for outcome in Outcome},
            "saved": counts.saved,
        }
        if as_json:
            self.stdout.write(json.dumps(facts))
            return
        if is_known:
            self.stdout.write("this file was brought in before; nothing changed")
        self.stdout.write(f"{roster.state.value}: {counts.rows} rows, {counts.saved} people saved")
        for outcome in Outcome:
            self.stdout.write(f"  {outcome.value:<8} {getattr(counts, outcome.value)}")


def _fresh(roster: RosterImport, by: User) -> RosterImport:
    with acting(by, "interop.roster.command"):
        return RosterImport.objects.select_related("unit", "reading", "saving").get(pk=roster.pk)


def _counts(roster: RosterImport, by: User) -> Counts:
    with acting(by, "interop.roster.command"):
        return counts_of(roster)


def _worked_off(roster: RosterImport, by: User) -> RosterImport:
    """Do the import's work here until it has ended, wherever a run before was broken off."""
    work = roster.work
    if work is None or work.has_ended:
        return _fresh(roster, by)
    with tqdm(total=work.total, unit=" rows", file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
        while run_work(work_id=work.pk, run=uuid7(), clock=timezone.now, most_seconds=1):
            with acting(by, "interop.roster.command"):
                bar.n = BackgroundWork.objects.values_list("done", flat=True).get(pk=work.pk)
            bar.refresh()
    roster = _fresh(roster, by)
    if roster.work is not None and roster.work.failed_at:
        raise CommandError(roster.work.message)
    return roster
