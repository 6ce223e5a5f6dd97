"""Services given, counted: per component for one file, and for a unit over a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from serasi.access.models import Unit, User
from serasi.cases.models import Case, Component, Delivery, GroupSession

DELIVER = "cases.service.deliver"


@dataclass(frozen=True, slots=True)
class ComponentCount:
    component: Component
    deliveries: int
    quantity: int
    people: int


def delivered_in_unit(actor: User, unit: Unit, since: date, until: date) -> Sequence[ComponentCount]:
    """Per component: deliveries, quantity and people served from the first day up to but not including the last.

    Counts what this reader may open; officers who see no files see no counts here.
    """
    zone = ZoneInfo(unit.time_zone)
    start, end = (datetime.combine(day, time.min, tzinfo=zone) for day in (since, until))
    rows = {
        row["component"]: row
        for row in Delivery.objects.visible_to(actor)
        .filter(case__unit=unit, withdrawn_at=None, delivered_at__gte=start, delivered_at__lt=end)
        .order_by()
        .values("component")
        .annotate(n=Count("pk"), total=Sum("quantity"), people=Count("case__person", distinct=True))
    }
    return [
        ComponentCount(component, row["n"], row["total"], row["people"])
        for component in Component.objects.order_by("number", "edition")
        if (row := rows.get(component.pk, {"n": 0, "total": 0, "people": 0}))["n"] or component.valid_until is None
    ]


def sessions_seen_by(actor: User) -> QuerySet[GroupSession]:
    """Group activities this user wrote, took part in recording for one of their files, or reaches by unit."""
    files = Case.objects.visible_to(actor)
    in_a_file = Delivery.objects.filter(session=OuterRef("pk"), case__in=files)
    reached = Q(unit__in=Unit.objects.reached_by(actor, DELIVER))
    sessions = (
        GroupSession.objects.all()
        if actor.scope.is_system
        else GroupSession.objects.filter(reached | Q(written_by=actor) | Q(Exists(in_a_file)))
    )
    return (
        sessions.select_related("unit", "component", "written_by")
        .annotate(
            present=Count("deliveries", filter=Q(deliveries__withdrawn_at=None)),
            taken_back=Count("deliveries", filter=Q(deliveries__withdrawn_at__isnull=False)),
        )
        .order_by("-held_at")
    )
