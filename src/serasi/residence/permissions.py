"""The permissions of living in an institution and who holds them.

Everyone who works in a house sees its board; names of people stand there for those who may open the person. Officers of
the Dinas see boards, those of the ministry only counts. Administrators build houses and know nobody in them.
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
_HOUSE = {**_WORKERS, Role.CARER: Reach.UNIT, Role.PSYCHOLOGIST: Reach.UNIT, Role.INSTRUCTOR: Reach.UNIT}

BUILD_HOUSE = declare(
    "residence.house.build",
    _("Menata gedung, wisma, kamar dan tempat tidur"),
    {Role.HEAD: Reach.TREE, Role.SUPERVISOR: Reach.UNIT, Role.LKS_WORKER: Reach.UNIT, Role.ADMINISTRATOR: Reach.TREE},
)
CLOSE_BED = declare(
    "residence.bed.put_out_of_order",
    _("Menyatakan tempat tidur tidak dapat dipakai, dan dapat dipakai lagi"),
    {**_WORKERS, Role.CARER: Reach.UNIT},
)
SEE_BOARD = declare(
    "residence.board.see",
    _("Melihat papan hunian: kamar, tempat tidur dan nomor tanda"),
    {**_HOUSE, Role.DINAS_OFFICER: Reach.TREE},
    reads=True,
)
SEE_STAY = declare(
    "residence.stay.see",
    _("Membaca masa tinggal seseorang yang datanya boleh ia buka"),
    {
        **_HOUSE,
        Role.FIELD_ASSISTANT: Reach.TEAM,
        Role.DINAS_OFFICER: Reach.TREE,
        Role.STUDENT: Reach.TEAM,
        Role.RESIDENT: Reach.OWN,
    },
    reads=True,
)
SEE_CENSUS = declare(
    "residence.census.see",
    _("Melihat jumlah penghuni tanpa nama"),
    {**_HOUSE, Role.DINAS_OFFICER: Reach.TREE, Role.MINISTRY_OFFICER: Reach.TREE, Role.ADMINISTRATOR: Reach.TREE},
    reads=True,
)
RESERVE = declare("residence.stay.reserve", _("Memesan tempat bagi orang yang akan datang"), _WORKERS)
ADMIT = declare("residence.stay.admit", _("Menerima orang tinggal di unitnya"), _WORKERS)
OVERRIDE = declare(
    "residence.stay.override",
    _("Menempatkan seseorang walau ada keberatan, dengan alasan"),
    _WORKERS,
)
MOVE = declare(
    "residence.stay.move",
    _("Memindahkan penghuni, mencatat pergi dan kembali"),
    {**_WORKERS, Role.CARER: Reach.UNIT},
)
KEEP = declare(
    "residence.stay.keep",
    _("Mencatat barang dan uang titipan, orientasi, langkah pencarian dan langkah sesudah kematian"),
    {**_WORKERS, Role.CARER: Reach.UNIT},
)
SCREEN = declare(
    "residence.stay.screen",
    _("Mencatat dan membaca skrining penularan penghuni"),
    {**_WORKERS, Role.CARER: Reach.UNIT, Role.PSYCHOLOGIST: Reach.UNIT},
)
END = declare("residence.stay.end", _("Mengakhiri masa tinggal dan memindahkan ke unit lain"), _WORKERS)
CORRECT = declare("residence.stay.correct", _("Membetulkan catatan masuk, pindah dan keluar yang keliru"), _WORKERS)
