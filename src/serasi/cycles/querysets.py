"""Named filters. `visible_to` says to Django what the row policies (`models/policies.py`) say to the database."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Model, Q, UUIDField

from serasi.access.models import User
from serasi.cases.models import Case

if TYPE_CHECKING:
    from serasi.cycles.models import Rating, RatingRound  # noqa: F401

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
