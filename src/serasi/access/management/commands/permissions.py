"""`serasi permissions`: write or check docs/permissions.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from serasi.access.permission_table import as_markdown

FILE = Path("docs/permissions.md")


class Command(BaseCommand):
    help = "print who may do what; --write puts it into docs/permissions.md, --check says whether that file is true"
    requires_system_checks = ()
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/permissions.md")
        parser.add_argument("--check", action="store_true", help="end with 1 when docs/permissions.md is not true")

    def handle(self, **options: Any) -> None:
        with translation.override("id"):
            text = as_markdown()
        if options["write"]:
            FILE.write_text(text, encoding="utf-8")
        elif options["check"]:
            if not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
                raise CommandError("docs/permissions.md is not true any more; run: serasi permissions --write")
        else:
            self.stdout.write(text, ending="")
