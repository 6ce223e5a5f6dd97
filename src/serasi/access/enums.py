"""States and kinds of this app; imports nothing of Serasi."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    SOCIAL_WORKER = "social_worker", _("Pekerja sosial")
    SUPERVISOR = "supervisor", _("Supervisor pekerjaan sosial")
    PSYCHOLOGIST = "psychologist", _("Psikolog")
    CARER = "carer", _("Pengasuh")
    INSTRUCTOR = "instructor", _("Instruktur")
    FIELD_ASSISTANT = "field_assistant", _("Pendamping")
    HEAD = "head", _("Kepala unit")
    DINAS_OFFICER = "dinas_officer", _("Petugas dinas sosial")
    MINISTRY_OFFICER = "ministry_officer", _("Petugas kementerian")
    LKS_WORKER = "lks_worker", _("Petugas LKS")
    PARTNER = "partner", _("Mitra")
    STUDENT = "student", _("Mahasiswa praktikum")
    RESIDENT = "resident", _("Penerima manfaat")
    ADMINISTRATOR = "administrator", _("Administrator")


SECOND_FACTOR_ROLES = frozenset(
    {Role.HEAD, Role.SUPERVISOR, Role.DINAS_OFFICER, Role.MINISTRY_OFFICER, Role.ADMINISTRATOR}
)
"""Roles that see or rule over many people: a password alone is not enough for them."""


class Reach(TextChoices):
    """How far a permission carries, from narrow to wide."""

    OWN = "own", _("hanya miliknya sendiri")
    TEAM = "team", _("kasus yang ia tangani")
    UNIT = "unit", _("seluruh unitnya")
    TREE = "tree", _("unitnya dan semua di bawahnya")


class UnitKind(TextChoices):
    MINISTRY = "ministry", _("Kementerian")
    PROVINCE = "province", _("Dinas sosial provinsi")
    REGENCY = "regency", _("Dinas sosial kabupaten/kota")
    SENTRA = "sentra", _("Sentra")
    PANTI = "panti", _("Panti sosial")
    UPTD = "uptd", _("UPTD")
    LKS = "lks", _("LKS")
    SHELTER = "shelter", _("Penampungan sementara")


class Owner(TextChoices):
    MINISTRY = "ministry", _("Kementerian Sosial")
    PROVINCE = "province", _("Pemerintah provinsi")
    REGENCY = "regency", _("Pemerintah kabupaten/kota")
    LKS = "lks", _("Masyarakat (LKS)")


class UserKind(TextChoices):
    PERSON = "person", pgettext_lazy("satu", "Orang")
    SYSTEM = "system", _("Sistem")


class SignInKind(TextChoices):
    IN = "in", _("Masuk")
    REFUSED = "refused", _("Gagal masuk")
    LOCKED = "locked", _("Layar dikunci")
    OUT = "out", _("Keluar")


class Subject(TextChoices):
    """What a look was at; an emergency access opens a case alone."""

    PERSON = "person", _("Data orang")
    CASE = "case", _("Berkas kasus")
    REPORT = "report", _("Laporan")
    INTERVIEW = "interview", _("Wawancara")


class PersonalClass(StrEnum):
    """How a field of a model bears on a person (UU 27/2022: data umum, data spesifik)."""

    NONE = "none"
    GENERAL = "general"
    SPECIFIC = "specific"
    IDENTITY = "identity"
    SECRET = "secret"
