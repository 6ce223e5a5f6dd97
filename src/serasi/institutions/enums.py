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


class Cluster(TextChoices):
    """The clusters as the directory sorts by them; a test of `cases` holds their codes to the reference lists."""

    CHILDREN = "anak", _("Anak")
    DISABILITY = "disabilitas", _("Penyandang disabilitas")
    OLDER = "lansia", _("Lanjut usia")
    SUBSTANCES = "napza", _("Korban penyalahgunaan NAPZA")
    DISPLACED = "ts_kpo", _("Tuna sosial dan korban perdagangan orang")
    OTHER = "ppks_lain", _("PPKS lainnya")


class AtensiComponent(TextChoices):
    """The components as the directory sorts by them; a test of `cases` holds them to the reference lists."""

    LIVING = "kebutuhan_hidup_layak", _("Dukungan pemenuhan kebutuhan hidup layak")
    CARE = "perawatan_pengasuhan", _("Perawatan sosial dan/atau pengasuhan anak")
    FAMILY = "dukungan_keluarga", _("Dukungan keluarga")
    THERAPY = "terapi", _("Terapi")
    VOCATION = "vokasional_kewirausahaan", _("Pelatihan vokasional dan/atau pembinaan kewirausahaan")
    AID = "bantuan_asistensi", _("Bantuan dan asistensi sosial")
    ACCESS = "aksesibilitas", _("Dukungan aksesibilitas")
