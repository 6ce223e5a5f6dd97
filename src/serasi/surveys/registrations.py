"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from django.utils.translation import gettext_lazy as _

from serasi.cases.registry import DueSource, register_due
from serasi.surveys import operations, queries
from serasi.surveys.due_sources import to_hold_again, to_send
from serasi.surveys.permissions import INTERVIEW

DOORS = (operations, queries)


def register() -> None:
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
