"""States and kinds of this app; imports nothing of Serasi.

The codes of the lists in `reference/` stand here under English names.
"""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    MALE = "L", _("Laki-laki")
    FEMALE = "P", _("Perempuan")
    UNKNOWN = "X", _("Belum diketahui")


class IdentityState(TextChoices):
    UNKNOWN = "tidak_dikenal", _("Tidak dikenal")
    STATED = "menurut_pengakuan", _("Menurut pengakuan")
    DOCUMENT_SEEN = "dokumen_dilihat", _("Dokumen dilihat")
    VERIFIED = "terverifikasi", _("Terverifikasi")
    DOUBTED = "diragukan", _("Diragukan")


class Confidentiality(TextChoices):
    """How closely the whole person is kept; health, HIV and the like are kept closer at section level by `cases`."""

    ORDINARY = "ordinary", _("Biasa")
    SPPA = "sppa", _("Anak dalam perkara (SPPA)")
    SEALED = "sealed", _("Rahasia")


class AliasKind(TextChoices):
    ALIAS = "alias", _("Nama lain")
    STREET = "street", _("Nama jalanan")
    FORMER = "former", _("Nama dahulu")
    SPELLING = "spelling", _("Ejaan lain pada dokumen")


class AddressKind(TextChoices):
    DOMICILE = "domicile", _("Domisili sekarang")
    ORIGIN = "origin", _("Alamat asal (KTP/KK)")
    FOUND = "found", _("Tempat ditemukan")


class ConsentPurpose(TextChoices):
    CARE = "care", _("Pelayanan rehabilitasi sosial")
    SHARING = "sharing", _("Berbagi data dengan lembaga lain")
    PHOTO = "photo", _("Pengambilan dan pemakaian foto")
    HEALTH = "health", _("Pemrosesan data kesehatan")
    CONTACT = "contact", _("Menghubungi keluarga atau orang lain")
    MATCHING = "matching", _("Pencocokan dengan data lain")
    RESEARCH = "research", _("Penelitian")
    PRACTICUM = "practicum", _("Praktik mahasiswa")


class ConsentGiver(TextChoices):
    SELF = "self", _("Yang bersangkutan")
    GUARDIAN = "guardian", _("Orang tua atau wali")


class ConsentMethod(TextChoices):
    SIGNATURE = "signature", _("Tanda tangan")
    THUMBPRINT = "thumbprint", _("Cap jempol")
    VERBAL = "verbal", _("Lisan di depan saksi")


HEALTH_KINDS: Final = frozenset({"orang_dengan_hiv_aids"})
"""Kinds of PPKS that tell of health (UU 27/2022: data spesifik): in no list beside a name, read by few on the page."""


class NameKind(TextChoices):
    """Which of a person's names a row of the search table holds."""

    FULL = "full", _("nama lengkap")
    NICK = "nick", _("nama panggilan")
    ALIAS = "alias", _("nama lain")
    MERGED = "merged", _("nama pada data yang digabung")


class Verdict(TextChoices):
    """What another unit answers about two records."""

    SAME = "same", _("Orang yang sama")
    DIFFERENT = "different", _("Orang lain")
    UNKNOWN = "unknown", _("Belum dapat dipastikan")
