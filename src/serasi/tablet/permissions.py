"""The permissions of tablets in the ward and of the resident's own view, and who holds them."""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

MANAGE_TABLETS = declare(
    "tablet.tablet.manage",
    _("Menjadikan sebuah perangkat tablet wisma, dan mencabutnya"),
    {
        Role.SOCIAL_WORKER: Reach.UNIT,
        Role.LKS_WORKER: Reach.UNIT,
        Role.CARER: Reach.UNIT,
        Role.SUPERVISOR: Reach.UNIT,
        Role.HEAD: Reach.TREE,
    },
)
GIVE_PIN = declare(
    "tablet.pin.give",
    _("Memberi penghuni PIN untuk membuka datanya sendiri di tablet wisma"),
    {
        Role.SOCIAL_WORKER: Reach.TEAM,
        Role.LKS_WORKER: Reach.TEAM,
        Role.SUPERVISOR: Reach.UNIT,
        Role.HEAD: Reach.TREE,
    },
)
SEE_OWN = declare(
    "tablet.own.see", _("Melihat rencana, tempat dan jadwalnya sendiri"), {Role.RESIDENT: Reach.OWN}, reads=True
)
