"""``serasi import bps codes FILE.csv``: the table from region codes of BPS to those of Kemendagri."""

import csv
import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from serasi.access.models import User
from serasi.entitlements.operations import load_bridge


class Command(BaseCommand):
    help = "Load the bridge of region codes: a CSV with the columns kode_bps and kode_kemendagri"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--edition", required=True, help="which table this is, as “BPS 2025 semester 1”")

    def handle(self, **options: Any) -> None:
        try:
            with options["file"].open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['file']} cannot be read") from error
        if not rows or not {"kode_bps", "kode_kemendagri"} <= rows[0].keys():
            raise CommandError("the file needs the columns kode_bps and kode_kemendagri, separated by commas")
        pairs = [
            (re.sub(r"\D", "", row["kode_bps"]), _dotted(row["kode_kemendagri"])) for row in rows if row["kode_bps"]
        ]
        taken, unknown = load_bridge(
            pairs=pairs, edition=options["edition"][:40], by=User.objects.system(), at=timezone.now()
        )
        self.stdout.write(f"{taken} codes taken, {unknown} name a region that is not known")


def _dotted(code: str) -> str:
    digits = re.sub(r"\D", "", code or "")
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:10]) if part)
