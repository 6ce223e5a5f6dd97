"""What waits for somebody to settle it: people who are named in interviews, places that are said in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from serasi.access.models import User
from serasi.surveys.models import Settled, Survey
from serasi.surveys.queries.reading import interviews_of

if TYPE_CHECKING:
    from serasi.surveys.querysets import InterviewQuerySet


@dataclass(frozen=True, slots=True)
class Waiting:
    """The interviews with somebody who waits, the earliest first, and how many people that is."""

    interviews: "InterviewQuerySet"
    people: int


def people_waiting(survey: Survey, reader: User, **narrows: Any) -> Waiting:
    """Narrowed as `interviews_of` does (1 query)."""
    done = Settled.objects.filter(interview=OuterRef("pk")).order_by().values("interview").annotate(n=Count("pk"))
    rows = (
        interviews_of(survey, reader, **narrows)
        .filter(reading__people__gt=0)
        .annotate(waiting=F("reading__people") - Coalesce(Subquery(done.values("n")), 0))
        .filter(waiting__gt=0)
    )
    return Waiting(rows, rows.order_by().aggregate(n=Sum("waiting"))["n"] or 0)


def places_waiting(survey: Survey, reader: User) -> "InterviewQuerySet":
    """Interviews whose village is said in words alone, the earliest first."""
    return interviews_of(survey, reader).filter(village=None).exclude(reading__place="").select_related("reading")
