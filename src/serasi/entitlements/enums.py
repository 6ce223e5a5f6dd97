"""States and kinds of this app; imports nothing of Serasi."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DeliveryState(TextChoices):
    """Where a delivery stands; found from its dates and its loading, never typed in."""

    WAITING = "waiting", _("Menunggu giliran")
    LOADING = "loading", _("Sedang dimuat")
    STOPPED = "stopped", _("Pemuatan berhenti")
    IN_FORCE = "in_force", _("Berlaku")
    SUPERSEDED = "superseded", _("Digantikan periode baru")
    EXPIRED = "expired", _("Masa pakai habis")
    WITHDRAWN = "withdrawn", _("Ditarik")


class How(TextChoices):
    """By what an entry was found to be a person."""

    NIK = "nik", _("NIK sama")
    KK_NAME_BIRTH = "kk_name_birth", _("nomor KK, nama dan tanggal lahir")


class Evidence(TextChoices):
    """What speaks for a match, or against it."""

    NIK_SAME = "nik_same", _("NIK sama")
    NIK_DIFFERS = "nik_differs", _("NIK berbeda")
    KK_SAME = "kk_same", _("nomor KK sama")
    NAME_SAME = "name_same", _("nama sama")
    NAME_DIFFERS = "name_differs", _("nama berbeda")
    BIRTH_SAME = "birth_same", _("tanggal lahir sama")
    BIRTH_DIFFERS = "birth_differs", _("tanggal lahir berbeda")
    BIRTH_UNKNOWN = "birth_unknown", _("tanggal lahir tidak dapat dibandingkan")


class Standing(TextChoices):
    """What is known of a person on the lists of one programme."""

    LISTED = "listed", _("Ada")
    DOUBTFUL = "doubtful", _("Perlu dipastikan")
    NOT_LISTED = "not_listed", _("Tidak ada")
    NOT_ASKED = "not_asked", _("Belum diperiksa")
    NO_LIST = "no_list", _("Tidak ada daftar")
