"""States and kinds of this app; imports nothing of Serasi."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outing(TextChoices):
    """How someone may leave the house, from narrow to wide."""

    NONE = "none", _("Tidak keluar rumah")
    ACCOMPANIED = "accompanied", _("Keluar didampingi petugas")
    TOLD = "told", _("Keluar sendiri setelah memberi tahu petugas")
    ALONE = "alone", _("Keluar sendiri")


class Phone(TextChoices):
    KEPT = "kept", _("Disimpan petugas")
    HOURS = "hours", _("Dipegang sendiri pada jam tertentu")
    OWN = "own", _("Dipegang sendiri")


class MoneyHolder(TextChoices):
    HOUSE = "house", _("dipegang petugas")
    TOGETHER = "together", _("dipegang sendiri, dicatat bersama pembimbing")
    SELF = "self", _("dipegang dan dicatat sendiri")


class RoomRight(TextChoices):
    SHARED = "shared", _("Kamar bersama")
    SHARED_LOCKER = "shared_locker", _("Kamar bersama, lemari dengan kunci sendiri")
    OWN = "own", _("Kamar sendiri")
    OWN_KEY = "own_key", _("Kamar sendiri dengan kunci")


class Guests(TextChoices):
    NONE = "none", _("Belum menerima tamu")
    WITH_STAFF = "with_staff", _("Di ruang tamu, ada petugas")
    COMMON = "common", _("Di ruang tamu")
    ROOM = "room", _("Di ruang tamu dan kamar, sampai jam pulang")


class Right(TextChoices):
    """What an allowance can widen or narrow for some days."""

    OUTING = "outing", _("Keluar rumah")
    CURFEW = "curfew", _("Jam pulang")
    PHONE = "phone", _("Telepon")
    MONEY = "money", _("Uang saku")
    GUESTS = "guests", _("Tamu")


class StepKind(TextChoices):
    START = "start", pgettext_lazy("fase", "Mulai")
    UP = "up", pgettext_lazy("fase", "Naik")
    BACK = "back", pgettext_lazy("fase", "Mundur")


class Decision(TextChoices):
    APPROVED = "approved", _("Setujui")
    REFUSED = "refused", _("Belum disetujui")


class Party(TextChoices):
    """Who signs."""

    YOUTH = "youth", _("Anak muda")
    GUARDIAN = "guardian", _("Orang tua atau wali")
    HOUSE = "house", _("Kepala unit atau supervisor")


class Ending(TextChoices):
    """How an agreement ends."""

    GOAL = "goal", _("Tujuan tercapai, hidup mandiri")
    FAMILY = "family", _("Kembali ke keluarga")
    RENEWED = "renewed", _("Diperpanjang")
    MOVED = "moved", _("Pindah ke lembaga atau layanan lain")
    LEFT = "left", _("Anak muda menghentikan")
    HOUSE = "house", _("Rumah menghentikan")
    DROPPED = "dropped", _("Tidak jadi")


class MeasureMoment(TextChoices):
    """When it is looked at how life goes."""

    ENTRY = "entry", pgettext_lazy("pengukuran", "Saat masuk")
    EXIT = "exit", pgettext_lazy("pengukuran", "Saat keluar")
    AFTER = "after", pgettext_lazy("pengukuran", "12 bulan sesudahnya")


class Living(TextChoices):
    """Where someone lives."""

    HOUSE = "house", _("Panti atau asrama")
    FAMILY = "family", _("Bersama keluarga")
    RENTED = "rented", _("Kos atau kontrakan")
    WORK = "work", _("Di tempat kerja")
    FRIENDS = "friends", _("Menumpang pada teman")
    STREET = "street", _("Tidak punya tempat tinggal")
    OTHER = "other", _("Tempat lain")


class Occupation(TextChoices):
    """What someone does."""

    SCHOOL = "school", _("Sekolah atau kuliah")
    TRAINING = "training", _("Pelatihan atau magang")
    WORK = "work", _("Bekerja")
    BUSINESS = "business", _("Usaha sendiri")
    BOTH = "both", _("Sekolah sambil bekerja")
    NEITHER = "neither", _("Belum sekolah atau bekerja")
