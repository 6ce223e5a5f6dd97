"""The permissions of cycles and ratings, and who holds them.

Whoever may open a file reads its cycles; the person whose file it is reads their own. Who writes belongs to the team of
the case, or leads the unit; a carer reads.
"""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

_LEADERS = {Role.SUPERVISOR: Reach.UNIT, Role.HEAD: Reach.TREE}
_MANAGERS = {Role.SOCIAL_WORKER: Reach.TEAM, Role.LKS_WORKER: Reach.TEAM, **_LEADERS}
_TEAM_WORKERS = {**_MANAGERS, Role.PSYCHOLOGIST: Reach.TEAM, Role.FIELD_ASSISTANT: Reach.TEAM}

SEE_CYCLE = declare(
    "cycles.cycle.see",
    _("Membaca siklus, tinjauan dan nilai ranah di berkas yang boleh ia buka"),
    {
        **_TEAM_WORKERS,
        Role.CARER: Reach.TEAM,
        Role.INSTRUCTOR: Reach.TEAM,
        Role.STUDENT: Reach.TEAM,
        Role.DINAS_OFFICER: Reach.TEAM,
        Role.RESIDENT: Reach.OWN,
    },
    reads=True,
)
RATE = declare(
    "cycles.rating.write",
    _("Mencatat nilai ranah: kata orangnya sendiri, pembimbing atau petugas"),
    {**_TEAM_WORKERS, Role.INSTRUCTOR: Reach.TEAM},
)
SAY_OWN = declare("cycles.rating.say_own", _("Menilai ranah hidupnya sendiri"), {Role.RESIDENT: Reach.OWN})
KEEP_REFERENCE = declare("cycles.reference.keep", _("Memuat daftar ranah (hanya sistem)"), {})
