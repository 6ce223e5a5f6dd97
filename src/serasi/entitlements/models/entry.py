from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record
from serasi.common.encryption import EncryptedTextField, KeyedHashField
from serasi.entitlements.models.delivery import Delivery
from serasi.entitlements.models.policies import ENTRY_POLICY
from serasi.entitlements.querysets import EntryQuerySet
from serasi.institutions.models import Region


class Entry(Record):
    """A row of a list: whom it names, and what of it matters here. The rest of the row is not kept.

    ``region`` is the deepest region of which the row is sure, ``place_said`` what it said. ``desil`` is national and of
    the family. Not tracked: its delivery is, and a trail of a million rows would outlive their deletion.
    """

    personal = Classified(
        none="id delivery number",
        general="name name_key sex region place_said",
        specific="birth_date component desil amount status",
        identity="nik nik_hash kk kk_hash",
    )
    row_policy = ENTRY_POLICY

    # CASCADE: an entry is part of its delivery.
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="entries", db_index=False)
    number = models.PositiveIntegerField(_("baris"))
    nik = EncryptedTextField(max_length=16, null=True)
    nik_hash = KeyedHashField(purpose="nik", source="nik", null=True)
    kk = EncryptedTextField(max_length=16, null=True)
    kk_hash = KeyedHashField(purpose="kk", source="kk", null=True)
    name = models.CharField(_("nama"), max_length=150)
    name_key = models.CharField(max_length=400)
    birth_date = models.DateField(_("tanggal lahir"), null=True)
    sex = models.CharField(_("jenis kelamin"), max_length=1, blank=True)
    # PROTECT: reference data.
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", db_index=False)
    place_said = models.CharField(_("wilayah menurut daftar"), max_length=200, blank=True)
    component = models.CharField(_("komponen"), max_length=80, blank=True)
    desil = models.PositiveSmallIntegerField(_("desil"), null=True)
    amount = models.BigIntegerField(_("jumlah"), null=True)
    status = models.CharField(_("keterangan"), max_length=60, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["delivery", "number"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="entitlements_entry_stands_once"),
            models.CheckConstraint(
                condition=(Q(nik__isnull=False, nik_hash__isnull=False) | Q(nik__isnull=True, nik_hash__isnull=True))
                & (Q(kk__isnull=False, kk_hash__isnull=False) | Q(kk__isnull=True, kk_hash__isnull=True)),
                name="entitlements_entry_numbers_are_whole",
            ),
            models.CheckConstraint(
                condition=Q(nik__isnull=False) | Q(kk__isnull=False), name="entitlements_entry_has_a_number"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="entitlements_entry_has_a_name"),
            models.CheckConstraint(
                condition=Q(desil=None) | Q(desil__gte=1, desil__lte=10), name="entitlements_desil_is_a_tenth"
            ),
            models.CheckConstraint(condition=Q(sex__in=["", "L", "P"]), name="entitlements_entry_sex_is_known"),
        ]
        indexes = [
            models.Index(fields=["nik_hash"], name="entitlements_entry_nik", condition=Q(nik_hash__isnull=False)),
            models.Index(fields=["kk_hash"], name="entitlements_entry_kk", condition=Q(kk_hash__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.number}"
