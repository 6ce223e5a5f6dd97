"""``serasi import entitlements FILE --programme … --period YYYY-MM``: a list of any size from the command line."""

import json
import sys
from datetime import date, timedelta
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
from serasi.entitlements.models import Delivery
from serasi.entitlements.operations import go_on_loading, receive_delivery
from serasi.entitlements.operations.delivery import HandOver
from serasi.entitlements.queries.deliveries import remarks_sheet
from serasi.entitlements.reference import programmes
from serasi.institutions.models import Region

USUAL_DAYS = 366


class Command(BaseCommand):
    help = "Load a list of DTSEN, DTKS, PKH, Sembako or PBI as it was handed over: CSV, XLSX or Parquet"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV (.csv, .txt, .tsv), XLSX or Parquet")
        parser.add_argument("--programme", required=True, choices=programmes().codes)
        parser.add_argument("--period", required=True, metavar="YYYY-MM", help="the month the list is of")
        parser.add_argument("--source", default="", help="who handed it over (default: the name of the file)")
        parser.add_argument("--bast", default="", help="number of the hand-over note")
        parser.add_argument(
            "--bast-date", type=date.fromisoformat, metavar="YYYY-MM-DD", help="day of the hand-over note"
        )
        parser.add_argument(
            "--purpose", default="Memeriksa hak dan bantuan penerima layanan", help="what it may be used for"
        )
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="last day it may be used (default: in a year)",
        )
        parser.add_argument("--unit", metavar="CODE", help="the unit that received it (default: the topmost)")
        parser.add_argument("--region", metavar="CODE", help="the area it covers, as 31.75")
        parser.add_argument("--by", metavar="EMAIL", help="in whose name (the system's own, if nobody is named)")
        parser.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="write there what was found in the rows")
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(self, **options: Any) -> None:
        try:
            self._load(**options)
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused

    def _load(self, **options: Any) -> None:
        by, path = user_named(options["by"]), options["file"]
        unit, region = _place(options["unit"], options["region"], by)
        given = HandOver(
            programme=options["programme"],
            period=options["period"],
            source=options["source"] or path.name,
            bast_number=options["bast"],
            bast_date=options["bast_date"],
            purpose=options["purpose"],
            until=options["until"] or timezone.localdate() + timedelta(days=USUAL_DAYS),
            region=region,
        )
        chosen = uuid7()
        try:
            with path.open("rb") as file:
                delivery = receive_delivery(
                    id=chosen,
                    unit=unit,
                    given=given,
                    file_name=path.name,
                    content=file,
                    by=by,
                    at=timezone.now(),
                    queued=False,
                )
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        is_known = delivery.pk != chosen
        if delivery.loaded_at is None and delivery.loading is not None and delivery.loading.has_ended:
            delivery = go_on_loading(delivery=delivery, by=by, at=timezone.now(), queued=False)
        delivery = _worked_off(delivery, by)
        if options["errors"] is not None and (delivery.rows_refused or delivery.rows_remarked):
            with acting(by, "entitlements.delivery.command"):
                options["errors"].write_bytes(remarks_sheet(delivery))
        self._tell(delivery, is_known=is_known, as_json=options["json"])

    def _tell(self, delivery: Delivery, *, is_known: bool, as_json: bool) -> None:
        facts = {
            "id": str(delivery.pk),
            "state": delivery.state_on(timezone.localdate()).value,
            "known_file": is_known,
            "rows": delivery.rows_read,
            "taken": delivery.rows_taken,
            "refused": delivery.rows_refused,
            "remarked": delivery.rows_remarked,
            "unplaced": delivery.rows_unplaced,
        }
        if as_json:
            self.stdout.write(json.dumps(facts))
            return
        if is_known:
            self.stdout.write("this file was loaded before; nothing changed")
        self.stdout.write(f"{facts['state']}: {facts['rows']} rows read, {facts['taken']} taken")
        for name in ("refused", "remarked", "unplaced"):
            self.stdout.write(f"  {name:<9} {facts[name]}")


def _place(unit_code: str | None, region_code: str | None, by: User) -> tuple[Unit, Region | None]:
    with acting(by, "entitlements.delivery.command"):
        units = Unit.objects.filter(code=unit_code.upper()) if unit_code else Unit.objects.filter(parent=None)
        found = list(units[:2])
        region = Region.objects.filter(pk=region_code).first() if region_code else None
    if len(found) != 1:
        raise CommandError(
            f"there is no unit with the code {unit_code}" if unit_code else "say --unit: there are several"
        )
    if region_code and region is None:
        raise CommandError(f"there is no region with the code {region_code}")
    return found[0], region


def _worked_off(delivery: Delivery, by: User) -> Delivery:
    """Do the loading here until it has ended, wherever a run before was broken off."""
    work = delivery.loading
    if work is not None and not work.has_ended:
        with tqdm(total=work.total, unit=" rows", file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
            while run_work(work_id=work.pk, run=uuid7(), clock=timezone.now, most_seconds=1):
                with acting(by, "entitlements.delivery.command"):
                    bar.n = BackgroundWork.objects.values_list("done", flat=True).get(pk=work.pk)
                bar.refresh()
    with acting(by, "entitlements.delivery.command"):
        fresh = Delivery.objects.with_newer().select_related("unit", "loading").get(pk=delivery.pk)
    if fresh.loading is not None and fresh.loading.failed_at:
        raise CommandError(fresh.loading.message)
    return fresh
