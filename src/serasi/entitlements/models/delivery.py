from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import BackgroundWork, Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.entitlements.database import FUNCTIONS
from serasi.entitlements.enums import DeliveryState
from serasi.entitlements.models.policies import REMARK_POLICY
from serasi.entitlements.querysets import DeliveryQuerySet, RemarkQuerySet
from serasi.institutions.models import Region


@tracked
class Delivery(Record):
    """A list as it was handed over: what it is, under which hand-over note (BAST), for whom, until when.

    ``unit`` received it, and with all units below may use it until ``usable_until`` (its last day, in that unit's
    zone). ``region`` is the area it covers, none means all that it holds. The file is kept, sealed, only until it is
    loaded. Which state it is in follows from its dates, its loading, and whether a newer period covers its area. After
    its end the entries are deleted; ``deleted_at`` and ``rows_deleted`` stay as the proof.
    """

    personal = Classified(
        none="id programme period source bast_number bast_date purpose unit region usable_until file_size file_hash"
        " file is_utf8 columns_read rows_read rows_taken rows_refused rows_remarked rows_unplaced received_at loading"
        " loaded_at withdrawn_at withdrawn_reason deleted_at rows_deleted",
        general="received_by withdrawn_by file_name",
    )
    database_functions: ClassVar[str] = FUNCTIONS

    programme = models.CharField(_("program"), max_length=20)
    period = models.CharField(_("periode"), max_length=7)
    source = models.CharField(_("sumber"), max_length=120)
    bast_number = models.CharField(_("nomor BAST"), max_length=80, blank=True)
    bast_date = models.DateField(_("tanggal BAST"), null=True, blank=True)
    purpose = models.CharField(_("tujuan pemakaian"), max_length=300)
    # PROTECT: a unit that was given a list is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit penerima"))
    # PROTECT: reference data.
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wilayah daftar")
    )
    usable_until = models.DateField(_("boleh dipakai sampai"))
    file_name = models.CharField(_("nama berkas"), max_length=200)
    file_size = models.PositiveBigIntegerField(_("ukuran berkas"))
    file_hash = models.CharField(max_length=64)
    file = models.FileField(upload_to="entitlements/", max_length=120, blank=True)
    is_utf8 = models.BooleanField(default=True)
    columns_read = models.JSONField(default=list)
    rows_read = models.PositiveIntegerField(default=0)
    rows_taken = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    rows_remarked = models.PositiveIntegerField(default=0)
    rows_unplaced = models.PositiveIntegerField(default=0)
    # PROTECT: users are switched off, not deleted.
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dimuat oleh"))
    received_at = models.DateTimeField(_("diterima"))
    # PROTECT: the work tells what became of the loading.
    loading = models.ForeignKey(BackgroundWork, models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField(null=True)
    # PROTECT: users are switched off, not deleted.
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(_("alasan"), max_length=300, blank=True)
    deleted_at = models.DateTimeField(null=True)
    rows_deleted = models.PositiveIntegerField(default=0)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-period", "-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "programme", "file_hash"],
                condition=Q(withdrawn_at=None, deleted_at=None),
                name="entitlements_a_unit_takes_a_list_once",
                violation_error_message=_("Berkas yang sama sudah dimuat untuk unit ini."),
            ),
            models.CheckConstraint(
                condition=Q(period__regex=r"^20\d\d-(0[1-9]|1[0-2])$"),
                name="entitlements_period_is_a_month",
                violation_error_message=_("Periode ditulis tahun dan bulan, misalnya 2026-07."),
            ),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(purpose="") & ~Q(file_name=""),
                name="entitlements_delivery_says_whence_and_why",
                violation_error_message=_("Isi sumber dan tujuan pemakaian daftar."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
                name="entitlements_withdrawal_is_whole",
                violation_error_message=_("Isi alasan daftar ini ditarik."),
            ),
            models.CheckConstraint(
                condition=Q(rows_taken__lte=F("rows_read")) & Q(rows_refused__lte=F("rows_read")),
                name="entitlements_rows_add_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.period}"

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)

    @property
    def is_superseded(self) -> bool:
        """Whether a newer period covers the same area; annotated by `with_newer`, else a query."""
        if "has_newer" not in self.__dict__:
            self.__dict__["has_newer"] = Delivery.objects.filter(pk=self.pk).superseded().exists()
        return bool(self.__dict__["has_newer"])

    def state_on(self, day: date) -> DeliveryState:
        """Where it stands on a day of its unit."""
        if self.withdrawn_at:
            return DeliveryState.WITHDRAWN
        if self.deleted_at or self.usable_until < day:
            return DeliveryState.EXPIRED
        if not self.loaded_at:
            if self.loading is None or self.loading.has_ended:
                return DeliveryState.STOPPED
            return DeliveryState.LOADING if self.loading.started_at else DeliveryState.WAITING
        return DeliveryState.SUPERSEDED if self.is_superseded else DeliveryState.IN_FORCE


@tracked
class Remark(Record):
    """What was found in a row of a list: why it was not taken, or what of it was not understood.

    Says row, column, what, and how to mend it; never what stood in the cell.
    """

    personal = Classified(none="id delivery number column what fix is_refused")
    row_policy = REMARK_POLICY

    # CASCADE: part of the delivery.
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="remarks")
    number = models.PositiveIntegerField(_("baris"))
    column = models.CharField(_("kolom"), max_length=100, blank=True)
    what = models.JSONField()
    fix = models.JSONField(default=str)
    is_refused = models.BooleanField()

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["delivery", "number", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="entitlements_remark_is_of_a_row"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.number}"


class BridgedRegion(models.Model):
    """Which region of Kemendagri a code of BPS means; loaded from a table that an operator brings."""

    personal = Classified(none="code region edition")

    code = models.CharField(_("kode BPS"), max_length=10, primary_key=True)
    # PROTECT: reference data is replaced by editions, never deleted.
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    edition = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{2}(\d{2}(\d{2,3}|\d{6})?)?$"), name="entitlements_bps_code_is_digits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} → {self.region_id}"
