"""Named filters. `visible_to` says to Django what the row policies say to the database."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from serasi.access.models import Unit, User
from serasi.common.lookups import one_column_of
from serasi.people.models import Person

if TYPE_CHECKING:
    from serasi.tablet.models import Pin, Tablet  # noqa: F401

MANAGE_TABLETS = "tablet.tablet.manage"


class TabletQuerySet(models.QuerySet["Tablet"]):
    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        return self.filter(unit__id__among=one_column_of(Unit.objects.reached_by(actor, MANAGE_TABLETS)))

    def open(self) -> Self:
        return self.filter(closed_at=None, unit__closed_on=None)


class PinQuerySet(models.QuerySet["Pin"]):
    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        people: Any = Person.objects
        return self.filter(person__in=people.visible_to(actor).values("pk"))
