"""States and kinds of this app; imports nothing of Serasi."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MovementKind(TextChoices):
    """What can happen to someone who lives in a house."""

    ARRIVED = "arrived", pgettext_lazy("mutasi", "Masuk")
    MOVED = "moved", _("Pindah tempat")
    LEAVE = "leave", _("Pergi dengan izin")
    HOSPITAL = "hospital", _("Dirawat di rumah sakit")
    ABSCONDED = "absconded", _("Pergi tanpa izin")
    RELEASED = "released", _("Tempat tidur dilepas")
    RETURNED = "returned", pgettext_lazy("mutasi", "Kembali")
    ENDED = "ended", _("Selesai tinggal")


class State(TextChoices):
    """How someone is in the house at a moment."""

    PRESENT = "present", _("Ada di tempat")
    LEAVE = "leave", _("Izin")
    HOSPITAL = "hospital", _("Rumah sakit")
    ABSCONDED = "absconded", _("Pergi tanpa izin")


class Ending(TextChoices):
    """How a stay ends."""

    FAMILY = "family", _("Pulang ke keluarga")
    INDEPENDENT = "independent", _("Hidup mandiri")
    WORK = "work", _("Bekerja dan tinggal di tempat kerja")
    TRANSFER = "transfer", _("Pindah ke panti lain dalam Serasi")
    INSTITUTION = "institution", _("Pindah ke lembaga lain")
    DIED = "died", _("Meninggal")
    NOT_RETURNED = "not_returned", _("Tidak kembali")
    OTHER = "other", _("Sebab lain")


class Property(TextChoices):
    """What a bed or a room offers, and what someone who comes may need."""

    WHEELCHAIR = "wheelchair", _("Terjangkau kursi roda")
    GROUND_FLOOR = "ground_floor", _("Lantai dasar")
    LOW = "low", _("Tempat tidur rendah")
    CARER_NEARBY = "carer_nearby", _("Dekat pengasuh jaga")
    INFANT = "infant", _("Tempat tidur bayi")
    ISOLATION = "isolation", _("Kamar isolasi")


class Grade(TextChoices):
    """Which step of a chain of graded homes a ward is for."""

    SEVERE = "severe", _("Berat")
    MEDIUM = "medium", pgettext_lazy("jenjang panti", "Sedang")
    MILD = "mild", _("Ringan")
    SKILLED = "skilled", _("Keterampilan")
    TRANSIT = "transit", _("Rumah singgah")


class OutageReason(TextChoices):
    BROKEN = "broken", _("Rusak")
    REPAIR = "repair", _("Sedang diperbaiki")
    CLEANING = "cleaning", _("Sedang dibersihkan")
    INFECTION = "infection", _("Ditutup karena penularan")
    LENT = "lent", _("Dipinjamkan")
    OTHER = "other", _("Sebab lain")


class Checklist(TextChoices):
    """A list that is worked off step by step (`reference/`)."""

    ORIENTATION = "orientation", _("Orientasi")
    SEARCH = "search", _("Pencarian")
    DEATH = "death", _("Sesudah meninggal")


class Answer(TextChoices):
    YES = "yes", _("Ya")
    NO = "no", _("Tidak")
    UNKNOWN = "unknown", _("Belum diketahui")


class HandoverKind(TextChoices):
    """Which way belongings go."""

    RECEIVED = "received", pgettext_lazy("barang", "Diterima")
    RETURNED = "returned", pgettext_lazy("barang", "Dikembalikan")


class MoneyKind(TextChoices):
    RECEIVED = "received", pgettext_lazy("uang titipan", "Dititipkan")
    SPENT = "spent", pgettext_lazy("uang titipan", "Dipakai")
    RETURNED = "returned", pgettext_lazy("uang titipan", "Dikembalikan")
