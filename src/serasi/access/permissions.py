"""Permissions of this app, and the two questions every app asks: `may` and `require`."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role, UnitKind
from serasi.access.models import Unit, User
from serasi.access.registry import declare
from serasi.access.scope import Guarded

MANAGE_UNITS = declare("access.unit.manage", _("Membuat dan mengubah unit"), {Role.ADMINISTRATOR: Reach.TREE})
MANAGE_POSTINGS = declare(
    "access.posting.manage",
    _("Membuat akun dan penugasan"),
    {Role.ADMINISTRATOR: Reach.TREE, Role.HEAD: Reach.TREE},
)
GRANTABLE: Mapping[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.HEAD: frozenset(Role) - {Role.ADMINISTRATOR, Role.MINISTRY_OFFICER},
}
"""Which roles a role may give to others, at its own unit and below it. Nobody gives one to themselves."""
ROLE_BELONGS_AT: Mapping[Role, frozenset[UnitKind]] = {
    Role.MINISTRY_OFFICER: frozenset({UnitKind.MINISTRY}),
    Role.DINAS_OFFICER: frozenset({UnitKind.PROVINCE, UnitKind.REGENCY}),
}
"""Roles that make sense at some kinds of unit alone."""

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
SEE_WORK = declare(
    "access.work.see",
    _("Melihat kemajuan pekerjaan latar unitnya (tanpa isinya)"),
    {Role.HEAD: Reach.TREE, Role.SUPERVISOR: Reach.UNIT},
)


def may(user: User, code: str, *, on: Guarded | None = None) -> bool:
    """Whether the user holds the permission, and, given a record, whether it reaches that record."""
    if on is None:
        return user.scope.has(code)
    return user.scope.allows(code, on.guard_for(user))


def grantable_roles(user: User, unit_path: str) -> frozenset[Role]:
    """The roles this user may give to someone else at the unit with this path."""
    if user.scope.is_system:
        return frozenset(Role)
    return frozenset(
        role
        for post in user.scope.posts
        if unit_path.startswith(post.unit_path)
        for role in GRANTABLE.get(post.role, frozenset())
    )


def belongs_at(role: Role, unit: Unit) -> bool:
    return unit.kind in ROLE_BELONGS_AT.get(role, frozenset(UnitKind))
