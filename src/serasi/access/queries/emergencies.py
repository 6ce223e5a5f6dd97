"""Emergency accesses: those of one file, and those that wait for someone's review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from serasi.access.enums import Subject
from serasi.access.models import EmergencyAccess, Unit, User
from serasi.access.permissions import REVIEW_EMERGENCY
from serasi.access.subjects import names_of


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """An emergency access with names."""

    id: UUID
    user_name: str
    unit_name: str
    subject: Subject
    subject_id: UUID
    subject_name: str
    url: str
    reason: str
    starts_at: datetime
    ends_at: datetime
    reviewed_at: datetime | None
    reviewed_by: str
    is_justified: bool | None
    review_note: str


def emergencies_of(*subject_ids: UUID) -> QuerySet[EmergencyAccess]:
    return EmergencyAccess.objects.filter(subject_id__in=subject_ids).order_by("-starts_at")


def emergencies_to_review(user: User) -> QuerySet[EmergencyAccess]:
    """Those that wait for this user: of the units they head, save their own. Oldest first."""
    units = Unit.objects.reached_by(user, REVIEW_EMERGENCY).values("pk")
    return EmergencyAccess.objects.awaiting_review().filter(unit__in=units).exclude(user=user).order_by("starts_at")


def rows_of(accesses: Iterable[EmergencyAccess], *, reader: User) -> list[EmergencyRow]:
    """Rows with names; give a queryset with `select_related("user", "unit", "reviewed_by")`."""
    found = list(accesses)
    names = names_of({(a.subject, a.subject_id) for a in found}, reader=reader)
    rows = []
    for access in found:
        name = names.get(access.subject_id)
        rows.append(
            EmergencyRow(
                id=access.pk,
                user_name=access.user.full_name,
                unit_name=access.unit.short_name,
                subject=Subject(access.subject),
                subject_id=access.subject_id,
                subject_name=name.label if name else "",
                url=name.url if name else "",
                reason=access.reason,
                starts_at=access.starts_at,
                ends_at=access.ends_at,
                reviewed_at=access.reviewed_at,
                reviewed_by=access.reviewed_by.full_name if access.reviewed_by else "",
                is_justified=access.is_justified,
                review_note=access.review_note,
            )
        )
    return rows
