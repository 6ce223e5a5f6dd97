"""The permissions of surveys and who holds them.

Whoever works with cases in a unit runs its surveys and reads what was answered. Whoever interviews sees the surveys
they are an enumerator of, and their own interviews: for those the reach is that of a team. Officers see counts.
"""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

_LEADERS = {Role.SUPERVISOR: Reach.UNIT, Role.HEAD: Reach.TREE}
_MANAGERS = {Role.SOCIAL_WORKER: Reach.UNIT, Role.LKS_WORKER: Reach.UNIT, **_LEADERS}
_HANDS = dict.fromkeys((Role.PSYCHOLOGIST, Role.FIELD_ASSISTANT, Role.INSTRUCTOR, Role.CARER, Role.STUDENT), Reach.TEAM)

SEE_SURVEY = declare(
    "surveys.survey.see",
    _("Melihat survei dan kemajuannya dalam angka"),
    {**_MANAGERS, **_HANDS, Role.DINAS_OFFICER: Reach.TREE, Role.MINISTRY_OFFICER: Reach.TREE},
    reads=True,
)
WRITE_SURVEY = declare(
    "surveys.survey.write",
    _("Membuat, membuka dan menutup survei; mengatur pewawancara dan target"),
    _MANAGERS,
)
INTERVIEW = declare(
    "surveys.interview.keep",
    _("Mewawancarai dalam survei yang menugaskannya"),
    {**dict.fromkeys(_MANAGERS, Reach.TEAM), **_HANDS},
)
SEE_INTERVIEW = declare(
    "surveys.interview.see",
    _("Membaca jawaban wawancara beserta orangnya; pewawancara hanya miliknya"),
    {**_MANAGERS, **_HANDS},
    reads=True,
)
JUDGE = declare(
    "surveys.finding.judge",
    _("Memutuskan temuan pemeriksaan dan membatalkan wawancara"),
    _MANAGERS,
)
RELEASE = declare(
    "surveys.release.take",
    _("Mengunduh data tanpa identitas, dengan tujuan yang dicatat"),
    _MANAGERS,
)
SETTLE = declare(
    "surveys.interview.settle",
    _("Menjadikan hasil wawancara orang, keluarga dan laporan"),
    _MANAGERS,
)
