"""States and kinds of this app; imports nothing of Serasi."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class IncidentKind(TextChoices):
    FALL = "fall", _("Jatuh")
    FIGHT = "fight", _("Perkelahian")
    SELF_HARM = "self_harm", _("Melukai diri")
    SUICIDE_ATTEMPT = "suicide_attempt", _("Percobaan bunuh diri")
    VIOLENCE = "violence", _("Kekerasan")
    HARASSMENT = "harassment", _("Pelecehan")
    ABSCONDED = "absconded", _("Pergi tanpa izin")
    FIRE = "fire", _("Kebakaran")
    POISONING = "poisoning", _("Keracunan")
    MEDICINE_ERROR = "medicine_error", _("Kesalahan obat")
    DEATH = "death", pgettext_lazy("kejadian", "Kematian")
    DAMAGE = "damage", _("Kerusakan")
    OTHER = "other", pgettext_lazy("kejadian", "Lainnya")


class Severity(TextChoices):
    """From light to grave."""

    LIGHT = "light", _("Ringan: tidak ada yang terluka")
    MODERATE = "moderate", _("Sedang: terluka, dirawat di tempat")
    SERIOUS = "serious", _("Berat: perlu rumah sakit atau polisi")
    GRAVE = "grave", _("Sangat berat: nyawa terancam, atau meninggal")


SEVERITY_WORDS: Final = {
    Severity.LIGHT: pgettext_lazy("berat kejadian", "Ringan"),
    Severity.MODERATE: pgettext_lazy("berat kejadian", "Sedang"),
    Severity.SERIOUS: pgettext_lazy("berat kejadian", "Berat"),
    Severity.GRAVE: pgettext_lazy("berat kejadian", "Sangat berat"),
}
"""The severity in one or two words, for lists and charts."""


class Part(TextChoices):
    """What someone had to do with an incident."""

    AFFECTED = "affected", _("Terdampak")
    CAUSED = "caused", _("Pelaku")
    WITNESS = "witness", _("Saksi")
    STAFF = "staff", _("Petugas")


class Recipient(TextChoices):
    """Who may have to be told."""

    HEAD = "head", _("Kepala unit")
    FAMILY = "family", _("Keluarga")
    HEALTH = "health", _("Puskesmas atau rumah sakit")
    POLICE = "police", _("Polisi")
    DINAS = "dinas", _("Dinas sosial atau kementerian")


class Means(TextChoices):
    """How someone was told."""

    IN_PERSON = "in_person", _("Bertemu langsung")
    PHONE = "phone", pgettext_lazy("cara memberi tahu", "Telepon")
    MESSAGE = "message", _("Pesan")
    LETTER = "letter", pgettext_lazy("cara memberi tahu", "Surat")
    IMPOSSIBLE = "impossible", _("Tidak dapat diberi tahu")


class Turn(TextChoices):
    """A review closes an incident, or opens it again."""

    CLOSED = "closed", _("Ditutup")
    REOPENED = "reopened", _("Dibuka kembali")


class RestraintKind(TextChoices):
    PHYSICAL = "physical", _("Fisik: dipegang petugas")
    MECHANICAL = "mechanical", _("Mekanis: alat pembatas")
    ISOLATION = "isolation", _("Isolasi atau ruang tenang")


class Danger(TextChoices):
    """The only reasons for restraint. Punishment is none."""

    SELF = "self", _("Membahayakan dirinya")
    OTHERS = "others", _("Membahayakan orang lain")
    BOTH = "both", _("Membahayakan dirinya dan orang lain")


class Standing(TextChoices):
    """Whose limits hold: they are stricter for children and in pregnancy."""

    ADULT = "adult", _("Dewasa")
    CHILD = "child", _("Anak (di bawah 18 tahun)")
    PREGNANT = "pregnant", _("Sedang hamil")


class Condition(TextChoices):
    """How someone is when they are looked at."""

    CALM = "calm", _("Tenang")
    RESTLESS = "restless", _("Gelisah")
    ASLEEP = "asleep", _("Tidur")
    NEEDS_HELP = "needs_help", _("Perlu pertolongan medis")


class About(TextChoices):
    """Whom a concern is about: who may be harming, or failing, somebody."""

    RESIDENT = "resident", _("Penghuni lain")
    FAMILY = "family", pgettext_lazy("kekhawatiran", "Keluarga")
    OUTSIDER = "outsider", _("Orang luar")
    STAFF = "staff", pgettext_lazy("kekhawatiran", "Petugas")
    UNIT = "unit", _("Kepala unit, atau cara kerja unit ini")


PAST_THE_UNIT: Final = frozenset({About.STAFF, About.UNIT})
"""A concern about these goes past the unit, to the one above it."""


class Harm(TextChoices):
    VIOLENCE = "violence", _("Kekerasan fisik")
    SEXUAL = "sexual", _("Kekerasan atau pelecehan seksual")
    WORDS = "words", _("Ancaman atau penghinaan")
    NEGLECT = "neglect", _("Penelantaran")
    RESTRAINT = "restraint", _("Pasung, rantai, atau kurungan")
    MONEY = "money", _("Uang atau barang")
    OTHER = "other", pgettext_lazy("kekhawatiran", "Lainnya")


class StepKind(TextChoices):
    """What the receiver of a concern does; only what is meant for the reporter is shown to the reporter."""

    ACKNOWLEDGED = "acknowledged", pgettext_lazy("kekhawatiran", "Diterima")
    ACTED = "acted", _("Tindakan")
    ANSWERED = "answered", _("Jawaban kepada pelapor")
    CLOSED = "closed", pgettext_lazy("kekhawatiran", "Ditutup")
