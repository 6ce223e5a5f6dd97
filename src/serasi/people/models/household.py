from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, tracked
from serasi.common.encryption import EncryptedTextField, KeyedHashField
from serasi.institutions.models import Region
from serasi.people.models.person import Person
from serasi.people.models.policies import as_person


@tracked
class Household(Record):
    """People under one roof or on one family card (KK). Seen by whoever sees one of its members."""

    personal = Classified(none="id revision", general="region line rt rw", identity="kk kk_hash")
    row_policy = "EXISTS (SELECT 1 FROM people_householdmember inside WHERE inside.household_id = people_household.id)"

    kk = EncryptedTextField(_("nomor KK"), max_length=16, null=True, blank=True)
    kk_hash = KeyedHashField(purpose="kk", source="kk", null=True, blank=True, editable=False)
    # PROTECT: reference data.
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wilayah")
    )
    line = models.CharField(_("alamat"), max_length=200, blank=True)
    rt = models.CharField(_("RT"), max_length=3, blank=True)
    rw = models.CharField(_("RW"), max_length=3, blank=True)
    revision = RevisionField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kk__isnull=True, kk_hash__isnull=True) | Q(kk__isnull=False, kk_hash__isnull=False),
                name="people_household_kk_is_whole",
            ),
            models.UniqueConstraint(
                fields=["kk_hash"],
                condition=Q(kk_hash__isnull=False),
                name="people_one_household_per_kk",
                violation_error_message=_("Nomor KK ini sudah tercatat."),
            ),
            models.CheckConstraint(
                condition=Q(rt__regex=r"^\d{0,3}$") & Q(rw__regex=r"^\d{0,3}$"),
                name="people_household_rt_rw_are_digits",
                violation_error_message=_("RT dan RW berisi angka, paling banyak tiga."),
            ),
        ]

    def __str__(self) -> str:
        return self.masked_kk or str(_("Keluarga tanpa nomor KK"))

    @property
    def masked_kk(self) -> str:
        return f"•••• •••• •••• {self.kk[-4:]}" if self.kk else ""


@tracked
class HouseholdMember(Record):
    """A person belongs to a household for a period, in a relation to its head."""

    personal = Classified(none="id household relation period", general="person")
    row_policy = as_person("people_householdmember")

    # CASCADE: a membership has no life without its household.
    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    # CASCADE: part of the person.
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    relation = models.CharField(_("hubungan dengan kepala keluarga"), max_length=40)
    period = DateRangeField(_("masa"))

    class Meta:
        ordering: ClassVar = ["household", "period", "id"]
        constraints = [
            ExclusionConstraint(
                name="people_one_household_at_a_time",
                expressions=[(F("person"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
                violation_error_message=_("Orang ini sudah tercatat dalam keluarga lain pada masa itu."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) & Q(period__isempty=False),
                name="people_household_member_has_a_start",
                violation_error_message=_("Masa harus punya tanggal mulai sebelum tanggal selesai."),
            ),
            models.CheckConstraint(
                condition=~Q(relation=""),
                name="people_household_member_has_a_relation",
                violation_error_message=_("Pilih hubungan dengan kepala keluarga."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} – {self.relation}"
