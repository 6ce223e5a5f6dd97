"""Who can stand beside somebody as the second person: staff posted in the house today."""

from datetime import date

from django.db.models import QuerySet

from serasi.access.models import Posting, Unit, User

Colleagues = QuerySet[User]


def colleagues_of(user: User, *, unit: Unit, on: date) -> Colleagues:
    """Everyone else who is posted at the unit that day. Not yet read."""
    posted = Posting.objects.in_force(on).filter(unit=unit).values("user_id")
    return User.objects.filter(pk__in=posted, is_active=True).exclude(pk=user.pk).order_by("full_name")
