"""What the time line of a file tells of its cycles."""

from typing import Any, Final

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from serasi.cases.queries.timeline import CASE, event_rows
from serasi.cases.registry import TimelineSource
from serasi.cycles.enums import ReviewKind
from serasi.cycles.models import Cycle, Meeting


def _begun() -> QuerySet[Any, Any]:
    rows = Cycle.objects.standing().filter(case=CASE)
    return event_rows(rows, "cycle", at="starts_on", text=Coalesce("cohort__name", Value("")))


def _held() -> QuerySet[Any, Any]:
    rows = Meeting.objects.in_force().filter(review__cycle__case=CASE)
    words = Concat(F("review__kind"), Value("\n"), F("summary"), output_field=CharField())
    return event_rows(rows, "cycle_review", at="held_on", text=words, record="review")


SOURCES: Final = (
    TimelineSource(
        "cycle",
        _("Siklus dimulai"),
        "refresh",
        _begun,
        url=lambda case, _record: reverse("cycles:of_case", args=[case]),
        is_day=True,
    ),
    TimelineSource(
        "cycle_review",
        _("Tinjauan siklus"),
        "checklist",
        _held,
        title=lambda kind: ReviewKind(kind).label if kind in ReviewKind.values else kind,
        url=lambda _case, record: reverse("cycles:review", args=[record]),
        is_day=True,
        is_milestone=True,
    ),
)
