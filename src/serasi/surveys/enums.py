"""Kinds and states of this app; imports nothing of Serasi."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SurveyState(TextChoices):
    """Where a survey stands; follows from its dates, never stored."""

    DRAFT = "draft", _("Disiapkan")
    RUNNING = "running", _("Berjalan")
    CLOSED = "closed", _("Ditutup")
    ARCHIVED = "archived", _("Diarsipkan")


class Check(TextChoices):
    """What is looked at in every interview that stands."""

    SAME_NIK = "same_nik", _("NIK sama")
    SAME_PERSON = "same_person", _("Nama, umur dan desa sama")
    SAME_PHONE = "same_phone", _("Nomor telepon sama")
    OUTLIER = "outlier", _("Angka jauh dari yang biasa")
    TOO_FAST = "too_fast", _("Terlalu cepat")
    FAR_AWAY = "far_away", _("Jauh dari yang lain di desa itu")
    OUTSIDE_AREA = "outside_area", _("Di luar wilayah survei")
    SAME_PLACE = "same_place", _("Banyak wawancara di satu titik")
    NO_POINT = "no_point", _("Tanpa titik lokasi")
    DONT_KNOW = "dont_know", _("Banyak jawaban tidak tahu")
    INCOMPLETE = "incomplete", _("Jawaban kurang atau tidak sesuai")


class Outcome(TextChoices):
    """What a supervisor decided about a finding."""

    FINE = "fine", _("Benar begitu adanya")
    AGAIN = "again", _("Wawancara ulang")
    VOID = "void", _("Dibatalkan")
