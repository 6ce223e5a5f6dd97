from datetime import date, datetime
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Owner, UnitKind
from serasi.access.models.record import Classified, Record, RevisionField, tracked
from serasi.access.models.user import User
from serasi.access.scope import Guard


class UnitQuerySet(models.QuerySet["Unit"]):
    def below(self, unit: "Unit") -> Self:
        """The unit itself and everything under it."""
        return self.filter(path__startswith=unit.path)

    def open(self) -> Self:
        return self.filter(closed_on=None)

    def reached_by(self, user: User, permission: str) -> Self:
        """Units in which this user holds the permission for all records (reach unit or tree)."""
        reached = user.scope.reached(permission)
        condition = Q(pk__in=reached.unit_ids)
        for path in reached.trees:
            condition |= Q(path__startswith=path)
        return self.filter(condition)


@tracked
class Unit(Record):
    """A node of the tree that scopes everything: a ministry, a Dinas, an institution, an LKS.

    ``path`` is the chain of codes from the root, each closed by a slash, so that "under" is "starts with".
    """

    personal = Classified(none="id code name short_name kind owner parent path time_zone closed_on revision")

    code = models.CharField(
        _("kode"), max_length=40, unique=True, error_messages={"unique": _("Kode ini sudah dipakai unit lain.")}
    )
    name = models.CharField(_("nama unit"), max_length=160)
    short_name = models.CharField(_("nama pendek"), max_length=60)
    kind = models.CharField(_("jenis"), max_length=12, choices=UnitKind)
    owner = models.CharField(_("pemilik"), max_length=12, choices=Owner)
    # PROTECT: a unit with children cannot vanish from under them.
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=300, unique=True, editable=False)
    time_zone = models.CharField(_("zona waktu"), max_length=40, default="Asia/Jakarta")
    closed_on = models.DateField(_("ditutup tanggal"), null=True, blank=True)
    revision = RevisionField()

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        ordering: ClassVar = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z0-9]([A-Z0-9-]*[A-Z0-9])?$"),
                name="access_unit_code_is_plain",
                violation_error_message=_("Kode unit hanya huruf besar, angka dan tanda hubung."),
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="access_unit_is_not_its_own_parent"),
        ]
        indexes = [
            models.Index(fields=["path"], name="access_unit_path_prefix", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.short_name

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.path)

    def holds(self, other_path: str) -> bool:
        """Whether the unit with this path is this unit or stands under it."""
        return other_path.startswith(self.path)

    def day_at(self, moment: datetime) -> date:
        """Which day it is in the unit at a moment: WIB, WITA or WIT."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()


def path_under(parent: Unit | None, code: str) -> str:
    return f"{parent.path if parent else ''}{code}/"
