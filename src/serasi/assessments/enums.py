"""Kinds and states of this app. What authors write in a workbook is beside it, in `serasi.xforms.declared`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What an instrument is for; the value is what authors write."""

    COMPREHENSIVE = "komprehensif", _("Asesmen komprehensif")
    SCREEN = "skrining", _("Skrining")
    SCALE = "skala", _("Skala")
    PROFILE = "minat", _("Profil minat")
    RESULT = "hasil", _("Hasil alat ukur lain")
    VISIT = "kunjungan", _("Kunjungan")
    SURVEY = "survei", _("Survei")


class Rater(TextChoices):
    """Who may answer, or a part of it; the value is what authors write."""

    SOCIAL_WORKER = "pekerja sosial", _("Pekerja sosial")
    PSYCHOLOGIST = "psikolog", _("Psikolog")
    FIELD_ASSISTANT = "pendamping", _("Pendamping")
    CARER = "pengasuh", _("Pengasuh")
    INSTRUCTOR = "instruktur", _("Instruktur")
    SELF = "penerima manfaat", _("Orangnya sendiri")
    FAMILY = "keluarga", _("Keluarga")
    HEALTH = "tenaga kesehatan", _("Tenaga kesehatan")


class Mode(TextChoices):
    """Whose words the answers are."""

    INTERVIEW = "interview", _("Wawancara dengan orangnya")
    SELF = "self", _("Diisi sendiri oleh orangnya")
    PROXY = "proxy", _("Kata keluarga atau yang merawat")
    OBSERVED = "observed", _("Pengamatan petugas")


class Method(TextChoices):
    SUM = "sum", _("jumlah")
    MEAN = "mean", _("rerata")
    FORMULA = "formula", _("rumus")


class Direction(TextChoices):
    HIGHER = "higher", _("makin tinggi makin baik")
    LOWER = "lower", _("makin rendah makin baik")
    NEITHER = "neither", _("tidak ada yang lebih baik")


class Tone(TextChoices):
    GOOD = "good", _("baik")
    WATCH = "watch", _("perlu perhatian")
    BAD = "bad", _("bahaya")
    PLAIN = "plain", _("biasa")


class SuggestionKind(TextChoices):
    RISK = "risk", _("Risiko")
    REFERRAL = "referral", _("Rujukan")
    GOAL = "goal", _("Tujuan")
    COMPONENT = "component", _("Komponen layanan")
    SKILL_CLASS = "skill_class", _("Kelas keterampilan")
    FOLLOW_UP = "follow_up", _("Tindak lanjut")
    SPM_NEED = "spm_need", _("Jawaban SPM")


class ScoreState(TextChoices):
    COMPLETE = "complete", _("lengkap")
    PRORATED = "prorated", _("diperkirakan dari yang terjawab")
    INCOMPLETE = "incomplete", _("belum lengkap, tanpa nilai")


class FileKind(TextChoices):
    """What a file that comes along with a form is; the values are those of `serasi.xforms.files`."""

    PICTURE = "picture", _("Gambar")
    SOUND = "sound", _("Suara")
    LIST = "list", _("Daftar pilihan")
