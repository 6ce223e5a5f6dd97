"""Named filters. `visible_to` says to Django what the row policies (`models/policies.py`) say to the database."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Model, Q

from serasi.access.models import Unit, User
from serasi.common.lookups import one_column_of
from serasi.people.models import Person

if TYPE_CHECKING:
    from serasi.foyer.models import Agreement, Allowance, Phase, PhaseSet, Step  # noqa: F401

_P = TypeVar("_P", bound=Model)

SEE_HOUSE = "foyer.house.see"
SEE_AGREEMENT = "foyer.agreement.see"


class PhaseSetQuerySet(models.QuerySet["PhaseSet"]):
    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        return self.filter(unit__id__among=one_column_of(Unit.objects.reached_by(actor, SEE_HOUSE)))

    def in_force(self) -> Self:
        return self.filter(in_force_since__isnull=False)


class PhaseQuerySet(models.QuerySet["Phase"]):
    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        return self.filter(phase_set__unit__id__among=one_column_of(Unit.objects.reached_by(actor, SEE_HOUSE)))


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, actor: User) -> Self:
        """Of people this user may open: in the houses this user reaches, or wherever the user is near the person."""
        if actor.scope.is_system:
            return self
        if not actor.scope.has(SEE_AGREEMENT):
            return self.none()
        people: Any = Person.objects
        return self.filter(
            Q(unit__id__among=one_column_of(Unit.objects.reached_by(actor, SEE_AGREEMENT)))
            | Q(person__in=people.in_circle_of(actor)),
            person__in=people.visible_to(actor).values("pk"),
        )

    def open_on(self, day: date) -> Self:
        """Begun or about to, and not ended by then."""
        return self.filter(Q(ended_date=None) | Q(ended_date__gt=day))


class OfAgreementQuerySet(models.QuerySet[_P]):
    """Rows that hang on an agreement."""

    def visible_to(self, actor: User) -> Self:
        agreements: Any = self.model._meta.get_field("agreement").related_model
        return self.filter(agreement__in=agreements._default_manager.visible_to(actor))


class StepQuerySet(OfAgreementQuerySet["Step"]):
    def agreed(self) -> Self:
        return self.filter(decision="approved")

    def pending(self) -> Self:
        return self.filter(decided_at=None)


class AllowanceQuerySet(OfAgreementQuerySet["Allowance"]):
    def in_force(self) -> Self:
        return self.filter(withdrawn_at=None)

    def on(self, day: date) -> Self:
        return self.in_force().filter(first_date__lte=day, latest_date__gte=day)
