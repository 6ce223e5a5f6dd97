"""Which doses are due in a ward: computed from what was ordered, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import OuterRef

from serasi.access.models import Unit, User
from serasi.daily.models import Dose, Prescription
from serasi.residence.queries import day_at

AHEAD: Final = timedelta(hours=1)
"""How long before its time a dose may be given and stands on the page of the round."""
BEHIND: Final = timedelta(hours=24)
"""How long a dose that nobody answered for stays on the page."""


@dataclass(frozen=True, slots=True)
class DueDose:
    """A dose that waits for an answer."""

    prescription: Prescription
    due_at: datetime

    @property
    def key(self) -> str:
        """Its name in a form."""
        return f"{self.prescription.pk.hex}-{int(self.due_at.timestamp())}"


def prescriptions_of(*, stays: Iterable[UUID], unit: Unit, at: datetime, reader: User) -> list[Prescription]:
    """What is to be given these days to these residents, with the doses that were answered. One statement."""
    answered = Dose.objects.in_force().filter(prescription=OuterRef("pk"), due_at__gte=at - BEHIND)
    today = day_at(unit, at)
    return list(
        Prescription.objects.visible_to(reader)
        .filter(stay__in=list(stays), period__overlap=DateRange(today - timedelta(days=1), today + timedelta(days=2)))
        .annotate(answered=ArraySubquery(answered.order_by().values("due_at")))
        .select_related("stay__unit", "stay__person")
        .order_by("drug", "strength", "pk")
    )


def doses_between(*, stays: Iterable[UUID], since: datetime, until: datetime, reader: User) -> list[Dose]:
    """Every line about these residents in the order of what happened, those that were corrected with them.
    One statement."""
    return list(
        Dose.objects.visible_to(reader)
        .filter(stay__in=list(stays), happened_at__gte=since, happened_at__lt=until)
        .select_related("prescription", "written_by", "superseded_by")
        .order_by("happened_at", "written_at")
    )


def due_doses(*, prescriptions: Iterable[Prescription], unit: Unit, at: datetime) -> list[DueDose]:
    """The doses of these prescriptions that are due, or were in the last day, and have no answer, as `prescriptions_of`
    read them. What was copied from paper only later was not due before.
    """
    zone, today = ZoneInfo(unit.time_zone), day_at(unit, at)
    due = [
        DueDose(one, moment)
        for one in prescriptions
        for day in (today - timedelta(days=1), today, today + timedelta(days=1))
        if not one.period.isempty and day in one.period
        for moment in (datetime.combine(day, hour, tzinfo=zone) for hour in one.times)
        if max(at - BEHIND, one.written_at) <= moment <= at + AHEAD and moment not in one.answered  # type: ignore[attr-defined]
    ]
    return sorted(due, key=lambda one: one.due_at)
