"""Permissions of this app, and the two questions every app asks: `may` and `require`."""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.models import User
from serasi.access.registry import declare
from serasi.access.scope import Guarded

MANAGE_UNITS = declare("access.unit.manage", _("Membuat dan mengubah unit"), {Role.ADMINISTRATOR: Reach.TREE})
MANAGE_POSTINGS = declare(
    "access.posting.manage",
    _("Membuat akun dan penugasan"),
    {Role.ADMINISTRATOR: Reach.TREE, Role.HEAD: Reach.TREE},
)
BREAK_GLASS = declare(
    "access.emergency.open",
    _("Membuka berkas di luar kewenangannya dalam keadaan darurat"),
    {
        Role.SOCIAL_WORKER: Reach.UNIT,
        Role.SUPERVISOR: Reach.UNIT,
        Role.PSYCHOLOGIST: Reach.UNIT,
        Role.CARER: Reach.UNIT,
        Role.HEAD: Reach.TREE,
        Role.LKS_WORKER: Reach.UNIT,
    },
)
REVIEW_EMERGENCY = declare("access.emergency.review", _("Meninjau akses darurat"), {Role.HEAD: Reach.TREE})
SEE_LOOKS = declare("access.look.see", _("Melihat siapa yang membuka data seseorang"), {Role.HEAD: Reach.TREE})
SEE_TRAIL = declare("access.trail.see", _("Melihat jejak perubahan"), {Role.HEAD: Reach.TREE})


def may(user: User, code: str, *, on: Guarded | None = None) -> bool:
    """Whether the user holds the permission, and, given a record, whether it reaches that record."""
    if on is None:
        return user.scope.has(code)
    return user.scope.allows(code, on.guard_for(user))
