"""What the time line of a file tells of safety: incidents of the person, restraint and isolation."""

from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from serasi.cases.queries.timeline import PERSON, event_rows
from serasi.cases.registry import TimelineSource
from serasi.safety.enums import IncidentKind, RestraintKind
from serasi.safety.models import Involved, Restraint


def _incidents() -> QuerySet[Any, Any]:
    theirs = Involved.objects.standing().filter(person=PERSON)
    return event_rows(
        theirs,
        "incident",
        at="incident__happened_at",
        text="incident__kind",
        author="incident__reported_by",
        record="incident_id",
    )


def _restraints() -> QuerySet[Any, Any]:
    theirs = Restraint.objects.filter(person=PERSON)
    return event_rows(theirs, "restraint", at="period__startswith", text="kind", author="begun_by")


def _incident_url(_case_id: UUID, record_id: UUID) -> str:
    return reverse("safety:incident", args=[record_id])


def _restraint_url(_case_id: UUID, record_id: UUID) -> str:
    return reverse("safety:restraint", args=[record_id])


SOURCES: Final = (
    TimelineSource(
        "incident",
        _("Kejadian"),
        "alert-triangle",
        _incidents,
        title=lambda code: _("Kejadian: %s") % IncidentKind(code).label,
        url=_incident_url,
        is_milestone=True,
    ),
    TimelineSource(
        "restraint",
        _("Pengekangan atau isolasi"),
        "lock",
        _restraints,
        title=lambda code: RestraintKind(code).label,
        url=_restraint_url,
    ),
)
