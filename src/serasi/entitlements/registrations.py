"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from django.utils.translation import gettext_lazy as _

from serasi.access.operations.work import WorkKind, register_work
from serasi.entitlements import operations, queries
from serasi.entitlements.operations.delivery import LOADING
from serasi.entitlements.operations.loading import load_chunk

DOORS = (operations, queries)


def register() -> None:
    register_work(WorkKind(LOADING, _("Memuat daftar bantuan"), load_chunk, "entitlements:delivery"))
