"""Named filters. `visible_to` says to Django what the row policies (`models/policies.py`) say to the database."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Model, Q

from serasi.access.models import Unit, User
from serasi.common.lookups import one_column_of
from serasi.people.models import Person

if TYPE_CHECKING:
    from serasi.residence.models import (  # noqa: F401
        Bed,
        BedOutage,
        Belonging,
        Building,
        Movement,
        Occupancy,
        Reservation,
        Room,
        Screening,
        Stay,
        Ward,
    )

_P = TypeVar("_P", bound=Model)

SEE_BOARD = "residence.board.see"
SEE_STAY = "residence.stay.see"
SCREEN = "residence.stay.screen"


class _OfUnit(models.QuerySet[_P]):
    """Rows that belong to a unit; ``_unit`` is the way there."""

    _unit = "unit"

    def of(self, unit: Unit) -> Self:
        return self.filter(**{self._unit: unit})

    def visible_to(self, actor: User) -> Self:
        """In the houses whose board this user may see."""
        if actor.scope.is_system:
            return self
        return self.filter(**{f"{self._unit}__id__among": one_column_of(Unit.objects.reached_by(actor, SEE_BOARD))})


class BuildingQuerySet(_OfUnit["Building"]):
    pass


class WardQuerySet(_OfUnit["Ward"]):
    def open_on(self, day: date) -> Self:
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))


class RoomQuerySet(_OfUnit["Room"]):
    _unit = "ward__unit"

    def open_on(self, day: date) -> Self:
        """Not closed, in a ward that is not."""
        return self.filter(
            Q(closed_on=None) | Q(closed_on__gt=day), Q(ward__closed_on=None) | Q(ward__closed_on__gt=day)
        )


class BedQuerySet(_OfUnit["Bed"]):
    _unit = "room__ward__unit"

    def in_service_on(self, day: date) -> Self:
        """In service, in a room and a ward that are open."""
        return self.filter(
            Q(room__closed_on=None) | Q(room__closed_on__gt=day),
            Q(room__ward__closed_on=None) | Q(room__ward__closed_on__gt=day),
            in_service__contains=day,
        )


class BedOutageQuerySet(_OfUnit["BedOutage"]):
    _unit = "bed__room__ward__unit"

    def at(self, moment: datetime) -> Self:
        return self.filter(period__contains=moment)


class OccupancyQuerySet(_OfUnit["Occupancy"]):
    def at(self, moment: datetime) -> Self:
        return self.filter(period__contains=moment)


class _OfPersonAndUnit(models.QuerySet[_P]):
    def of(self, unit: Unit) -> Self:
        return self.filter(unit=unit)

    def visible_to(self, actor: User) -> Self:
        """Of people this user may open: in the houses this user reaches, or wherever the user is near the person."""
        if actor.scope.is_system:
            return self
        people: Any = Person.objects
        return self.reached_by(actor).filter(person__in=people.visible_to(actor).values("pk"))

    def reached_by(self, actor: User) -> Self:
        """In the houses this user reaches, or wherever the user is near the person.

        For who reads the people too: whose person `Person.objects.visible_to` does not give is not shown.
        """
        if actor.scope.is_system:
            return self
        if not actor.scope.has(SEE_STAY):
            return self.none()
        people: Any = Person.objects
        return self.filter(
            Q(unit__id__among=one_column_of(Unit.objects.reached_by(actor, SEE_STAY)))
            | Q(person__in=people.in_circle_of(actor))
        )


class StayQuerySet(_OfPersonAndUnit["Stay"]):
    def at(self, moment: datetime) -> Self:
        return self.filter(period__contains=moment)

    def open(self) -> Self:
        return self.filter(period__endswith__isnull=True, period__isempty=False)


class ReservationQuerySet(_OfPersonAndUnit["Reservation"]):
    def open(self) -> Self:
        """Neither come nor called off."""
        return self.filter(cancelled_at=None, stay=None)


class OfStayQuerySet(models.QuerySet[_P]):
    """What hangs on a stay."""

    def visible_to(self, actor: User) -> Self:
        """Of the stays this user may see."""
        stays: Any = self.model._meta.get_field("stay").related_model
        return self.filter(stay__in=stays._default_manager.visible_to(actor))


class ScreeningQuerySet(OfStayQuerySet["Screening"]):
    def visible_to(self, actor: User) -> Self:
        """Health: of those who may also record it."""
        if not (actor.scope.is_system or actor.scope.has(SCREEN)):
            return self.none()
        return super().visible_to(actor)


class BelongingQuerySet(models.QuerySet["Belonging"]):
    def visible_to(self, actor: User) -> Self:
        """Of the stays this user may see."""
        stays: Any = self.model._meta.get_field("received").related_model._meta.get_field("stay").related_model
        return self.filter(received__stay__in=stays._default_manager.visible_to(actor))

    def kept(self) -> Self:
        """Neither returned nor explained."""
        return self.filter(returned=None)


class MovementQuerySet(OfStayQuerySet["Movement"]):
    def in_force(self) -> Self:
        return self.filter(superseded_at=None)

    def believed_at(self, moment: datetime) -> Self:
        """What was in force at a moment, right or wrong."""
        return self.filter(Q(superseded_at=None) | Q(superseded_at__gt=moment), written_at__lte=moment)
