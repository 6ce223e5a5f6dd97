"""Which surveys there are for whom."""

from typing import TYPE_CHECKING

from django.utils import timezone

from serasi.access.models import User
from serasi.surveys.models import Survey

if TYPE_CHECKING:
    from serasi.surveys.querysets import SurveyQuerySet


def surveys_of(user: User) -> "SurveyQuerySet":
    """Those this user interviews for today, with what is asked."""
    rows = Survey.objects.visible_to(user).interviewed_by(user, timezone.localdate())
    return rows.select_related("edition__instrument", "unit", "region")
