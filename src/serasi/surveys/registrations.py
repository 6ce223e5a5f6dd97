"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Subject
from serasi.access.models import User
from serasi.access.subjects import SubjectName, register_subject
from serasi.cases.registry import DueSource, register_due
from serasi.surveys import operations, queries
from serasi.surveys.due_sources import to_hold_again, to_send
from serasi.surveys.models import Interview
from serasi.surveys.permissions import INTERVIEW

DOORS = (operations, queries)


def _names_of_interviews(reader: User, ids: Collection[UUID]) -> dict[UUID, SubjectName]:
    """Interviews this reader may read, by survey and day: who was asked does not belong in a log."""
    found = Interview.objects.visible_to(reader).filter(pk__in=ids).select_related("survey").only("survey", "held_on")
    return {
        one.pk: SubjectName(f"{one.survey.name}, {one}", reverse("surveys:interview", args=[one.pk])) for one in found
    }


def register() -> None:
    register_subject(Subject.INTERVIEW, _names_of_interviews)
    register_due(
        DueSource(
            "interview_again",
            _("Wawancara ulang diminta"),
            "surveys:interview",
            ("record",),
            INTERVIEW,
            to_hold_again,
        )
    )
    register_due(
        DueSource("interview_open", _("Wawancara belum dikirim"), "surveys:typing", ("record",), INTERVIEW, to_send)
    )
