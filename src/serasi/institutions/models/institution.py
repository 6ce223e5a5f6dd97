from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.institutions.enums import CapacityBasis
from serasi.institutions.models.region import Region


@tracked
class Institution(Record):
    """What a unit that serves people is, beyond its place in the tree: functions, place, contact."""

    personal = Classified(none="id unit functions region address phone is_safe_house description source revision")

    # CASCADE: the description has no life without its unit.
    unit = models.OneToOneField(Unit, models.CASCADE, related_name="institution")
    functions = ArrayField(
        models.CharField(max_length=40), verbose_name=_("fungsi (klaster)"), default=list, blank=True
    )
    # PROTECT: reference data.
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(_("alamat"), max_length=250, blank=True)
    phone = models.CharField(_("telepon"), max_length=20, blank=True)
    is_safe_house = models.BooleanField(_("rumah aman"), default=False)
    description = models.TextField(_("keterangan"), max_length=2000, blank=True)
    source = models.CharField(_("sumber"), max_length=200, blank=True)
    revision = RevisionField()

    class Meta:
        verbose_name = _("keterangan lembaga")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_safe_house=False) | Q(address=""),
                name="institutions_safe_house_has_no_address",
                violation_error_message=_("Alamat rumah aman tidak disimpan di sini."),
            ),
        ]

    def __str__(self) -> str:
        return self.unit.name

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)

    @property
    def public_address(self) -> str:
        """The address that may be shown to anyone; a safe house has none."""
        return "" if self.is_safe_house else self.address


@tracked
class Capacity(Record):
    """How many people an institution has room for, in a period, on what basis, from which source."""

    personal = Classified(none="id institution places basis period source")

    # CASCADE: part of the institution.
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="capacities")
    places = models.PositiveIntegerField(_("kapasitas (orang)"))
    basis = models.CharField(_("dasar"), max_length=10, choices=CapacityBasis)
    period = DateRangeField(_("berlaku"))
    source = models.CharField(_("sumber"), max_length=200)

    class Meta:
        verbose_name = _("kapasitas")
        constraints = [
            ExclusionConstraint(
                name="institutions_one_capacity_per_basis_at_a_time",
                expressions=[
                    (F("institution"), RangeOperators.EQUAL),
                    (F("basis"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Kapasitas dengan dasar yang sama sudah tercatat untuk masa itu."),
            ),
            models.CheckConstraint(condition=Q(places__gt=0), name="institutions_capacity_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.places}"


@tracked
class ServiceOffer(Record):
    """A line of the service directory: what an institution offers, to whom, and how to come in."""

    personal = Classified(none="id institution name component cluster eligibility how_to_apply is_open revision")

    # CASCADE: part of the institution.
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="services")
    name = models.CharField(_("layanan"), max_length=120)
    component = models.CharField(_("komponen ATENSI"), max_length=60, blank=True)
    cluster = models.CharField(_("klaster"), max_length=40, blank=True)
    eligibility = models.TextField(_("syarat"), max_length=1000, blank=True)
    how_to_apply = models.TextField(_("cara mengakses"), max_length=1000, blank=True)
    is_open = models.BooleanField(_("sedang menerima"), default=True)
    revision = RevisionField()

    class Meta:
        verbose_name = _("layanan")
        ordering: ClassVar = ["institution", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name"],
                name="institutions_service_named_once",
                violation_error_message=_("Layanan ini sudah ada dalam direktori."),
            )
        ]

    def __str__(self) -> str:
        return self.name
