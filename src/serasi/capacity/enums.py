"""States and kinds of waiting for a place; leaf."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tonight(TextChoices):
    """Where someone sleeps who waits for a place."""

    STREET = "street", _("Di jalan atau tempat umum")
    DANGER = "danger", _("Di tempat yang tidak aman")
    CARE = "care", _("Di rumah sakit, kantor polisi atau penampungan")
    FAMILY = "family", _("Pada keluarga atau kenalan")
    HOME = "home", _("Di rumah sendiri")


class Way(TextChoices):
    """What was tried before a place in an institution."""

    FAMILY = "family", _("Keluarga atau keluarga pengganti")
    HOME_CARE = "home_care", _("Perawatan di rumah dengan pendamping")
    COMMUNITY = "community", _("Layanan komunitas atau layanan siang")
    LKS = "lks", _("LKS di dekat rumahnya")
    RENT = "rent", _("Tempat tinggal sendiri dengan dukungan")


class Answer(TextChoices):
    """What came of trying."""

    AGREED = "agreed", _("Bisa, dan dijalankan")
    LATER = "later", _("Bisa nanti, belum sekarang")
    NOT_POSSIBLE = "not_possible", _("Tidak bisa")


class Leaving(TextChoices):
    """How waiting ended."""

    ADMITTED = "admitted", _("Diterima tinggal di sini")
    DIVERTED = "diverted", _("Dilayani di luar lembaga")
    ELSEWHERE = "elsewhere", _("Mendapat tempat di lembaga lain")
    WITHDRAWN = "withdrawn", _("Tidak lagi membutuhkan")
    DIED = "died", _("Meninggal")
