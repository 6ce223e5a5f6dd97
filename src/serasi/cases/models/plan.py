from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.cases.enums import Aim, Approach
from serasi.cases.models.part import CasePart
from serasi.cases.models.process import Component

_OF_PLAN = "EXISTS (SELECT 1 FROM cases_plan plan WHERE plan.id = plan_id)"


@tracked
class Plan(CasePart):
    """A service plan: goals per aim and the services meant to reach them. Versions follow one another.

    A plan is in force from its approval (`Approval`) until the next one is approved; a draft may be changed, an
    approved one only followed by a new version.
    """

    personal = Classified(
        none="id case written_by written_at version starts_on ends_on submitted_at approved_at revision",
        specific="summary",
    )

    version = models.PositiveSmallIntegerField()
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"))
    summary = models.TextField(_("ringkasan masalah dan harapan"), max_length=4000, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    revision = RevisionField()

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="cases_plan_version_is_unique"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(approved_at=None),
                name="cases_one_draft_plan_per_case",
                violation_error_message=_("Masih ada rancangan rencana yang belum disetujui."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="cases_plan_ends_after_start",
                violation_error_message=_("Tanggal selesai rencana harus setelah tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(submitted_at__isnull=False),
                name="cases_plan_is_submitted_first",
            ),
        ]

    def __str__(self) -> str:
        return f"Rencana {self.version} {self.case}"

    @property
    def is_draft(self) -> bool:
        return self.submitted_at is None

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None


@tracked
class Goal(Record):
    """What should be true for the person, under one of the three aims, by a day, known by an indicator."""

    personal = Classified(
        none="id plan aim target_date order continues revision", specific="statement indicator baseline"
    )
    row_policy = _OF_PLAN

    # CASCADE: part of the plan.
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    aim = models.CharField(_("tujuan keberfungsian"), max_length=10, choices=Aim)
    statement = models.CharField(_("tujuan"), max_length=300)
    indicator = models.CharField(_("tanda tercapai"), max_length=300)
    baseline = models.CharField(_("keadaan sekarang"), max_length=300, blank=True)
    target_date = models.DateField(_("target"))
    order = models.PositiveSmallIntegerField(default=0)
    # PROTECT: the goal of the version before, so that progress is read across versions.
    continues = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    revision = RevisionField()

    class Meta:
        ordering: ClassVar = ["aim", "order", "id"]

    def __str__(self) -> str:
        return self.statement


@tracked
class ServiceLine(Record):
    """One service the plan promises: which component, who gives it, when and how often, by which approach."""

    personal = Classified(
        none="id plan goal component approach provider provider_unit frequency planned_count starts_on ends_on"
        " revision",
        specific="activity",
    )
    row_policy = _OF_PLAN

    # CASCADE: part of the plan.
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines")
    # CASCADE: the goal belongs to the same plan.
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="lines")
    # PROTECT: reference data.
    component = models.ForeignKey(Component, models.PROTECT, related_name="+")
    activity = models.CharField(_("layanan"), max_length=200)
    approach = models.CharField(_("pendekatan"), max_length=12, choices=Approach)
    # PROTECT: who was meant to serve stays known.
    provider = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pelaksana")
    )
    # PROTECT: as above.
    provider_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    frequency = models.CharField(_("seberapa sering"), max_length=80)
    planned_count = models.PositiveSmallIntegerField(_("jumlah direncanakan"))
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"))
    revision = RevisionField()

    class Meta:
        ordering: ClassVar = ["component", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="cases_service_line_ends_after_start",
                violation_error_message=_("Tanggal selesai layanan tidak boleh sebelum mulai."),
            ),
            models.CheckConstraint(
                condition=Q(planned_count__gt=0),
                name="cases_service_line_is_given_at_least_once",
                violation_error_message=_("Jumlah layanan paling sedikit satu."),
            ),
            models.CheckConstraint(
                condition=Q(provider__isnull=False) | Q(provider_unit__isnull=False),
                name="cases_service_line_has_a_provider",
                violation_error_message=_("Pilih pelaksana layanan."),
            ),
        ]

    def __str__(self) -> str:
        return self.activity
