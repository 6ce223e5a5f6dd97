"""The permissions of casework and who holds them.

Workers reach the cases on whose team they are; supervisors their unit; heads everything under their unit. Dinas and
ministry officers count cases and read no files, save those of a team they are put on. Administrators read none.
"""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

_TEAM_WORKERS = {
    Role.SOCIAL_WORKER: Reach.TEAM,
    Role.PSYCHOLOGIST: Reach.TEAM,
    Role.LKS_WORKER: Reach.TEAM,
    Role.FIELD_ASSISTANT: Reach.TEAM,
}
_LEADERS = {Role.SUPERVISOR: Reach.UNIT, Role.HEAD: Reach.TREE}
_FRONT_DESK = {
    Role.SOCIAL_WORKER: Reach.UNIT,
    Role.LKS_WORKER: Reach.UNIT,
    Role.SUPERVISOR: Reach.UNIT,
    Role.HEAD: Reach.TREE,
    Role.DINAS_OFFICER: Reach.UNIT,
}

RECEIVE_REPORT = declare(
    "cases.report.receive",
    _("Menerima laporan"),
    {**_FRONT_DESK, Role.FIELD_ASSISTANT: Reach.UNIT, Role.CARER: Reach.UNIT, Role.PSYCHOLOGIST: Reach.UNIT},
)
OPEN_REPORT = declare("cases.report.open", _("Membaca laporan yang masuk ke unitnya"), _FRONT_DESK)
TRIAGE_REPORT = declare("cases.report.triage", _("Memutuskan tindak lanjut laporan"), _FRONT_DESK)

OPEN_CASE_FILE = declare(
    "cases.case.open",
    _("Membuka berkas kasus"),
    {
        **_TEAM_WORKERS,
        **_LEADERS,
        Role.CARER: Reach.TEAM,
        Role.INSTRUCTOR: Reach.TEAM,
        Role.STUDENT: Reach.TEAM,
        Role.DINAS_OFFICER: Reach.TEAM,
    },
    reads=True,
)
START_CASE = declare(
    "cases.case.start",
    _("Membuka kasus baru"),
    {
        Role.SOCIAL_WORKER: Reach.UNIT,
        Role.LKS_WORKER: Reach.UNIT,
        Role.SUPERVISOR: Reach.UNIT,
        Role.HEAD: Reach.TREE,
        Role.DINAS_OFFICER: Reach.UNIT,
    },
)
WALK_CASE = declare(
    "cases.case.walk",
    _("Memindahkan tahap, pendekatan, risiko dan tim kasus"),
    {Role.SOCIAL_WORKER: Reach.TEAM, Role.LKS_WORKER: Reach.TEAM, Role.DINAS_OFFICER: Reach.TEAM, **_LEADERS},
)
CLASSIFY_CASE = declare(
    "cases.case.classify",
    _("Menetapkan kerahasiaan kasus"),
    {Role.SOCIAL_WORKER: Reach.TEAM, Role.LKS_WORKER: Reach.TEAM, **_LEADERS},
)
AGREE = declare(
    "cases.agreement.write",
    _("Mencatat kesepakatan dan persetujuan"),
    {
        Role.SOCIAL_WORKER: Reach.TEAM,
        Role.LKS_WORKER: Reach.TEAM,
        Role.FIELD_ASSISTANT: Reach.TEAM,
        **_LEADERS,
    },
)
ASSESS = declare("cases.assessment.write", _("Menulis asesmen"), {**_TEAM_WORKERS, **_LEADERS})
CONFER = declare(
    "cases.conference.write",
    _("Mencatat temu bahas kasus dan tugas"),
    {Role.SOCIAL_WORKER: Reach.TEAM, Role.LKS_WORKER: Reach.TEAM, Role.PSYCHOLOGIST: Reach.TEAM, **_LEADERS},
)
PLAN = declare(
    "cases.plan.write",
    _("Menyusun rencana layanan"),
    {Role.SOCIAL_WORKER: Reach.TEAM, Role.LKS_WORKER: Reach.TEAM, **_LEADERS},
)
DELIVER = declare(
    "cases.service.deliver",
    _("Mencatat layanan yang diberikan"),
    {**_TEAM_WORKERS, **_LEADERS, Role.CARER: Reach.TEAM, Role.INSTRUCTOR: Reach.TEAM},
)
WRITE_NOTE = declare(
    "cases.note.write",
    _("Menulis catatan perkembangan"),
    {
        **_TEAM_WORKERS,
        **_LEADERS,
        Role.CARER: Reach.TEAM,
        Role.INSTRUCTOR: Reach.TEAM,
        Role.STUDENT: Reach.TEAM,
    },
)
SUPERVISE = declare("cases.note.supervise", _("Menulis catatan supervisi"), _LEADERS)
MONITOR = declare("cases.monitoring.write", _("Memantau tujuan dan keberfungsian"), {**_TEAM_WORKERS, **_LEADERS})
RETURN_HOME = declare(
    "cases.homecoming.write",
    _("Menelusuri keluarga, menilai kesiapan, serah terima"),
    {
        Role.SOCIAL_WORKER: Reach.TEAM,
        Role.LKS_WORKER: Reach.TEAM,
        Role.FIELD_ASSISTANT: Reach.TEAM,
        **_LEADERS,
    },
)
TERMINATE = declare(
    "cases.termination.write",
    _("Mengusulkan terminasi dan membuka kembali kasus"),
    {Role.SOCIAL_WORKER: Reach.TEAM, Role.LKS_WORKER: Reach.TEAM, **_LEADERS},
)
FOLLOW_UP = declare("cases.aftercare.write", _("Melakukan bimbingan lanjut"), {**_TEAM_WORKERS, **_LEADERS})
REFER = declare(
    "cases.referral.write",
    _("Merujuk dan melimpahkan kasus"),
    {Role.SOCIAL_WORKER: Reach.TEAM, Role.LKS_WORKER: Reach.TEAM, Role.DINAS_OFFICER: Reach.TEAM, **_LEADERS},
)
ANSWER_REFERRAL = declare(
    "cases.referral.answer",
    _("Menjawab rujukan yang masuk"),
    {
        Role.SOCIAL_WORKER: Reach.UNIT,
        Role.LKS_WORKER: Reach.UNIT,
        Role.SUPERVISOR: Reach.UNIT,
        Role.HEAD: Reach.TREE,
        Role.DINAS_OFFICER: Reach.UNIT,
    },
)
ANSWER_SEALED = declare("cases.referral.answer_sealed", _("Membaca dan menjawab rujukan kasus rahasia"), _LEADERS)
ASK_APPROVAL_BACK = declare(
    "cases.approval.withdraw",
    _("Menarik kembali pengajuan yang belum diputuskan"),
    {Role.SOCIAL_WORKER: Reach.TEAM, Role.LKS_WORKER: Reach.TEAM, Role.DINAS_OFFICER: Reach.TEAM, **_LEADERS},
)
APPROVE = declare("cases.approval.decide", _("Menyetujui rencana, terminasi dan rujukan"), _LEADERS)
FILE_DOCUMENT = declare("cases.document.file", _("Mengunggah dokumen"), {**_TEAM_WORKERS, **_LEADERS})
ISSUE_LETTER = declare(
    "cases.letter.issue",
    _("Menerbitkan surat"),
    {Role.SOCIAL_WORKER: Reach.TEAM, Role.LKS_WORKER: Reach.TEAM, **_LEADERS},
)
COUNT_CASES = declare(
    "cases.count.see",
    _("Melihat jumlah kasus tanpa nama"),
    {
        Role.HEAD: Reach.TREE,
        Role.SUPERVISOR: Reach.UNIT,
        Role.DINAS_OFFICER: Reach.TREE,
        Role.MINISTRY_OFFICER: Reach.TREE,
    },
)
SET_PRACTICE = declare(
    "cases.practice.set",
    _("Mengatur tahap, komponen dan penomoran surat unit"),
    {Role.ADMINISTRATOR: Reach.TREE, Role.HEAD: Reach.TREE},
)
KEEP_REFERENCE = declare("cases.reference.keep", _("Memuat daftar acuan kasus (hanya sistem)"), {})

# Areas of a file by profession; each tag on a part must be readable by its reader's posting.
READ_HEALTH = declare(
    "cases.area.health",
    _("Membaca bagian kesehatan"),
    {**_TEAM_WORKERS, **_LEADERS, Role.CARER: Reach.TEAM},
    reads=True,
)
READ_HIV = declare(
    "cases.area.hiv",
    _("Membaca bagian HIV"),
    {Role.SOCIAL_WORKER: Reach.TEAM, Role.PSYCHOLOGIST: Reach.TEAM, **_LEADERS},
    reads=True,
)
READ_PSYCHIATRY = declare(
    "cases.area.psychiatry",
    _("Membaca bagian kesehatan jiwa"),
    {Role.SOCIAL_WORKER: Reach.TEAM, Role.PSYCHOLOGIST: Reach.TEAM, **_LEADERS},
    reads=True,
)
READ_VIOLENCE = declare(
    "cases.area.violence",
    _("Membaca bagian kekerasan"),
    {Role.SOCIAL_WORKER: Reach.TEAM, Role.PSYCHOLOGIST: Reach.TEAM, Role.LKS_WORKER: Reach.TEAM, **_LEADERS},
    reads=True,
)
