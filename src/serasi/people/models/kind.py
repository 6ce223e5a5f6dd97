from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, tracked
from serasi.people.models.person import Person
from serasi.people.models.policies import KIND_POLICY
from serasi.people.querysets import PersonKindQuerySet


class Cluster(models.Model):
    """One of the clusters of social rehabilitation. Reference data from `reference/clusters.toml`."""

    personal = Classified(none="code name short is_target position edition")

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(_("klaster"), max_length=120)
    short = models.CharField(max_length=20)
    is_target = models.BooleanField()
    position = models.PositiveSmallIntegerField()
    edition = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return gettext(self.name)


class PasKind(models.Model):
    """One of the twelve groups (12-PAS) of the 2025 edition. Reference data."""

    personal = Classified(none="code name position edition")

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(_("kelompok 12-PAS"), max_length=120)
    position = models.PositiveSmallIntegerField()
    edition = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return gettext(self.name)


class PpksKind(models.Model):
    """One of the 26 kinds of PPKS, with its main cluster and its 12-PAS group. Reference data.

    A record keeps the kind it was given; a later edition adds codes and mappings and changes none.
    """

    personal = Classified(none="code name number cluster pas edition")

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(_("jenis PPKS"), max_length=120)
    number = models.PositiveSmallIntegerField()
    # PROTECT: reference data is replaced by editions, never deleted.
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="kinds")
    # PROTECT: as above.
    pas = models.ForeignKey(PasKind, models.PROTECT, related_name="kinds")
    edition = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return gettext(self.name)


@tracked
class PersonKind(Record):
    """A person was found to be of a kind of PPKS, for a period, by the criteria that were ticked."""

    personal = Classified(none="id period", general="person", specific="kind criteria note")
    row_policy = KIND_POLICY

    # CASCADE: part of the person.
    person = models.ForeignKey(Person, models.CASCADE, related_name="kinds")
    # PROTECT: reference data.
    kind = models.ForeignKey(PpksKind, models.PROTECT, related_name="+", verbose_name=_("jenis PPKS"))
    criteria = ArrayField(models.CharField(max_length=200), verbose_name=_("kriteria"), default=list, blank=True)
    note = models.CharField(_("keterangan"), max_length=300, blank=True)
    period = DateRangeField(_("masa"))

    objects = PersonKindQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["kind__number", "-period"]
        constraints = [
            ExclusionConstraint(
                name="people_one_kind_once_at_a_time",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (F("kind"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Jenis ini sudah tercatat untuk masa itu."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) & Q(period__isempty=False),
                name="people_kind_has_a_start",
                violation_error_message=_("Masa harus punya tanggal mulai sebelum tanggal selesai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind_id}"
