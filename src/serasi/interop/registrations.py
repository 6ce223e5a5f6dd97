"""What this app adds at start: the kinds of its background work, its page about a house."""

from django.utils.translation import gettext_lazy as _

from serasi.access.operations.work import WorkKind, register_work
from serasi.interop.operations.judging import judge_chunk
from serasi.interop.operations.roster import READING, SAVING
from serasi.interop.operations.saving import save_chunk
from serasi.residence.permissions import BUILD_HOUSE
from serasi.residence.registry import HouseTool, register_house_tool


def register() -> None:
    register_work(WorkKind(READING, _("Membaca daftar orang"), judge_chunk, "interop:roster"))
    register_work(WorkKind(SAVING, _("Menyimpan daftar orang"), save_chunk, "interop:roster"))
    register_house_tool(HouseTool(_("Impor dari lembar kerja"), "upload", "interop:house", BUILD_HOUSE))
