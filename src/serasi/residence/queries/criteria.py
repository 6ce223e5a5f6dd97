"""Whom a unit takes in now."""

from django.utils import timezone

from serasi.access.models import Unit
from serasi.residence.models import AdmissionCriteria
from serasi.residence.queries.days import day_at


def criteria_now(unit: Unit) -> AdmissionCriteria | None:
    """The criteria that hold today, in the unit's own zone."""
    return AdmissionCriteria.objects.of(unit).on(day_at(unit, timezone.now())).first()
