"""The log of looks: who opened whose file, and why. Written by the pages that show a file, nothing else."""

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
