from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from serasi.access.models import Classified


class DomainSet(models.Model):
    """One edition of the domains in which a life is rated: those of a Foyer, those of social functioning.

    Loaded from files. ``code`` is the same in every edition; ``period`` says on which days an edition holds.
    """

    personal = Classified(none="edition code name period source")

    edition = models.CharField(max_length=40, primary_key=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    period = DateRangeField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["code", "-period"]
        constraints = [
            ExclusionConstraint(
                name="cycles_one_edition_of_domains_at_a_time",
                expressions=[(F("code"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return gettext(self.name)


class Domain(models.Model):
    """A part of someone's life that is rated from 1 to 5; ``anchors`` are the words of each step, the first of 1."""

    personal = Classified(none="id domain_set code order name question anchors")

    id = models.CharField(max_length=80, primary_key=True)  # "<edition>.<code>"
    # CASCADE: a domain has no life outside its set.
    domain_set = models.ForeignKey(DomainSet, models.CASCADE, related_name="domains")
    code = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    question = models.CharField(max_length=200)
    anchors = ArrayField(models.CharField(max_length=160))

    class Meta:
        ordering: ClassVar = ["domain_set", "order"]
        constraints = [
            models.UniqueConstraint(fields=["domain_set", "code"], name="cycles_domain_code_is_unique"),
            models.UniqueConstraint(
                fields=["domain_set", "order"],
                name="cycles_domain_order_is_unique",
                deferrable=models.Deferrable.DEFERRED,  # an edition may be put in another order
            ),
            models.CheckConstraint(condition=Q(anchors__len=5), name="cycles_domain_has_words_for_each_step"),
        ]

    def __str__(self) -> str:
        return gettext(self.name)

    def anchor(self, step: int) -> str:
        """The words of a step in the reader's language."""
        return gettext(self.anchors[step - 1])
