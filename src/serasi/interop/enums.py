"""States and kinds of this app; imports nothing of Serasi."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    """What becomes of a row of a roster."""

    NEW = "new", _("Orang baru")
    KNOWN = "known", _("Sudah dikenal")
    WAITING = "waiting", _("Menunggu keputusan")
    FAULTY = "faulty", _("Perlu diperbaiki")
    SKIPPED = "skipped", _("Dilewati")


class RosterState(TextChoices):
    """Where an import stands; told from its dates and those of its work, never stored."""

    READING = "reading", _("Sedang dibaca")
    UNREADABLE = "unreadable", _("Gagal dibaca")
    READ = "read", _("Terbaca, belum disimpan")
    SAVING = "saving", _("Sedang disimpan")
    STOPPED = "stopped", _("Penyimpanan berhenti")
    SAVED = "saved", _("Tersimpan")
    CANCELLED = "cancelled", _("Dibatalkan")
