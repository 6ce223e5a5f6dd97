"""Which surveys there are for whom, and who may ask."""

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from serasi.access import registry
from serasi.access.models import Posting, User
from serasi.access.scope import today
from serasi.assessments.queries import form_of
from serasi.surveys.enums import Outcome, SurveyState
from serasi.surveys.models import Interview, Survey, Verdict
from serasi.surveys.permissions import INTERVIEW
from serasi.surveys.recognising import VILLAGE, meanings_of

if TYPE_CHECKING:
    from serasi.surveys.querysets import SurveyQuerySet


def surveys_of(user: User) -> "SurveyQuerySet":
    """Those this user interviews for today, with what is asked."""
    rows = Survey.objects.visible_to(user).interviewed_by(user, timezone.localdate())
    return rows.select_related("edition__instrument", "unit", "region")


def surveys_for(reader: User, *, words: str = "", state: str = "") -> "SurveyQuerySet":
    """Those a reader may see, the latest first; archived ones only when asked for."""
    found = Survey.objects.visible_to(reader).select_related("unit", "region", "edition").order_by("-begins_on", "name")
    for word in words.split():
        found = found.filter(name__icontains=word)
    narrowed: dict[str, dict[str, Any]] = {
        "": {"archived_at": None},
        SurveyState.DRAFT: {"opened_at": None, "archived_at": None},
        SurveyState.RUNNING: {"opened_at__isnull": False, "closed_at": None, "archived_at": None},
        SurveyState.CLOSED: {"closed_at__isnull": False, "archived_at": None},
        SurveyState.ARCHIVED: {"archived_at__isnull": False},
    }
    return found.filter(**narrowed[state])


def staff_of(survey: Survey) -> QuerySet[User]:
    """Who may be named an enumerator: people with a fitting role in the unit or beneath it, today."""
    roles = list(registry.permission(INTERVIEW).held_by)
    postings = Posting.objects.filter(
        user=OuterRef("pk"), role__in=roles, unit__path__startswith=survey.unit.path, period__contains=today()
    )
    return User.objects.filter(Exists(postings), is_active=True).order_by("full_name")


def asked_again(survey: Survey, user: User) -> list[Verdict]:
    """Interviews of this user that are to be held again and were not yet."""
    standing = Interview.objects.standing().filter(survey=survey, enumerator=user)
    found = Verdict.objects.filter(outcome=Outcome.AGAIN, interview__in=standing.values("pk"))
    return list(found.select_related("interview__village").order_by("decided_at"))


def asks_for_village(survey: Survey) -> bool:
    """Whether the form has a question whose answer is a village."""
    return VILLAGE in meanings_of(form_of(survey.edition_id)).values()
