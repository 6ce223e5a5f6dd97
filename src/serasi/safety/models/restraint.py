from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.people.models import Person
from serasi.safety.enums import Condition, Danger, RestraintKind, Standing
from serasi.safety.models.incident import Incident
from serasi.safety.models.policies import OF_RESTRAINT, RESTRAINT_POLICY
from serasi.safety.querysets import RestraintPartQuerySet, RestraintQuerySet


@tracked
class Restraint(Record):
    """Someone is held, fastened or shut in, because nothing else keeps them or others from harm.

    The limits are those in force when it began. Whether a check is late or the limit has passed follows from the
    checks and renewals (`RestraintQuerySet.with_clock`).
    """

    personal = Classified(
        none="id unit limit_minutes check_minutes",
        general="begun_by ended_by reviewed_by",
        specific="person tag incident kind standing danger account tried decided_by informed period end_note review"
        " reviewed_at",
    )
    row_policy = RESTRAINT_POLICY
    withheld: ClassVar[str] = "DELETE"

    # PROTECT: a unit with a register is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: what was done to someone stays known.
    person = models.ForeignKey(Person, models.PROTECT, related_name="restraints")
    tag = models.CharField(max_length=12, blank=True)
    # PROTECT: what led to it.
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="restraints")
    kind = models.CharField(_("cara"), max_length=10, choices=RestraintKind)
    standing = models.CharField(_("batas untuk"), max_length=8, choices=Standing)
    danger = models.CharField(_("bahaya"), max_length=6, choices=Danger)
    account = models.TextField(_("apa yang terjadi"))
    tried = models.TextField(_("yang sudah dicoba lebih dahulu"))
    decided_by = models.CharField(_("diputuskan oleh"), max_length=150)
    informed = models.CharField(_("yang diberi tahu"), max_length=300, blank=True)
    period = DateTimeRangeField(_("berlangsung"))
    limit_minutes = models.PositiveSmallIntegerField()
    check_minutes = models.PositiveSmallIntegerField()
    # PROTECT: authorship stays.
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # PROTECT: as above.
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    end_note = models.TextField(_("keadaan saat diakhiri"), blank=True)
    # PROTECT: as above.
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review = models.TextField(pgettext_lazy("pengekangan", "tinjauan"), blank=True)

    objects = RestraintQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengekangan atau isolasi")
        ordering: ClassVar = ["-period"]
        constraints = [
            ExclusionConstraint(
                name="safety_one_restraint_at_a_time",
                expressions=[(F("person"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
                violation_error_message=_(
                    "Orang ini tercatat sedang dikekang atau diisolasi pada waktu itu. Akhiri dahulu yang itu."
                ),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) & Q(period__isempty=False),
                name="safety_restraint_has_a_start",
                violation_error_message=_("Waktu berakhir harus sesudah waktu mulai."),
            ),
            models.CheckConstraint(
                condition=~Q(account="") & ~Q(tried="") & ~Q(decided_by=""),
                name="safety_restraint_is_accounted_for",
                violation_error_message=_(
                    "Tulis apa yang terjadi, apa yang dicoba lebih dahulu, dan siapa yang memutuskan."
                ),
            ),
            models.CheckConstraint(
                condition=Q(limit_minutes__gt=0, check_minutes__gt=0), name="safety_restraint_has_limits"
            ),
            models.CheckConstraint(
                condition=Q(period__endswith__isnull=True, ended_by=None, end_note="")
                | Q(period__endswith__isnull=False, ended_by__isnull=False) & ~Q(end_note=""),
                name="safety_restraint_ends_whole",
                violation_error_message=_("Tulis keadaannya saat diakhiri."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, review="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, ended_by__isnull=False) & ~Q(review=""),
                name="safety_restraint_is_reviewed_after_its_end",
                violation_error_message=_("Yang masih berlangsung belum dapat ditinjau."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RestraintKind.values, danger__in=Danger.values, standing__in=Standing.values),
                name="safety_restraint_codes_are_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.tag}"

    @property
    def began_at(self) -> datetime:
        return self.period.lower  # type: ignore[no-any-return]

    @property
    def ended_at(self) -> datetime | None:
        return self.period.upper  # type: ignore[no-any-return]

    @property
    def is_running(self) -> bool:
        return self.period.upper is None

    def guard_for(self, _user: User) -> Guard:
        """It is kept by the house; the person's team reads it (`visible_to`)."""
        return Guard(self.unit.path)


class RestraintPart(Record):
    """What is added to a restraint and never changed."""

    row_policy = OF_RESTRAINT
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: part of the register.
    restraint = models.ForeignKey(Restraint, models.PROTECT, related_name="%(class)ss")
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = RestraintPartQuerySet.as_manager()

    class Meta:
        abstract = True


@tracked
class RestraintCheck(RestraintPart):
    """Someone went and looked."""

    personal = Classified(none="id restraint written_at", general="written_by", specific="checked_at condition note")

    checked_at = models.DateTimeField(_("waktu diperiksa"))
    condition = models.CharField(_("keadaan"), max_length=10, choices=Condition)
    note = models.CharField(_("keterangan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("pemeriksaan")
        ordering: ClassVar = ["checked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at__lte=F("written_at"), condition__in=Condition.values),
                name="safety_check_is_whole",
                violation_error_message=_("Waktu pemeriksaan tidak boleh di masa depan."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_condition_display()


@tracked
class RestraintRenewal(RestraintPart):
    """The head decides that it goes on, until a moment."""

    personal = Classified(none="id restraint written_at", general="written_by", specific="until_at reason")

    until_at = models.DateTimeField(_("paling lama sampai"))
    reason = models.CharField(_("alasan diperpanjang"), max_length=500)

    class Meta:
        verbose_name = _("perpanjangan")
        ordering: ClassVar = ["written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gt=F("written_at")) & ~Q(reason=""),
                name="safety_renewal_is_whole",
                violation_error_message=_("Tulis mengapa harus diperpanjang."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason
