"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from django.utils.translation import gettext_lazy as _

from serasi.capacity import operations, queries
from serasi.capacity.permissions import WAIT
from serasi.cases.registry import Panel, register_panel

DOORS = (operations, queries)


def register() -> None:
    register_panel(Panel(32, _("Daftar tunggu"), "capacity:of_case", WAIT))
