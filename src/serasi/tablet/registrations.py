"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from django.utils.translation import gettext_lazy as _

from serasi.cases.registry import Panel, register_panel
from serasi.tablet import operations, queries
from serasi.tablet.permissions import GIVE_PIN

DOORS = (operations, queries)


def register() -> None:
    register_panel(Panel(80, _("Akses penghuni"), "tablet:of_case", GIVE_PIN))
