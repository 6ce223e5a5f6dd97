"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from django.utils.translation import gettext_lazy as _

from serasi.assessments import operations, queries
from serasi.assessments.due_sources import to_ask_again, to_finish
from serasi.assessments.permissions import FILL
from serasi.assessments.timeline_sources import SOURCES
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.registry import DueSource, Panel, register_due, register_panel, register_timeline

DOORS = (operations, queries)


def register() -> None:
    register_panel(Panel(30, _("Instrumen"), "assessments:of_case", OPEN_CASE_FILE))
    register_due(DueSource("assessment_again", _("Asesmen ulang"), "assessments:choose", ("case",), FILL, to_ask_again))
    register_due(
        DueSource("assessment_open", _("Pengisian belum selesai"), "assessments:filling", ("record",), FILL, to_finish)
    )
    for source in SOURCES:
        register_timeline(source)
