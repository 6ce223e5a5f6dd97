"""The permissions of work away from a desk, and who holds them.

A device opens what its user may do by other permissions, at the moment they do it; here stands only who may have one.
"""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

USE_DEVICE = declare(
    "fieldwork.device.use",
    _("Memakai perangkat lapangan sendiri: mengambil formulir dan mengirim isian"),
    dict.fromkeys(
        (
            Role.SOCIAL_WORKER,
            Role.LKS_WORKER,
            Role.PSYCHOLOGIST,
            Role.FIELD_ASSISTANT,
            Role.INSTRUCTOR,
            Role.CARER,
            Role.STUDENT,
            Role.SUPERVISOR,
            Role.HEAD,
            Role.DINAS_OFFICER,
        ),
        Reach.UNIT,
    ),
)
MANAGE_DEVICES = declare(
    "fieldwork.device.manage",
    _("Melihat dan mengakhiri perangkat lapangan unitnya, dan memutuskan kiriman yang menunggu"),
    {Role.SUPERVISOR: Reach.UNIT, Role.LKS_WORKER: Reach.UNIT, Role.HEAD: Reach.TREE},
)
