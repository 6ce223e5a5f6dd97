"""Who may be named in a file: as provider of a service, as the one who visits."""

from datetime import date

from django.db.models import QuerySet

from serasi.access.models import Posting, Unit, User
from serasi.access.registry import permission

OPEN = "cases.case.open"


def workers_of(unit: Unit, on: date) -> QuerySet[User]:
    """Users posted at the unit that day in a role that opens files."""
    roles = list(permission(OPEN).held_by)
    posted = Posting.objects.in_force(on).filter(unit=unit, role__in=roles).values("user_id")
    return User.objects.filter(pk__in=posted, is_active=True).order_by("full_name")
