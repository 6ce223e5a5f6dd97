"""Named filters. `visible_to` says to Django what the row policies (`models/policies.py`) say to the database."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, Model, OuterRef, Q, Value
from django.db.models.functions import Concat, StrIndex
from django.utils import timezone

from serasi.access.models import Unit, User
from serasi.access.registry import permission
from serasi.institutions.models import Institution
from serasi.people.models import Person, PersonUnit

if TYPE_CHECKING:
    from serasi.entitlements.models import Delivery, Entry, Match, PersonCheck, Remark  # noqa: F401

_P = TypeVar("_P", bound=Model)

LOAD = "entitlements.delivery.load"
SEE = "entitlements.person.see"
EVERYWHERE = "entitlements.person.everywhere"
DISTRICT = len("00.00.00")
"""How many characters of the code of a region name its district."""


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, actor: User) -> Self:
        """Those received by the units whose lists one looks after."""
        if actor.scope.is_system:
            return self
        return self.filter(unit__in=Unit.objects.reached_by(actor, LOAD))

    def kept(self) -> Self:
        """Loaded whole, neither withdrawn nor deleted, and its last day is not over; in force or history."""
        today = timezone.localdate(timezone=timezone.get_default_timezone())
        return self.filter(loaded_at__isnull=False, withdrawn_at=None, deleted_at=None, usable_until__gte=today)

    def usable_by(self, actor: User) -> Self:
        """Kept, and received by a unit in which or below which one works and sees what people are entitled to."""
        if actor.scope.is_system:
            return self.kept()
        paths = [post.unit_path for post in actor.scope.posts if _holds(post.role, SEE)]
        above = {path[: at + 1] for path in paths for at, letter in enumerate(path) if letter == "/"}
        return self.kept().filter(unit__path__in=above)

    def with_newer(self) -> Self:
        """Each with whether a newer period covers its area."""
        return self.annotate(has_newer=Exists(self._newer()))

    def superseded(self) -> Self:
        return self.filter(Exists(self._newer()))

    def in_force(self) -> Self:
        return self.kept().exclude(Exists(self._newer()))

    def _newer(self) -> "models.QuerySet[Any]":
        """Of a newer period, and of the same area, of a wider one, or of all that the unit holds."""
        kept: models.QuerySet[Any] = self.model._default_manager.kept()
        mine = ExpressionWrapper(OuterRef("region_id"), output_field=CharField())
        newer: models.QuerySet[Any] = kept.annotate(inside=StrIndex(mine, Concat("region_id", Value(".")))).filter(
            Q(region=None) | Q(region=OuterRef("region_id")) | Q(inside=1),
            programme=OuterRef("programme"),
            unit=OuterRef("unit_id"),
            period__gt=OuterRef("period"),
        )
        return newer


def _holds(role: Any, code: str) -> bool:
    return permission(code).reach_of(role) is not None


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        return self.filter(delivery__unit__in=Unit.objects.reached_by(actor, LOAD))


class _OfPerson(models.QuerySet[_P]):
    def visible_to(self, actor: User) -> Self:
        """Of people on one's team, and of those known where one sees what people are entitled to."""
        if actor.scope.is_system:
            return self
        if not actor.scope.has(SEE):
            return self.none()
        known = PersonUnit.objects.filter(
            until_at=None, is_sealed=False, unit__in=Unit.objects.reached_by(actor, SEE)
        ).values("person_id")
        return self.filter(Q(person__in=known) | Q(person__in=Person.objects.in_circle_of(actor).values("pk")))


class MatchQuerySet(_OfPerson["Match"]):
    def standing(self) -> Self:
        """That count: confirmed, or sure and not denied."""
        return self.filter(Q(is_right=True) | Q(is_right=None, is_sure=True))

    def not_wrong(self) -> Self:
        return self.exclude(is_right=False)


class PersonCheckQuerySet(_OfPerson["PersonCheck"]):
    pass


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, actor: User) -> Self:
        """Through a match with a person one sees, that nobody called wrong, while the list is usable."""
        if actor.scope.is_system:
            return self
        deliveries: Any = self.model._meta.get_field("delivery").related_model
        matches: Any = self.model._meta.get_field("matches").related_model
        found = matches.objects.visible_to(actor).not_wrong().values("entry_id")
        seen = self.filter(pk__in=found, delivery__in=deliveries.objects.usable_by(actor))
        if actor.scope.has(EVERYWHERE):
            return seen
        inside = Q(pk=None)
        for code in districts_of(actor):
            inside |= Q(region__code__startswith=code)
        return seen.filter(inside)


def districts_of(actor: User) -> list[str]:
    """Where a reader works who is bound to one district: that of each unit, or the wider region a unit names."""
    units = [post.unit_id for post in actor.scope.posts]
    regions = Institution.objects.filter(unit__in=units, region__isnull=False).values_list("region_id", flat=True)
    return sorted({str(code)[:DISTRICT] for code in regions})
