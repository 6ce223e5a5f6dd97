"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from django.utils.translation import gettext_lazy as _

from serasi.access.operations.work import WorkKind, register_work
from serasi.cases.registry import Panel, register_panel
from serasi.entitlements import operations, queries
from serasi.entitlements.operations.delivery import LOADING
from serasi.entitlements.operations.loading import load_chunk
from serasi.entitlements.permissions import SEE
from serasi.people.registry import register_panel as register_person_panel
from serasi.residence.registry import HouseTool, register_house_tool

DOORS = (operations, queries)


def register() -> None:
    register_person_panel(_("Hak dan bantuan"), SEE, "entitlements:of_person", position=30)
    register_panel(Panel(35, _("Hak dan bantuan"), "entitlements:of_case", SEE))
    register_house_tool(HouseTool(_("Hak dan bantuan"), "checklist", "entitlements:of_house", SEE))
    register_work(WorkKind(LOADING, _("Memuat daftar bantuan"), load_chunk, "entitlements:delivery"))
