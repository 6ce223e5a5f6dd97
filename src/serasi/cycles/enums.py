"""States and kinds of this app; imports nothing of Serasi."""

from django.db.models import IntegerChoices, TextChoices
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
