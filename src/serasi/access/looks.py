"""The log of looks: who opened whose file, and why. Written by the pages that show a file, nothing else."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from serasi.access.enums import Subject
from serasi.access.models import User


def log_look(*, by: User, subject: Subject, subject_id: UUID, purpose: str, unit_id: UUID | None = None) -> None:
    """Record that a file was opened. One statement; the row cannot be changed afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_look (user_id, subject, subject_id, unit_id, purpose) VALUES (%s, %s, %s, %s, %s)",
            [by.pk, subject, subject_id, unit_id, purpose[:200]],
        )


def log_looks(*, by: User, subject: Subject, units: Collection[tuple[UUID, UUID]], purpose: str) -> None:
    """Record that several files were opened at once: the id of each and its unit. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_look (user_id, subject, subject_id, unit_id, purpose)"
            " SELECT %s, %s, opened.id, opened.unit, %s FROM unnest(%s::uuid[], %s::uuid[]) AS opened (id, unit)",
            [by.pk, subject, purpose[:200], [one for one, _unit in units], [unit for _one, unit in units]],
        )
