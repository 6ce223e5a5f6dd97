from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DecimalRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified
from serasi.assessments.enums import Direction, Method, SuggestionKind, Tone
from serasi.assessments.models.instrument import Edition
from serasi.assessments.models.worded import Worded


class Scale(Worded, models.Model):
    """A value that an edition finds from answers. ``items`` are names of questions, ``reversed_items`` of those.

    ``error`` is the standard error of measurement in points of the scale, None where the instrument gives none.
    """

    personal = Classified(
        none="id edition name title words order method items reversed_items may_be_blank lowest highest direction"
        " domain error source"
    )

    id = models.UUIDField(primary_key=True, editable=False)
    # CASCADE: part of the edition.
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="scales")
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=150)
    words = models.JSONField(default=dict, blank=True)
    order = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=8, choices=Method)
    items = ArrayField(models.CharField(max_length=100), default=list)
    reversed_items = ArrayField(models.CharField(max_length=100), default=list)
    may_be_blank = models.PositiveSmallIntegerField()
    lowest = models.DecimalField(max_digits=9, decimal_places=3)
    highest = models.DecimalField(max_digits=9, decimal_places=3)
    direction = models.CharField(max_length=8, choices=Direction)
    domain = models.CharField(max_length=40, blank=True)
    error = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "name"], name="assessments_scale_is_named_once"),
            models.CheckConstraint(condition=Q(highest__gt=F("lowest")), name="assessments_scale_has_a_range"),
            models.CheckConstraint(condition=Q(error=None) | Q(error__gt=0), name="assessments_error_is_positive"),
        ]

    def __str__(self) -> str:
        return self.shown_title


class NumberRange(Func):
    function = "numrange"
    output_field = DecimalRangeField()


class Band(Worded, models.Model):
    """What values from ``lowest`` to ``highest``, both included, mean; ``source``: of which people that was found."""

    personal = Classified(none="id scale code title meaning words tone lowest highest source")

    id = models.UUIDField(primary_key=True, editable=False)
    # CASCADE: part of the edition.
    scale = models.ForeignKey(Scale, models.CASCADE, related_name="bands")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    meaning = models.CharField(max_length=500, blank=True)
    words = models.JSONField(default=dict, blank=True)
    tone = models.CharField(max_length=5, choices=Tone)
    lowest = models.DecimalField(max_digits=9, decimal_places=3)
    highest = models.DecimalField(max_digits=9, decimal_places=3)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["scale", "lowest"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "code"], name="assessments_band_code_is_unique"),
            models.CheckConstraint(condition=Q(highest__gte=F("lowest")), name="assessments_band_is_in_order"),
            ExclusionConstraint(
                name="assessments_one_band_over_a_value",
                expressions=[
                    (F("scale"), RangeOperators.EQUAL),
                    (
                        NumberRange(
                            F("lowest"), F("highest"), RangeBoundary(inclusive_lower=True, inclusive_upper=True)
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Dua pita mencakup nilai yang sama."),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_title


class Suggestion(models.Model):
    """What a band may lead to, and why; a person decides. ``what`` is a code of the list ``kind`` names, or words."""

    personal = Classified(none="id band kind what reason")

    id = models.UUIDField(primary_key=True, editable=False)
    # CASCADE: part of the edition.
    band = models.ForeignKey(Band, models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=12, choices=SuggestionKind)
    what = models.CharField(max_length=300)
    reason = models.CharField(max_length=500)

    class Meta:
        ordering: ClassVar = ["band", "kind", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="assessments_suggestion_says_why"),
        ]

    def __str__(self) -> str:
        return self.what
