"""The permissions of room and waiting, and who holds them.

Expected numbers are read by whoever reads the numbers of a house. Who waits is known to those who may open the file.
"""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

_WORKERS = {
    Role.SOCIAL_WORKER: Reach.UNIT,
    Role.LKS_WORKER: Reach.UNIT,
    Role.SUPERVISOR: Reach.UNIT,
    Role.HEAD: Reach.TREE,
}

SEE_OUTLOOK = declare(
    "capacity.outlook.see",
    _("Melihat prakiraan penghuni, tanpa nama"),
    {**_WORKERS, Role.DINAS_OFFICER: Reach.TREE, Role.MINISTRY_OFFICER: Reach.TREE},
    reads=True,
)
RECKON = declare("capacity.outlook.reckon", _("Menghitung ulang prakiraan penghuni"), _WORKERS)
SEE_PLACES = declare(
    "capacity.places.see",
    _("Melihat di mana masih ada tempat, menurut jumlahnya saja"),
    {**_WORKERS, Role.DINAS_OFFICER: Reach.TREE},
    reads=True,
)
SEE_WAITING = declare("capacity.waiting.see", _("Membaca daftar tunggu unitnya"), _WORKERS, reads=True)
WAIT = declare(
    "capacity.waiting.write",
    _("Menulis di daftar tunggu dan mencatat apa yang dicoba lebih dahulu"),
    {
        Role.SOCIAL_WORKER: Reach.TEAM,
        Role.LKS_WORKER: Reach.TEAM,
        Role.SUPERVISOR: Reach.UNIT,
        Role.HEAD: Reach.TREE,
    },
)
