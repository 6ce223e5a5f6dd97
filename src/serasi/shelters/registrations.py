"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit
from serasi.access.operations import Refused
from serasi.access.operations.units import register_closing_rule
from serasi.cases.registry import DueSource, register_due
from serasi.shelters import operations, queries
from serasi.shelters.models import Gathering
from serasi.shelters.permissions import ACCOUNT_ARRIVAL

DOORS = (operations, queries)


def refuse_open_gatherings(unit: Unit, on: date) -> None:
    """A unit closes when nobody is in its shelters any more."""
    if Gathering.objects.open().filter(unit=unit).exists():
        raise Refused(_("Masih ada penampungan yang terbuka di unit ini. Tutup dulu."))


def register() -> None:
    register_closing_rule("shelters", refuse_open_gatherings)
    register_due(
        DueSource(
            "child_alone",
            _("Anak datang tanpa orang dewasa"),
            "shelters:arrival",
            ("record",),
            ACCOUNT_ARRIVAL,
            queries.children_alone,
            is_urgent=True,
        )
    )
