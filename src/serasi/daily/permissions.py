"""The permissions of the day in a ward and who holds them.

Carers write; those who answer for a person read. What is given as medicine is a matter of health: it is read by those
who give it and by those who answer for the person, and by nobody else.
"""

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.registry import declare

_CARERS = {Role.CARER: Reach.UNIT, Role.LKS_WORKER: Reach.UNIT}
_ANSWERABLE = {
    **_CARERS,
    Role.SOCIAL_WORKER: Reach.UNIT,
    Role.SUPERVISOR: Reach.UNIT,
    Role.PSYCHOLOGIST: Reach.UNIT,
    Role.HEAD: Reach.TREE,
}

SEE_DAY = declare(
    "daily.day.see", _("Membaca hari di wisma: apel, putaran, diet, serah terima dan catatan"), _ANSWERABLE, reads=True
)
WRITE_DAY = declare("daily.day.write", _("Mencatat hari di wisma: apel, putaran, diet, serah terima"), _CARERS)
WRITE_NOTE = declare(
    "daily.note.write",
    _("Menulis catatan harian"),
    {**_CARERS, Role.SOCIAL_WORKER: Reach.UNIT, Role.PSYCHOLOGIST: Reach.UNIT},
)
WRITE_VISIT = declare("daily.visit.write", _("Mencatat kunjungan dan telepon bagi penghuni"), _ANSWERABLE)
BAR_CONTACT = declare(
    "daily.contact.bar",
    _("Mencatat siapa yang tidak boleh menghubungi seorang penghuni"),
    {
        Role.SOCIAL_WORKER: Reach.UNIT,
        Role.LKS_WORKER: Reach.UNIT,
        Role.SUPERVISOR: Reach.UNIT,
        Role.HEAD: Reach.TREE,
    },
)
PLAN_ACTIVITY = declare(
    "daily.timetable.plan", _("Mengatur kegiatan seorang penghuni dan perubahan jadwal sehari"), _ANSWERABLE
)
SET_TIMETABLE = declare(
    "daily.timetable.set",
    _("Menetapkan jadwal harian wisma"),
    {Role.HEAD: Reach.TREE, Role.SUPERVISOR: Reach.UNIT, Role.LKS_WORKER: Reach.UNIT},
)
SEE_MEDICINE = declare("daily.medicine.see", _("Membaca resep dan pemberian obat"), _ANSWERABLE, reads=True)
GIVE_MEDICINE = declare("daily.medicine.give", _("Menyalin resep dan mencatat pemberian obat"), _CARERS)
SEE_VITALS = declare("daily.vitals.see", _("Membaca tanda vital penghuni"), _ANSWERABLE, reads=True)
WRITE_VITALS = declare("daily.vitals.write", _("Mencatat tanda vital, dan yang dilakukan bila di luar batas"), _CARERS)
LOOK_FOR = declare(
    "daily.missing.look_for",
    _("Diberi tahu bila seorang penghuni tidak ditemukan saat apel"),
    {
        Role.SOCIAL_WORKER: Reach.UNIT,
        Role.LKS_WORKER: Reach.UNIT,
        Role.SUPERVISOR: Reach.UNIT,
        Role.HEAD: Reach.TREE,
    },
    reads=True,
)
SET_PRACTICE = declare(
    "daily.practice.set",
    _("Menetapkan jam giliran jaga, tanda vital yang diukur, dan berapa lama seseorang tanpa kunjungan"),
    {Role.HEAD: Reach.TREE, Role.SUPERVISOR: Reach.UNIT, Role.LKS_WORKER: Reach.UNIT},
)
