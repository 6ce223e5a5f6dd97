"""Named filters of imports. `visible_to` says to Django what the row policies say to the database."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from serasi.access.models import Unit, User

if TYPE_CHECKING:
    from serasi.interop.models import RosterImport, RosterRow  # noqa: F401

IMPORT = "interop.roster.import"
OVERSEE = "interop.roster.oversee"


def _reached_by(user: User, prefix: str = "") -> Q:
    own = Q(**{f"{prefix}uploaded_by": user, f"{prefix}unit__in": Unit.objects.reached_by(user, IMPORT)})
    return own | Q(**{f"{prefix}unit__in": Unit.objects.reached_by(user, OVERSEE)})


class RosterImportQuerySet(models.QuerySet["RosterImport"]):
    def visible_to(self, user: User) -> Self:
        """One's own, as long as one may import there, and those of the units whose imports one oversees."""
        return self.filter(_reached_by(user))


class RosterRowQuerySet(models.QuerySet["RosterRow"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(_reached_by(user, "roster__"))

    def unjudged(self) -> Self:
        return self.filter(outcome="")

    def to_save(self) -> Self:
        """Rows that saving has still to do."""
        return self.filter(outcome__in=["new", "known"], saved_at=None)

    def of(self, outcome: str) -> Self:
        return self.filter(outcome=outcome)
