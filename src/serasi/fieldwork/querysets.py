"""Named filters. `visible_to` says to Django what the row policies (`models/policies.py`) say to the database."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from serasi.access.models import Unit, User
from serasi.common.lookups import one_column_of
from serasi.people.models import Person

if TYPE_CHECKING:
    from serasi.fieldwork.models import Device, Difference, Submission, SubmissionFile  # noqa: F401

MANAGE_DEVICES = "fieldwork.device.manage"


class DeviceQuerySet(models.QuerySet["Device"]):
    def visible_to(self, actor: User) -> Self:
        """One's own, and those of the units whose devices one manages."""
        return self if actor.scope.is_system else self.filter(Q(user=actor) | of_managed_units(actor))

    def open(self) -> Self:
        return self.filter(closed_at=None)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, actor: User) -> Self:
        """One's own, of the units whose devices one manages those that wait or waited for a decision, and those that
        differ from the desk about somebody whom one may see."""
        if actor.scope.is_system:
            return self
        differences: Any = self.model._meta.get_field("differences").related_model
        differing = differences.objects.visible_to(actor).values("submission")
        return self.filter(Q(user=actor) | of_managed_units(actor) & ~Q(waits_for="") | Q(pk__in=differing))

    def waiting(self) -> Self:
        """Taken in, and nobody has decided yet."""
        return self.filter(settled_at=None).exclude(waits_for="")


class SubmissionFileQuerySet(models.QuerySet["SubmissionFile"]):
    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        submissions: Any = self.model._meta.get_field("submission").related_model
        return self.filter(submission__in=submissions.objects.visible_to(actor))

    def missing(self) -> Self:
        """The form names them, and they have not come."""
        return self.filter(arrived_at=None)


class DifferenceQuerySet(models.QuerySet["Difference"]):
    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        return self.filter(person__in=Person.objects.visible_to(actor).values("pk"))

    def open(self) -> Self:
        """On which nobody has decided."""
        return self.filter(settled_at=None)


def of_managed_units(actor: User) -> Q:
    """Rows of the units whose devices this user manages."""
    return Q(unit__id__among=one_column_of(Unit.objects.reached_by(actor, MANAGE_DEVICES)))
