"""States and kinds of this app; imports nothing of Serasi."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Basis(TextChoices):
    """What the answers of a peer rest on (UU 27/2022, pasal 20)."""

    CONSENT = "consent", _("Persetujuan tiap orang")
    LAW = "law", _("Kewajiban atau tugas menurut peraturan")


class RecordField(TextChoices):
    """What a peer may be told of a person; nothing unless its agreement names it."""

    NIK = "nik", _("NIK")
    NAME = "name", _("Nama")
    SEX = "sex", _("Jenis kelamin")
    BIRTH_DATE = "birth_date", _("Tanggal lahir")
    DEATH_DATE = "death_date", _("Tanggal meninggal")
    PHONE = "phone", _("Telepon")
    REGION = "region", _("Wilayah domisili sampai kabupaten/kota")
    ADDRESS = "address", _("Alamat domisili lengkap")
    REGISTERED = "registered", _("Tanggal terdaftar")
    KINDS = "kinds", _("Jenis PPKS (tanpa yang menyangkut kesehatan)")


class Attribute(TextChoices):
    """By what a peer may search; nothing unless its agreement names it."""

    NIK = "nik", _("NIK")
    KK = "kk", _("Nomor KK")
    PHONE = "phone", _("Telepon")
    NAME = "name", _("Nama persis")
    SEX = "sex", _("Jenis kelamin")
    BIRTH_DATE = "birth_date", _("Tanggal lahir")
    AGE = "age", _("Umur")
    REGION = "region", _("Wilayah domisili")
    REGISTERED = "registered", _("Tanggal terdaftar")


class Action(TextChoices):
    """What is asked, by the word that stands in the header."""

    SEARCH = "search", _("Mencari")
    SUBSCRIBE = "subscribe", _("Berlangganan kabar")
    UNSUBSCRIBE = "unsubscribe", _("Berhenti berlangganan")
    STATUS = "txn-status", _("Menanyakan keadaan permintaan")


class Outcome(TextChoices):
    """What became of an inquiry as a whole, in the words of the standard."""

    RECEIVED = "rcvd", _("Diterima, belum dijawab")
    SUCCEEDED = "succ", _("Dijawab")
    REFUSED = "rjct", _("Ditolak")
