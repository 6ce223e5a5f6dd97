"""States and kinds of this app; imports nothing of Serasi."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Phase(TextChoices):
    """The common phases that every stage set is mapped to, whatever its stages are called."""

    INTAKE = "intake", _("Penerimaan laporan")
    AGREEMENT = "agreement", _("Kesepakatan")
    ASSESSMENT = "assessment", _("Asesmen")
    CONFERENCE = "conference", _("Temu bahas kasus")
    PLANNING = "planning", _("Perencanaan")
    IMPLEMENTATION = "implementation", _("Pelaksanaan layanan")
    MONITORING = "monitoring", _("Pemantauan")
    RESOCIALISATION = "resocialisation", _("Resosialisasi")
    TERMINATION = "termination", _("Terminasi")
    AFTERCARE = "aftercare", _("Bimbingan lanjut")


class Confidentiality(TextChoices):
    ORDINARY = "ordinary", _("Biasa")
    RESTRICTED = "restricted", _("Terbatas")
    SPPA = "sppa", _("Anak dalam SPPA")
    SEALED = "sealed", _("Kasus rahasia")


class AreaTag(TextChoices):
    """Areas within a file that only some professions may read (UU 27/2022: data spesifik)."""

    HEALTH = "health", _("Kesehatan")
    HIV = "hiv", _("HIV")
    PSYCHIATRY = "psychiatry", _("Kesehatan jiwa")
    VIOLENCE = "violence", _("Kekerasan")


class Urgency(TextChoices):
    EMERGENCY = "emergency", _("Darurat")
    URGENT = "urgent", _("Segera")
    ORDINARY = "ordinary", _("Biasa")


class TriageOutcome(TextChoices):
    OPEN_CASE = "open_case", _("Buka kasus")
    SERVE_ONCE = "serve_once", _("Layani sekali, tanpa kasus")
    REFER = "refer", _("Rujuk ke unit lain")
    DUPLICATE = "duplicate", _("Laporan ganda")
    UNFOUNDED = "unfounded", _("Tidak ditindaklanjuti")


class Risk(TextChoices):
    LOW = "low", _("Rendah")
    MEDIUM = "medium", _("Sedang")
    HIGH = "high", _("Tinggi")


class Approach(TextChoices):
    FAMILY = "family", _("Keluarga")
    COMMUNITY = "community", _("Komunitas")
    RESIDENTIAL = "residential", _("Residensial")


class TeamPart(TextChoices):
    MANAGER = "manager", _("Manajer kasus")
    MEMBER = "member", _("Anggota tim")
    SUPERVISOR = "supervisor", _("Supervisor")
    STUDENT = "student", _("Mahasiswa dampingan")


class Signing(TextChoices):
    SIGNATURE = "signature", _("Tanda tangan")
    THUMBPRINT = "thumbprint", _("Cap jempol")
    SPOKEN = "spoken", _("Lisan di depan saksi")


class SignedFor(TextChoices):
    SELF = "self", _("Penerima manfaat sendiri")
    GUARDIAN = "guardian", _("Wali")


class Domain(TextChoices):
    BIOLOGICAL = "biological", _("Biologis")
    PSYCHOLOGICAL = "psychological", _("Psikologis")
    SOCIAL = "social", _("Sosial")
    SPIRITUAL = "spiritual", _("Spiritual")
    ECONOMIC = "economic", _("Ekonomi")
    FAMILY = "family", _("Keluarga")
    INTERESTS = "interests", _("Minat dan bakat")


class SpmNeed(TextChoices):
    """The assessed need that is the denominator of the SPM indicator (Permendagri 59/2021)."""

    INSIDE = "inside", _("Membutuhkan rehabilitasi dasar di dalam panti")
    OUTSIDE = "outside", _("Membutuhkan rehabilitasi dasar di luar panti")
    NOT_NEEDED = "not_needed", _("Tidak membutuhkan rehabilitasi dasar")


class Aim(TextChoices):
    """The three sides of social functioning (tujuan ATENSI, Permensos 7/2021 and 15/2025)."""

    NEEDS = "needs", _("Kebutuhan dan hak dasar terpenuhi")
    ROLES = "roles", _("Tugas dan peran sosial dijalankan")
    PROBLEMS = "problems", _("Masalah hidup diselesaikan")


class Score(IntegerChoices):
    """Functioning on each aim, 1 to 5; our own wording, not a published scale."""

    NOT_AT_ALL = 1, _("Belum berfungsi")
    LITTLE = 2, _("Sedikit berfungsi")
    PARTLY = 3, _("Sebagian berfungsi")
    MOSTLY = 4, _("Sebagian besar berfungsi")
    FULLY = 5, _("Berfungsi penuh")


class GoalResult(TextChoices):
    ACHIEVED = "achieved", _("Tercapai")
    PARTLY = "partly", _("Tercapai sebagian")
    NOT_YET = "not_yet", _("Belum tercapai")
    DROPPED = "dropped", _("Dihentikan")


class NoteKind(TextChoices):
    PROGRESS = "progress", _("Catatan perkembangan")
    CONTACT = "contact", _("Kontak")
    VISIT = "visit", _("Kunjungan")
    SUPERVISION = "supervision", _("Catatan supervisi")


class ApprovalSubject(TextChoices):
    PLAN = "plan", _("Rencana layanan")
    CLOSURE = "closure", _("Terminasi")
    REFERRAL = "referral", pgettext_lazy("satu", "Rujukan")


class Decision(TextChoices):
    APPROVED = "approved", _("Disetujui")
    RETURNED = "returned", _("Dikembalikan")


class ReferralKind(TextChoices):
    REFERRAL = "referral", pgettext_lazy("satu", "Rujukan")
    TRANSFER = "transfer", _("Pelimpahan")


class ReferralAnswer(TextChoices):
    ACCEPTED = "accepted", _("Diterima")
    REFUSED = "refused", _("Ditolak")


class DisclosedPart(TextChoices):
    """Parts of a file that a referral may disclose; nothing else goes along."""

    IDENTITY = "identity", _("Identitas")
    FAMILY = "family", _("Keluarga dan wali")
    ASSESSMENT = "assessment", _("Ringkasan asesmen")
    PLAN = "plan", _("Rencana layanan")
    PROGRESS = "progress", _("Perkembangan")
    HEALTH = "health", _("Kesehatan")
    DOCUMENTS = "documents", _("Dokumen terpilih")


class TracingResult(TextChoices):
    FOUND = "found", _("Keluarga ditemukan")
    LEAD = "lead", _("Ada petunjuk")
    NOTHING = "nothing", _("Belum ada hasil")
    REFUSED = "refused", _("Ditemukan, menolak")


class DocumentKind(TextChoices):
    AGREEMENT = "agreement", _("Kesepakatan pelayanan")
    PLAN = "plan", _("Rencana layanan")
    PROGRESS = "progress", _("Laporan perkembangan")
    REFERRAL = "referral", _("Surat rujukan")
    HANDOVER = "handover", _("Berita acara serah terima")
    TERMINATION = "termination", _("Surat terminasi")
    UPLOAD = "upload", _("Dokumen unggahan")
