"""What the time line of a file tells of instruments."""

from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from serasi.assessments.models import Assessment
from serasi.cases.queries.timeline import CASE, event_rows
from serasi.cases.registry import TimelineSource


def _finished() -> QuerySet[Any, Any]:
    rows = Assessment.objects.finished().filter(case=CASE)
    return event_rows(rows, "instrument", at="finished_at", text="edition__title", author="finished_by")


SOURCES: Final = (
    TimelineSource(
        "instrument",
        _("Instrumen diisi"),
        "clipboard-text",
        _finished,
        url=lambda _case, record: reverse("assessments:filling", args=[record]),
    ),
)
