"""Permissions of this app, as data. Nobody holds one to browse a list: it is read through a person."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

_WORKERS = {
    Role.SOCIAL_WORKER: Reach.UNIT,
    Role.SUPERVISOR: Reach.UNIT,
    Role.LKS_WORKER: Reach.UNIT,
    Role.HEAD: Reach.TREE,
    Role.DINAS_OFFICER: Reach.TREE,
}

LOAD: Final = declare(
    "entitlements.delivery.load",
    _("Memuat, mengikuti dan menarik daftar bantuan (DTSEN, PKH dan lainnya)"),
    {Role.SUPERVISOR: Reach.UNIT, Role.HEAD: Reach.TREE, Role.DINAS_OFFICER: Reach.TREE},
)
SEE: Final = declare(
    "entitlements.person.see",
    _("Melihat hak dan bantuan seseorang menurut daftar"),
    {**_WORKERS, Role.FIELD_ASSISTANT: Reach.TEAM},
    reads=True,
)
CHECK: Final = declare(
    "entitlements.person.check",
    _("Memeriksa seseorang pada daftar bantuan (tercatat)"),
    {**_WORKERS, Role.FIELD_ASSISTANT: Reach.TEAM},
)
EVERYWHERE: Final = declare(
    "entitlements.person.everywhere",
    _("Memeriksa pada daftar dari wilayah mana pun, tidak hanya kecamatan unitnya"),
    _WORKERS,
    reads=True,
)
DECIDE: Final = declare(
    "entitlements.match.decide",
    _("Memastikan atau menolak bahwa baris daftar adalah orang ini"),
    _WORKERS,
)
TAKE: Final = declare(
    "entitlements.table.take",
    _("Mengunduh tabel pemeriksaan bantuan sebagai lembar kerja"),
    {Role.SUPERVISOR: Reach.UNIT, Role.HEAD: Reach.TREE, Role.DINAS_OFFICER: Reach.TREE},
)
KEEP_BRIDGE: Final = declare("entitlements.bridge.keep", _("Memuat jembatan kode wilayah BPS (hanya sistem)"), {})
EXPIRE: Final = declare(
    "entitlements.delivery.expire", _("Menghapus isi daftar yang masa pakainya habis (hanya sistem)"), {}
)
