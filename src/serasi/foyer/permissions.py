"""The permissions of growing freedom and who holds them.

The coach (social worker, LKS worker, instructor) writes and proposes; the head of unit or a supervisor agrees; an
exception is the head's alone. Everyone who works in the house sees what someone may do alone today. A resident reads
what is their own.
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
_COACHES = {**_WORKERS, Role.INSTRUCTOR: Reach.UNIT}
_HOUSE = {**_COACHES, Role.CARER: Reach.UNIT, Role.PSYCHOLOGIST: Reach.UNIT}

SEE_HOUSE = declare(
    "foyer.house.see",
    _("Melihat daftar Foyer: siapa boleh keluar sampai kapan"),
    _HOUSE,
    reads=True,
)
SEE_AGREEMENT = declare(
    "foyer.agreement.see",
    _("Membaca kesepakatan dan fase Foyer seseorang yang datanya boleh ia buka"),
    {**_HOUSE, Role.RESIDENT: Reach.OWN},
    reads=True,
)
SEE_OWN = declare(
    "foyer.own.see",
    _("Membaca kesepakatan dan fase Foyer miliknya sendiri"),
    {Role.RESIDENT: Reach.OWN},
    reads=True,
)
WRITE = declare(
    "foyer.agreement.write",
    _("Menulis kesepakatan Foyer, mengajukan naik atau mundur fase, mencatat pengukuran"),
    _COACHES,
)
AGREE = declare(
    "foyer.step.agree",
    _("Menandatangani kesepakatan Foyer atas nama rumah, memutuskan naik atau mundur fase"),
    {Role.HEAD: Reach.TREE, Role.SUPERVISOR: Reach.UNIT},
)
EXCEPT = declare(
    "foyer.step.except",
    _("Menyetujui naik fase walau syaratnya belum lengkap, dengan alasan"),
    {Role.HEAD: Reach.TREE},
)
ALLOW = declare("foyer.allowance.give", _("Memberi izin atau batasan sementara dalam Foyer"), _WORKERS)
DESIGN = declare(
    "foyer.phase.design",
    _("Menyusun fase Foyer di unitnya"),
    {Role.HEAD: Reach.TREE, Role.SUPERVISOR: Reach.UNIT},
)
