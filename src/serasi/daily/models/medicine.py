from datetime import date, datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.keeping import kept
from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.daily.enums import Outcome
from serasi.daily.models.correcting import Correctable, correction_is_whole
from serasi.daily.models.policies import of_stay
from serasi.daily.querysets import SEE_MEDICINE, DoseQuerySet, PrescriptionQuerySet
from serasi.residence.models import Stay


@tracked
class Prescription(Record):
    """What a doctor ordered, copied from paper; nothing is prescribed here. Changed by ending it and copying anew.

    ``times`` are the hours of the house; without any the medicine is given when needed. ``period`` are its days.
    """

    personal = Classified(
        none="id unit written_at revision",
        general="written_by",
        specific="stay drug strength dose route times period prescriber paper ended_reason",
    )
    row_policy = of_stay(SEE_MEDICINE)

    # PROTECT: a unit with a history of residents is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: what someone was given stays known.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="prescriptions")
    drug = models.CharField(_("nama obat"), max_length=120)
    strength = models.CharField(_("kekuatan"), max_length=60, blank=True)
    dose = models.CharField(_("takaran sekali minum"), max_length=60)
    route = models.CharField(_("cara pemberian"), max_length=60, blank=True)
    times = ArrayField(models.TimeField(), verbose_name=_("jam pemberian"), default=list, blank=True)
    period = DateRangeField(_("dari sampai"))
    prescriber = models.CharField(_("diresepkan oleh"), max_length=120)
    paper = models.CharField(_("surat atau nomor resep"), max_length=120, blank=True)
    ended_reason = models.CharField(_("alasan dihentikan"), max_length=200, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    revision = RevisionField()

    objects = PrescriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resep")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(drug="") & ~Q(dose="") & ~Q(prescriber=""),
                name="daily_prescription_says_what_and_by_whom",
                violation_error_message=_("Isi nama obat, takaran, dan siapa yang meresepkan."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) | Q(period__isempty=True),
                name="daily_prescription_has_a_start",
                violation_error_message=_("Isi mulai kapan obat diberikan; hari terakhir tidak boleh sebelumnya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drug} {self.strength}".strip()

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user)

    @property
    def latest(self) -> date | None:
        """The latest day on which it is given."""
        return self.period.upper - timedelta(days=1) if self.period.upper else None

    @property
    def is_when_needed(self) -> bool:
        return not self.times

    def is_due_at(self, moment: datetime) -> bool:
        """Whether this moment is one of its hours, on one of its days, in the time of the house."""
        local = moment.astimezone(ZoneInfo(self.stay.unit.time_zone))
        return not self.period.isempty and local.date() in self.period and local.time() in self.times


@tracked
class Dose(Correctable):
    """What became of one dose. ``due_at`` is the moment it was due; none: it was given when needed. ``happened_at`` is
    when it was given or not, or when the carer said so; a phone without signal tells it later (``written_at``)."""

    personal = Classified(
        none="id unit prescription written_at superseded_at replaces",
        general="written_by superseded_by",
        specific="stay due_at happened_at outcome reason superseded_reason",
    )
    row_policy = of_stay(SEE_MEDICINE)
    database_functions: ClassVar[str] = kept("daily_dose")

    # PROTECT: as of the prescription.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: as of the prescription.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="doses")
    # PROTECT: what was given is told by what was ordered.
    prescription = models.ForeignKey(Prescription, models.PROTECT, related_name="doses")
    due_at = models.DateTimeField(_("waktu seharusnya"), null=True, blank=True)
    outcome = models.CharField(_("hasil"), max_length=7, choices=Outcome)
    reason = models.CharField(_("alasan"), max_length=200, blank=True)
    happened_at = models.DateTimeField(_("waktu diberikan"))
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # PROTECT: what was believed before stays readable.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = DoseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemberian obat")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["prescription", "due_at"],
                condition=Q(due_at__isnull=False, superseded_at=None),
                name="daily_a_dose_is_recorded_once",
                violation_error_message=_(
                    "Salah satu obat ini baru saja dicatat petugas lain. Muat ulang halaman obat, lalu lanjutkan."
                ),
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.GIVEN) | ~Q(reason=""),
                name="daily_a_dose_not_given_has_a_reason",
                violation_error_message=_("Tulis alasannya bila obat tidak diberikan."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values) & (Q(due_at__isnull=False) | Q(outcome=Outcome.GIVEN)),
                name="daily_dose_is_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(happened_at__gte=F("due_at") - timedelta(hours=1)),
                name="daily_dose_is_not_of_tomorrow",
                violation_error_message=_("Obat ini belum waktunya."),
            ),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("written_at")),
                name="daily_dose_has_happened",
                violation_error_message=_("Waktu pemberian belum tiba."),
            ),
            correction_is_whole("daily_dose_correction_is_whole"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "-happened_at"], name="daily_dose_by_unit")]

    def __str__(self) -> str:
        return self.get_outcome_display()

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user)
