"""States and kinds of this app; imports nothing of Serasi."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class RegionLevel(IntegerChoices):
    """Level of a Kemendagri region code, by its number of parts."""

    PROVINCE = 1, _("Provinsi")
    REGENCY = 2, _("Kabupaten/kota")
    DISTRICT = 3, _("Kecamatan")
    VILLAGE = 4, _("Desa/kelurahan")


class CapacityBasis(TextChoices):
    DECREE = "decree", _("Keputusan")
    BEDS = "beds", _("Jumlah tempat tidur")
    PUBLISHED = "published", _("Angka yang dipublikasikan")
