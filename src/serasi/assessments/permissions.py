"""The permissions of instruments and assessments, and who holds them.

Whoever may open a file reads what instruments found there, without the parts whose area tags they may not read. Who
fills one belongs to the team of the case; a part that names its professions is theirs alone.
"""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

_LEADERS = {Role.SUPERVISOR: Reach.UNIT, Role.HEAD: Reach.TREE}
_MANAGERS = {Role.SOCIAL_WORKER: Reach.TEAM, Role.LKS_WORKER: Reach.TEAM, **_LEADERS}
_FILLERS = {
    **_MANAGERS,
    Role.PSYCHOLOGIST: Reach.TEAM,
    Role.FIELD_ASSISTANT: Reach.TEAM,
    Role.INSTRUCTOR: Reach.TEAM,
    Role.CARER: Reach.TEAM,
}

SEE_INSTRUMENTS = declare(
    "assessments.instrument.see",
    _("Melihat instrumen: isi, lisensi, skala dan edisinya"),
    {
        **dict.fromkeys(_FILLERS, Reach.TREE),
        Role.DINAS_OFFICER: Reach.TREE,
        Role.MINISTRY_OFFICER: Reach.TREE,
        Role.ADMINISTRATOR: Reach.TREE,
        Role.STUDENT: Reach.TREE,
    },
    reads=True,
)
WRITE_INSTRUMENT = declare(
    "assessments.instrument.write",
    _("Mengunggah, menerbitkan dan menutup instrumen unit"),
    {
        Role.PSYCHOLOGIST: Reach.UNIT,
        Role.SUPERVISOR: Reach.UNIT,
        Role.HEAD: Reach.TREE,
        Role.DINAS_OFFICER: Reach.TREE,
        Role.MINISTRY_OFFICER: Reach.TREE,
        Role.ADMINISTRATOR: Reach.TREE,
    },
)
FILL = declare(
    "assessments.assessment.fill",
    _("Mengisi, menyelesaikan dan membatalkan instrumen dalam kasus yang ia tangani"),
    _FILLERS,
)
JUDGE = declare(
    "assessments.score.judge",
    _("Menyatakan pendapat lain atas sebuah skor"),
    {**_MANAGERS, Role.PSYCHOLOGIST: Reach.TEAM},
)
KEEP_REFERENCE = declare("assessments.reference.keep", _("Memuat instrumen bawaan (hanya sistem)"), {})
