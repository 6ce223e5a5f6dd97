"""States and kinds of this app; imports nothing of Serasi."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Voice(TextChoices):
    """Who says where a person stands in a domain of life; voices stand beside each other and are never averaged."""

    SELF = "self", pgettext_lazy("suara", "Ia sendiri")
    COACH = "coach", pgettext_lazy("suara", "Pembimbing")
    WORKER = "worker", pgettext_lazy("suara", "Petugas")


class Step(IntegerChoices):
    """Where a person stands in one domain; what a step means there stands in the anchors of the domain."""

    ONE = 1, "1"
    TWO = 2, "2"
    THREE = 3, "3"
    FOUR = 4, "4"
    FIVE = 5, "5"


class ReviewKind(TextChoices):
    """The three meetings of a cycle, in their order."""

    ENTRY = "entry", _("Tinjauan awal")
    MIDPOINT = "midpoint", _("Tinjauan tengah")
    CLOSING = "closing", _("Tinjauan penutup")


class Due(TextChoices):
    """How a review stands on a day. Derived, never stored."""

    HELD = "held", pgettext_lazy("tinjauan", "Terlaksana")
    LATE = "late", pgettext_lazy("tinjauan", "Terlambat")
    SOON = "soon", pgettext_lazy("tinjauan", "Segera")
    LATER = "later", pgettext_lazy("tinjauan", "Nanti")
    MISSED = "missed", pgettext_lazy("tinjauan", "Tidak terlaksana")
