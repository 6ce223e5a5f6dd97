"""The permissions of safety and who holds them.

An incident is written by whoever works in the house, and read there; Dinas and ministry get counts without names. A
concern is received by exactly the unit it goes to: the reach is that unit alone, whatever else somebody heads.
"""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

_WORKERS = {
    Role.SOCIAL_WORKER: Reach.UNIT,
    Role.LKS_WORKER: Reach.UNIT,
    Role.SUPERVISOR: Reach.UNIT,
    Role.CARER: Reach.UNIT,
    Role.PSYCHOLOGIST: Reach.UNIT,
    Role.HEAD: Reach.TREE,
}
_HOUSE = {**_WORKERS, Role.INSTRUCTOR: Reach.UNIT}

SEE_INCIDENT = declare(
    "safety.incident.see",
    _("Membaca kejadian, pengekangan dan isolasi"),
    {**_HOUSE, Role.FIELD_ASSISTANT: Reach.TEAM, Role.STUDENT: Reach.TEAM},
    reads=True,
)
REPORT = declare("safety.incident.report", _("Melaporkan kejadian"), _HOUSE)
HANDLE = declare("safety.incident.handle", _("Melengkapi kejadian, mencatat pemberitahuan dan tindak lanjut"), _WORKERS)
REVIEW = declare("safety.incident.review", _("Menutup kejadian dan membukanya kembali"), {Role.HEAD: Reach.TREE})
RESTRAIN = declare("safety.restraint.keep", _("Mencatat pengekangan dan isolasi, dan memeriksanya"), _WORKERS)
RENEW = declare(
    "safety.restraint.decide", _("Memperpanjang dan meninjau pengekangan dan isolasi"), {Role.HEAD: Reach.TREE}
)
RAISE = declare(
    "safety.concern.raise",
    _("Menyampaikan kekhawatiran tentang keselamatan"),
    {**dict.fromkeys(Role, Reach.UNIT), Role.HEAD: Reach.TREE},
)
RECEIVE = declare(
    "safety.concern.receive",
    _("Menerima kekhawatiran yang ditujukan kepada unitnya"),
    {
        Role.HEAD: Reach.UNIT,
        Role.SUPERVISOR: Reach.UNIT,
        Role.DINAS_OFFICER: Reach.UNIT,
        Role.MINISTRY_OFFICER: Reach.UNIT,
    },
)
COUNT = declare(
    "safety.pattern.see",
    _("Melihat pola kejadian dalam angka, tanpa nama"),
    {
        Role.SOCIAL_WORKER: Reach.UNIT,
        Role.LKS_WORKER: Reach.UNIT,
        Role.SUPERVISOR: Reach.UNIT,
        Role.PSYCHOLOGIST: Reach.UNIT,
        Role.HEAD: Reach.TREE,
        Role.DINAS_OFFICER: Reach.TREE,
        Role.MINISTRY_OFFICER: Reach.TREE,
    },
    reads=True,
)
