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
TURN = declare("cycles.cycle.turn", _("Memulai dan mengakhiri siklus"), _MANAGERS)
HOLD_REVIEW = declare(
    "cycles.review.hold",
    _("Merencanakan dan mencatat tinjauan"),
    {**_MANAGERS, Role.PSYCHOLOGIST: Reach.TEAM},
)
_AT_UNIT = {Role.SOCIAL_WORKER: Reach.UNIT, Role.LKS_WORKER: Reach.UNIT, **_LEADERS}
SEE_COHORT = declare(
    "cycles.cohort.see",
    _("Melihat angkatan unitnya; orangnya sejauh berkasnya boleh ia buka"),
    {**_AT_UNIT, Role.PSYCHOLOGIST: Reach.UNIT, Role.CARER: Reach.UNIT, Role.INSTRUCTOR: Reach.UNIT},
    reads=True,
)
GATHER = declare("cycles.cohort.gather", _("Memulai angkatan dan menambah anggotanya"), _AT_UNIT)
OVERSEE = declare("cycles.review.oversee", _("Melihat berapa tinjauan unitnya yang terlambat"), _LEADERS, reads=True)
SET_PRACTICE = declare(
    "cycles.practice.set",
    _("Mengatur lama siklus dan batas tinjauan unit"),
    {Role.HEAD: Reach.TREE, Role.ADMINISTRATOR: Reach.TREE},
)
KEEP_REFERENCE = declare("cycles.reference.keep", _("Memuat daftar ranah (hanya sistem)"), {})
