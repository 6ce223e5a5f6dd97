"""Finding reports, and how long they have waited."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.expressions import ExpressionWrapper

from serasi.access.models import User
from serasi.cases import reference
from serasi.cases.models import Report


def _until() -> Any:
    """The moment by which a report must be answered, after its urgency."""
    return Case(
        *(
            When(
                urgency=urgency.code,
                then=ExpressionWrapper(
                    F("received_at") + Value(timedelta(minutes=urgency.respond_within_minutes)),
                    output_field=DateTimeField(),
                ),
            )
            for urgency in reference.urgencies()
        ),
        output_field=DateTimeField(),
    )


def with_clock(reports: QuerySet[Report]) -> QuerySet[Any, Any]:
    """Annotate ``respond_by``."""
    return reports.annotate(respond_by=_until())


def report_list(reader: User, chosen: Mapping[str, Any], *, at: datetime) -> QuerySet[Any, Any]:
    """Reports this user may read: the undecided first, by what is due soonest; then the rest, latest first."""
    reports = with_clock(Report.objects.visible_to(reader).with_subject(reader)).select_related(
        "unit", "received_by", "triage"
    )
    match chosen.get("state"):
        case "new":
            reports = reports.filter(triage=None)
        case "unfinished":
            reports = reports.filter(completed_at=None)
        case "late":
            reports = reports.filter(triage=None, respond_by__lt=at)
        case "decided":
            reports = reports.filter(triage__isnull=False)
    if urgency := chosen.get("urgency"):
        reports = reports.filter(urgency=urgency)
    if chosen.get("mine"):
        reports = reports.filter(received_by=reader)
    if text := chosen.get("q"):
        reports = reports.filter(
            Q(subject_description__icontains=text) | Q(place__icontains=text) | Q(reporter_name__icontains=text)
        ).exclude(shown_subject="")
    return reports.order_by(F("triage__decided_at").desc(nulls_first=True), "respond_by", "-received_at")


def waiting_for_a_case(reader: User) -> QuerySet[Report]:
    """Reports decided to become a case that have none yet."""
    return (
        Report.objects.visible_to(reader)
        .with_subject(reader)
        .filter(triage__outcome="open_case", is_opened=False)
        .select_related("unit")
        .order_by("received_at")
    )
