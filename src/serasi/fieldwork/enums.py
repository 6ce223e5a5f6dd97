"""Kinds and states of this app; imports nothing of Serasi."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DeviceKind(TextChoices):
    PAGE = "page", _("Halaman Serasi di ponsel")
    COLLECT = "collect", _("Aplikasi ODK Collect")


class Purpose(TextChoices):
    """What a form that is filled outside becomes; the record it becomes has the id of the submission."""

    ASSESSMENT = "assessment", _("Instrumen dalam kasus")
    INTERVIEW = "interview", _("Wawancara survei")
    FOUND = "found", _("Orang ditemukan di lapangan")
    CHANGE = "change", _("Perubahan data seseorang")


class Waiting(TextChoices):
    """Why a sending that was taken in has changed nothing yet, and waits for a person."""

    ENDED = "ended", _("perangkat, penugasan atau akun pengirimnya sudah berakhir")
    DESK = "desk", _("yang diperbaikinya sudah diubah di meja")


class Fact(TextChoices):
    """What the form of changes may change about a person."""

    PHONE = "phone", _("Telepon")
    ADDRESS = "address", _("Alamat tinggal")
    NICKNAME = "nickname", _("Nama panggilan")


class Choice(TextChoices):
    """Which of two versions a person decided for."""

    DESK = "desk", _("yang tertulis di meja")
    DEVICE = "device", _("yang dikirim dari lapangan")
