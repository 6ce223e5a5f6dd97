from typing import ClassVar, Self

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified
from serasi.institutions.enums import RegionLevel


class RegionQuerySet(models.QuerySet["Region"]):
    def provinces(self) -> Self:
        return self.filter(level=RegionLevel.PROVINCE)

    def under(self, code: str) -> Self:
        return self.filter(parent_id=code)


class Region(models.Model):
    """A province, regency or city, district or village by its Kemendagri code (Kepmendagri 300.2.2-2138/2025).

    Reference data, loaded from a dated edition; a code is never re-used for another place, and records that carry an
    old code keep it.
    """

    personal = Classified(none="code name level parent edition")

    code = models.CharField(_("kode wilayah"), max_length=13, primary_key=True)
    name = models.CharField(_("nama wilayah"), max_length=80)
    level = models.PositiveSmallIntegerField(_("tingkat"), choices=RegionLevel)
    # PROTECT: reference data is replaced by editions, never deleted from under an address.
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    edition = models.CharField(max_length=40)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]
        indexes = [
            models.Index(OpClass(Upper("name"), "text_pattern_ops"), name="institutions_region_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$"),
                name="institutions_region_code_is_dotted",
            ),
            models.CheckConstraint(
                condition=Q(level=RegionLevel.PROVINCE, parent=None)
                | Q(level__gt=RegionLevel.PROVINCE, parent__isnull=False),
                name="institutions_region_below_province_has_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"
