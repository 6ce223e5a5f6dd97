"""Permissions of this app, as data. Whoever brings in a roster writes names, so an administrator does not."""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

IMPORT_ROSTER = declare(
    "interop.roster.import",
    _("Memasukkan daftar orang dari lembar kerja"),
    {
        Role.SOCIAL_WORKER: Reach.UNIT,
        Role.SUPERVISOR: Reach.UNIT,
        Role.LKS_WORKER: Reach.UNIT,
        Role.HEAD: Reach.UNIT,
    },
)
OVERSEE_ROSTERS = declare(
    "interop.roster.oversee",
    _("Melihat dan menyelesaikan impor daftar orang milik rekan seunitnya"),
    {Role.SUPERVISOR: Reach.UNIT, Role.HEAD: Reach.UNIT},
)
