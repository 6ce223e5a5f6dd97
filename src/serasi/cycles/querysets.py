"""Named filters. `visible_to` says to Django what the row policies (`models/policies.py`) say to the database."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import DateField, Exists, F, Func, Model, OuterRef, Q, UUIDField
from django.db.models.functions import Cast, Now

from serasi.access.models import Unit, User
from serasi.cases.models import Case
from serasi.common.lookups import one_column_of
from serasi.cycles.enums import ReviewKind

if TYPE_CHECKING:
    from serasi.cycles.models import Cohort, Cycle, Meeting, Rating, RatingRound, Review  # noqa: F401

_P = TypeVar("_P", bound=Model)


def own_cases() -> Func:
    """The cases of the actor's own record, as the database knows them; the file itself stays closed to them."""
    return Func(
        function="cycles_own_cases",
        template="((SELECT %(function)s())::uuid[])",
        output_field=ArrayField(UUIDField()),
    )


class _OfCase(models.QuerySet[_P]):
    """Rows about a case; ``_case`` is the way there."""

    _case = "case"

    def visible_to(self, actor: User) -> Self:
        """In the files this user may open, and in those about themself."""
        if actor.scope.is_system:
            return self
        files: Any = Case.objects
        return self.filter(
            Q(**{f"{self._case}__in": files.visible_to(actor)}) | Q(**{f"{self._case}__id__among": own_cases()})
        )


class RatingRoundQuerySet(_OfCase["RatingRound"]):
    pass


class RatingQuerySet(_OfCase["Rating"]):
    _case = "round__case"

    def in_force(self) -> Self:
        return self.filter(superseded_at=None)


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, actor: User) -> Self:
        """Of the units this user sees cohorts of; who is in them is another question."""
        if actor.scope.is_system:
            return self
        return self.filter(unit__id__among=one_column_of(Unit.objects.reached_by(actor, "cycles.cohort.see")))


class CycleQuerySet(_OfCase["Cycle"]):
    def standing(self) -> Self:
        """Those that were."""
        return self.filter(is_void=False)


def today_of_unit(way: str) -> Cast:
    """The day it is now in the unit that stands at the end of this way; "now" is the database's."""
    return Cast(Func(F(f"{way}__time_zone"), Now(), function="timezone"), DateField())


class ReviewQuerySet(_OfCase["Review"]):
    _case = "cycle__case"

    def to_hold(self) -> Self:
        """Not held, in a cycle that goes on, of a case that is open. Once a cycle is closed, it asks for nothing."""
        meetings: Any = self.model._meta.get_field("meetings").related_model
        held = meetings._default_manager.in_force()
        return self.filter(
            ~Exists(held.filter(review=OuterRef("pk"))),
            ~Exists(held.filter(review__cycle=OuterRef("cycle"), review__kind=ReviewKind.CLOSING)),
            cycle__is_void=False,
            cycle__ended_on=None,
            cycle__case__closed_at=None,
        )

    def late(self) -> Self:
        """By the unit's own day."""
        return self.filter(due_on__lt=today_of_unit("cycle__case__unit"))


class MeetingQuerySet(_OfCase["Meeting"]):
    _case = "review__cycle__case"

    def in_force(self) -> Self:
        return self.filter(superseded_at=None)
