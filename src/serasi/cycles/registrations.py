"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from django.utils.translation import gettext_lazy as _

from serasi.access.unit_pages import register_unit_page
from serasi.cases.registry import DueSource, Panel, Tile, register_due, register_panel, register_tile, register_timeline
from serasi.cycles import operations, queries
from serasi.cycles.due_sources import late_reviews, reviews_to_hold
from serasi.cycles.enums import ReviewKind
from serasi.cycles.permissions import HOLD_REVIEW, OVERSEE, SEE_CYCLE, SET_PRACTICE
from serasi.cycles.timeline_sources import SOURCES

DOORS = (operations, queries)


def register() -> None:
    register_unit_page(_("Atur siklus unit"), "cycles:practice", SET_PRACTICE)
    register_panel(Panel(40, _("Siklus"), "cycles:of_case", SEE_CYCLE))
    register_due(
        DueSource(
            "cycle_review",
            _("Tinjauan"),
            "cycles:review",
            ("record",),
            HOLD_REVIEW,
            reviews_to_hold,
            title=lambda kind: ReviewKind(kind).label,
        )
    )
    register_tile(
        Tile("late_reviews", _("tinjauan terlambat"), "refresh", "cycles:list", "?state=late", OVERSEE, late_reviews)
    )
    for source in SOURCES:
        register_timeline(source)
