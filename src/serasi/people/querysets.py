"""Named filters of people. `visible_to` says to Django what `models/policies.py` says to the database."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Value

from serasi.access.enums import Reach
from serasi.access.models import Unit
from serasi.access.registry import permission
from serasi.people.enums import HEALTH_KINDS

if TYPE_CHECKING:
    from serasi.access.models import User
    from serasi.people.models import Candidate, Enquiry, Person, PersonKind, PersonUnit  # noqa: F401

OPEN = "people.person.open"
READ_HEALTH_KIND = "people.kind.health"


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, actor: "User") -> Self:
        """People this user may open: known to a unit they reach and not sealed, or in their own circle.

        Each row also tells whether the reader is on the person's team, so that showing a name costs no query.
        """
        if actor.scope.is_system:
            return self.annotate(
                is_team_of_reader=Value(value=True, output_field=BooleanField()), reader_id=Value(actor.pk)
            )
        if not actor.scope.has(OPEN):
            return self.none()
        known = self._related("units").open_to(actor).values("person_id")
        return self.filter(Q(pk__in=known.union(*self._circle(actor), all=True))).as_read_by(actor)

    def as_read_by(self, actor: "User") -> Self:
        """Each with what showing the name takes. Whom the reader may open must be decided before, by `visible_to`."""
        return self.annotate(
            is_team_of_reader=Exists(self._related("team").filter(person_id=OuterRef("pk"), user=actor, until_at=None)),
            reader_id=Value(actor.pk),
        )

    def in_circle_of(self, actor: "User") -> Self:
        """People this user may open whatever their unit."""
        first, *others = self._circle(actor)
        return self.filter(pk__in=first.union(*others, all=True) if others else first)

    def not_merged(self) -> Self:
        return self.filter(merged_into=None)

    def known_to(self, unit: Unit) -> Self:
        return self.filter(units__unit=unit, units__until_at=None)

    def _circle(self, actor: "User") -> list[QuerySet[Any, Any]]:
        """The same people as the database function ``people_own_circle``."""
        held_by = permission(OPEN).held_by
        circle: list[QuerySet[Any, Any]] = [
            self.model._default_manager.filter(user=actor).order_by().values("pk"),
        ]
        if any(held_by.get(role, Reach.OWN) is not Reach.OWN for role in actor.scope.roles):
            circle.append(self._related("team").filter(user=actor, until_at=None).values("person_id"))
        return circle

    def _related(self, name: str) -> Any:
        related = self.model._meta.get_field(name).related_model
        return related._default_manager.order_by()  # type: ignore[union-attr]


class PersonUnitQuerySet(models.QuerySet["PersonUnit"]):
    def open_to(self, actor: "User") -> Self:
        """Of people who are not sealed, at the units where this user may open them."""
        return self.filter(until_at=None, is_sealed=False, unit__in=Unit.objects.reached_by(actor, OPEN))


class PersonKindQuerySet(models.QuerySet["PersonKind"]):
    def readable_by(self, actor: "User") -> Self:
        """Of people this user may open: without the kinds that tell of health and are not theirs to read."""
        if actor.scope.is_system:
            return self
        person: Any = self.model._meta.get_field("person").related_model
        units = Unit.objects.reached_by(actor, READ_HEALTH_KIND)
        known = person.units.rel.related_model.objects.filter(until_at=None, is_sealed=False, unit__in=units)
        allowed = Q(Exists(known.filter(person_id=OuterRef("person_id"))))
        if actor.scope.has(READ_HEALTH_KIND):
            allowed |= Q(Exists(actor.people_teams.filter(person_id=OuterRef("person_id"), until_at=None)))
        return self.filter(~Q(kind__in=HEALTH_KINDS) | allowed)


class _OfTwo(models.QuerySet[Any]):
    """Rows about two records, ``person`` and ``other``; seen by whoever sees one of them."""

    def visible_to(self, actor: "User") -> Self:
        person: Any = self.model._meta.get_field("person").related_model
        seen = person.objects.visible_to(actor).order_by().values("pk")
        return self.filter(Q(person__in=seen) | Q(other__in=seen))


class CandidateQuerySet(_OfTwo):
    def open(self) -> Self:
        """Pairs of which nobody said that they are two people. (Of one that was merged, no card tells any more.)"""
        person: Any = self.model._meta.get_field("person").related_model
        apart = person.distinctions.rel.related_model.objects
        return self.filter(
            ~Exists(apart.filter(person=OuterRef("person"), other=OuterRef("other"))),
            ~Exists(apart.filter(person=OuterRef("other"), other=OuterRef("person"))),
        )


class EnquiryQuerySet(_OfTwo):
    def waiting(self) -> Self:
        return self.filter(answered_at=None)
