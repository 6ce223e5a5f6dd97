"""`serasi check`: Django's checks, ours, and the database they guard."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks.registry import registry
from django.core.management.base import CommandParser
from django.core.management.commands.check import Command as DjangoCommand
from django.db import DatabaseError, connection

from serasi.access.checks import database_guards_itself


class Command(DjangoCommand):
    help = "settings and health, each finding with a hint; --json for machines"
    database_role = "owner"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")

    def handle(self, *app_labels: Any, **options: Any) -> None:
        options["databases"] = options["databases"] or ["default"]
        if options["json"]:
            self._as_json(options)
            return
        if not options["list_tags"] and not app_labels:
            self.stdout.write(f"Serasi {settings.SERASI_VERSION}, {_server()}")
        with _database_checked():
            super().handle(*app_labels, **options)

    def _as_json(self, options: dict[str, Any]) -> None:
        with _database_checked():
            found = checks.run_checks(databases=options["databases"], include_deployment_checks=options["deploy"])
        rows = [{"id": f.id, "level": f.level, "message": str(f.msg), "hint": str(f.hint or "")} for f in found]
        self.stdout.write(json.dumps({"version": settings.SERASI_VERSION, "database": _server(), "findings": rows}))
        if any(f.is_serious() and not f.is_silenced() for f in found):
            raise SystemExit(1)


@contextmanager
def _database_checked() -> Iterator[None]:
    """Ours of the database run in this command alone."""
    before = set(registry.registered_checks)
    checks.register(database_guards_itself, checks.Tags.database)
    try:
        yield
    finally:
        registry.registered_checks.intersection_update(before)


def _server() -> str:
    """The server's version, and for how long it has been up."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version'), date_trunc('second', now() - pg_postmaster_start_time())"
            )
            version, up = cursor.fetchone()
    except DatabaseError:
        return "PostgreSQL does not answer"
    return f"PostgreSQL {version}, up {up}"
