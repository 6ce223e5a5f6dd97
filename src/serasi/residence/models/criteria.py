"""Whom a unit takes in, from a day on, and what is to be brought. Tells nothing of anybody."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.people.enums import Sex
from serasi.residence.querysets import AdmissionCriteriaQuerySet


@tracked
class AdmissionCriteria(Record):
    """The criteria of a unit for a period; what is empty limits nothing. ``kinds`` holds codes of PPKS kinds.

    Wards say besides whom they are for; the criteria are asked at the door, once.
    """

    personal = Classified(none="id unit sex age_from age_to kinds to_bring text period", general="written_by")

    # PROTECT: why someone was taken in, or not, stays explained.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="admission_criteria")
    sex = models.CharField(_("menerima"), max_length=1, choices=Sex, blank=True)
    age_from = models.PositiveSmallIntegerField(_("umur paling muda"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("umur paling tua"), null=True, blank=True)
    kinds = ArrayField(models.CharField(max_length=40), verbose_name=_("jenis PPKS"), default=list, blank=True)
    to_bring = models.TextField(_("yang perlu dibawa"), max_length=1000, blank=True)
    text = models.TextField(_("syarat lain"), max_length=1000, blank=True)
    period = DateRangeField(_("berlaku"))
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = AdmissionCriteriaQuerySet.as_manager()

    class Meta:
        verbose_name = _("syarat penerimaan")
        ordering: ClassVar = ["-period"]
        constraints = [
            ExclusionConstraint(
                name="residence_one_set_of_criteria_at_a_time",
                expressions=[(F("unit"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
                violation_error_message=_("Syarat penerimaan untuk masa itu sudah dicatat. Pilih tanggal sesudahnya."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) & Q(period__isempty=False),
                name="residence_criteria_have_a_start",
                violation_error_message=_("Isi sejak kapan syarat ini berlaku."),
            ),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
                name="residence_criteria_ages_are_ordered",
                violation_error_message=_("Umur paling tua tidak boleh di bawah umur paling muda."),
            ),
            models.CheckConstraint(
                condition=Q(sex__in=["", Sex.MALE, Sex.FEMALE]),
                name="residence_criteria_sex_is_known",
                violation_error_message=_("Pilih laki-laki, perempuan, atau keduanya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.period}"

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)
