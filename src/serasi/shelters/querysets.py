"""Named filters. `visible_to` says to Django what the row policies (`models/policies.py`) say to the database."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from serasi.access.models import Unit, User
from serasi.shelters.enums import Shown

if TYPE_CHECKING:
    from serasi.shelters.models import Arrival, Gathering, Outcome  # noqa: F401

SEE_GATHERING = "shelters.gathering.see"
ADULT = 18
"""Years: under it someone is a child (UU 35/2014, article 1)."""


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def visible_to(self, actor: User) -> Self:
        """Those of the units one reaches, and those one was let in to help at."""
        if actor.scope.is_system:
            return self
        if not actor.scope.has(SEE_GATHERING):
            return self.none()
        helpers: Any = self.model._meta.get_field("helping").related_model
        helped = helpers.objects.filter(user=actor).values("gathering")
        return self.filter(Q(unit__in=Unit.objects.reached_by(actor, SEE_GATHERING)) | Q(pk__in=helped))

    def open(self) -> Self:
        return self.filter(closed_at=None)


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        gatherings: Any = self.model._meta.get_field("gathering").related_model
        return self.filter(gathering__in=gatherings.objects.visible_to(actor))

    def here(self) -> Self:
        """Not yet accounted for."""
        return self.exclude(outcomes__withdrawn_at=None, outcomes__isnull=False)

    def accounted(self) -> Self:
        return self.filter(outcomes__withdrawn_at=None, outcomes__isnull=False)

    def with_standing(self) -> Self:
        """`is_alone`: a child without an adult in their group, wherever that adult is by now."""
        adults = self.model.objects.filter(
            gathering=OuterRef("gathering"), group_tag=OuterRef("group_tag"), age__gte=ADULT
        )
        return self.annotate(is_alone=Q(age__lt=ADULT) & ~Exists(adults))

    def shown(self, only: str) -> Self:
        """Narrowed to what a list is asked for; ``is_alone`` must have been annotated. Needs count for who is here."""
        here = self.here()
        narrowed = {
            "": self,
            Shown.HERE: here,
            Shown.GONE: self.accounted(),
            Shown.ALONE: here.filter(Q(is_alone=True)),
            Shown.RED: here.filter(health=only),
            Shown.YELLOW: here.filter(health=only),
            Shown.DANGER: here.exclude(dangers=[]),
            Shown.UNMATCHED: self.filter(person=None),
            Shown.LATE: here.filter(is_late=True),
        }
        return narrowed[only]

    def in_order(self) -> Self:
        """Families together, in the order in which their heads came."""
        return self.order_by("group_tag", "tag")


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        arrivals: Any = self.model._meta.get_field("arrival").related_model
        return self.filter(arrival__in=arrivals.objects.visible_to(actor))

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)
