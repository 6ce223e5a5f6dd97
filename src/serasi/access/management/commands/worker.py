"""``serasi worker``: do what was put into the queue."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

GRACE = 10.0
"""Seconds a job may take to end after a stop; a slice of work takes half of that."""


class Command(BaseCommand):
    help = "Run the background worker: imports, letters, reminders"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is waiting, then end")
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time (2)")

    def handle(self, *, once: bool, concurrency: int, **_options: Any) -> None:
        waiting = _due_jobs()
        while True:
            with app.replace_connector(DjangoConnector().get_worker_connector()) as with_worker:
                with_worker.run_worker(
                    wait=not once,
                    concurrency=max(1, min(concurrency, 6)),
                    name="serasi",
                    shutdown_graceful_timeout=GRACE,
                    delete_jobs="successful",
                )
            # Long work asks for its next slice while it runs, which is after the queue was looked at.
            before, waiting = waiting, _due_jobs()
            if not once or not waiting - before:
                return


def _due_jobs() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()"
        )
        return {job for (job,) in cursor.fetchall()}
