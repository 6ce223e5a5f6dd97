"""Services given, counted: per component for one file, and for a unit over a period."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from serasi.access.models import Unit, User
from serasi.cases.models import Case, Component, Delivery, GroupSession
from serasi.cases.queries.cases import named
from serasi.cases.queries.header import veil_over, with_person
from serasi.common.initials import NO_VEIL, Veil
from serasi.people.models import Person

DELIVER = "cases.service.deliver"
MOST_OFFERED = 50


@dataclass(frozen=True, slots=True)
class ComponentCount:
    component: Component
    deliveries: int
    quantity: int
    people: int


def delivered_in_unit(unit: Unit, since: date, until: date) -> Sequence[ComponentCount]:
    """Per component: deliveries, quantity and people served from the first day up to but not including the last.

    Counts without names, of the unit and those below it, whether or not this reader may open the files; the database
    counts the units where they may count, and sealed cases for their teams alone (`cases.database`).
    """
    zone = ZoneInfo(unit.time_zone)
    start, end = (datetime.combine(day, time.min, tzinfo=zone) for day in (since, until))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_services_counted(%s, %s, %s)", [unit.path, start, end])
        counted = {code: numbers for code, *numbers in cursor.fetchall()}
    return [
        ComponentCount(component, *counted.get(component.pk, (0, 0, 0)))
        for component in Component.objects.order_by("number", "edition")
        if component.pk in counted or component.valid_until is None
    ]


@dataclass(frozen=True, slots=True)
class Offer:
    """Whom a worker may tick: who is ticked already, then who is found, and how many there are in all."""

    ticked: list[Any]
    found: list[Any]
    total: int


def participants_on_offer(worker: User, *, ticked: Collection[UUID], words: str = "") -> Offer:
    """Open cases this worker serves, by team or by unit, those named by ``words`` first of all; ticked ones stay."""
    served = Q(is_reader_on_team=True) | Q(unit__in=Unit.objects.reached_by(worker, DELIVER))
    open_cases = with_person(Case.objects.visible_to(worker).open(), worker).select_related("unit").filter(served)
    in_order = open_cases.order_by("person__sort_key", "pk")
    others = in_order.exclude(pk__in=ticked)
    return Offer(
        ticked=list(in_order.filter(pk__in=ticked)) if ticked else [],
        found=list((others.filter(named(worker, words)) if words else others)[:MOST_OFFERED]),
        total=open_cases.count(),
    )


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


def veil_over_participants(reader: User, sessions: Collection[GroupSession]) -> Veil:
    """Keeps back the names of those who took part and whom this reader may not name; one query, two where there are."""
    took_part = Case.objects.visible_to(reader).filter(deliverys__session__in=[session.pk for session in sessions])
    kept_back = took_part.exclude(pk__in=Case.objects.named_to(reader).values("pk"))
    people = Person.objects.filter(pk__in=kept_back.values("person"))
    return veil_over(*people) if people else NO_VEIL
