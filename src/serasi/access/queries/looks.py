"""Who opened what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from serasi.access.enums import Subject
from serasi.access.models import Look, Unit, User
from serasi.access.permissions import SEE_LOOKS
from serasi.access.subjects import names_of

_WHO_OPENED = """
    SELECT look.at, look.user_id, reader.full_name, coalesce(unit.short_name, ''), look.purpose, look.subject,
        look.subject_id
    FROM access_look look
    JOIN access_user reader ON reader.id = look.user_id
    LEFT JOIN access_unit unit ON unit.id = look.unit_id
    WHERE look.subject_id = ANY(%s)
    ORDER BY look.at DESC, look.id DESC
    LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class LookRow:
    """One opening of one file."""

    at: datetime
    user_id: UUID
    user_name: str
    unit_name: str
    purpose: str
    subject: Subject
    subject_id: UUID
    subject_name: str = ""
    url: str = ""


def who_opened(*subject_ids: UUID, limit: int = 200) -> list[LookRow]:
    """Everyone who opened these files (a person and their cases, say), latest first. One query, by index."""
    with connection.cursor() as cursor:
        cursor.execute(_WHO_OPENED, [list(subject_ids), limit])
        return [
            LookRow(at, user_id, name, unit, purpose, Subject(subject), subject_id)
            for at, user_id, name, unit, purpose, subject, subject_id in cursor.fetchall()
        ]


def looks_reached_by(user: User) -> QuerySet[Look]:
    """The looks at files of the units whose looks this user may see, latest first."""
    units = Unit.objects.reached_by(user, SEE_LOOKS).values("pk")
    return Look.objects.filter(unit_id__in=units).order_by("-at", "-id")


def rows_of(looks: Iterable[Look], *, reader: User) -> list[LookRow]:
    """Looks with names: two queries and one per kind of subject, however many rows."""
    rows: Sequence[Look] = list(looks)
    people = dict(User.objects.filter(pk__in={r.user_id for r in rows}).values_list("pk", "full_name"))
    units = dict(Unit.objects.filter(pk__in={r.unit_id for r in rows}).values_list("pk", "short_name"))
    names = names_of({(r.subject, r.subject_id) for r in rows}, reader=reader)
    named = []
    for row in rows:
        name = names.get(row.subject_id)
        named.append(
            LookRow(
                at=row.at,
                user_id=row.user_id,
                user_name=people.get(row.user_id, "?"),
                unit_name=units.get(row.unit_id, "") if row.unit_id else "",
                purpose=row.purpose,
                subject=Subject(row.subject),
                subject_id=row.subject_id,
                subject_name=name.label if name else "",
                url=name.url if name else "",
            )
        )
    return named
