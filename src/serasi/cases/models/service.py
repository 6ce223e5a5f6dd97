from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.cases.enums import Approach, AreaTag, NoteKind
from serasi.cases.models.part import TAGGED_POLICY, CasePart
from serasi.cases.models.plan import ServiceLine
from serasi.cases.models.process import Component


@tracked
class GroupSession(Record):
    """A service given to several people at once; each of them has a `Delivery` of their own."""

    personal = Classified(none="id unit component title held_at minutes written_by written_at", specific="note")
    row_policy = (
        "unit_id = ANY((SELECT access_units('cases.service.deliver'))::uuid[]) OR written_by_id = access_actor()"
        " OR EXISTS (SELECT 1 FROM cases_delivery delivery WHERE delivery.session_id = cases_groupsession.id)"
    )

    # PROTECT: what was done stays known.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: reference data.
    component = models.ForeignKey(Component, models.PROTECT, related_name="+")
    title = models.CharField(_("kegiatan"), max_length=200)
    held_at = models.DateTimeField(_("waktu"))
    minutes = models.PositiveSmallIntegerField(_("lama (menit)"), null=True, blank=True)
    note = models.TextField(_("catatan"), max_length=4000, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-held_at"]

    def __str__(self) -> str:
        return f"{self.title}, {self.held_at:%Y-%m-%d}"

    def guard_for(self, user: User) -> Guard:
        return Guard(self.unit.path, is_own=self.written_by_id == user.pk)


@tracked
class Delivery(CasePart):
    """A service was given: on a line of the plan, or beside it; alone or in a group. Counted per component.

    What was recorded wrongly is withdrawn with a reason: it stays readable and is counted no more.
    """

    personal = Classified(
        none="id case written_by written_at line session component approach delivered_at minutes provider_name quantity"
        " withdrawn_at withdrawn_by",
        specific="activity note withdraw_reason",
    )

    # PROTECT: the promise it kept stays known.
    line = models.ForeignKey(ServiceLine, models.PROTECT, null=True, blank=True, related_name="deliveries")
    # PROTECT: the group it was given in stays known.
    session = models.ForeignKey(GroupSession, models.PROTECT, null=True, blank=True, related_name="deliveries")
    # PROTECT: reference data.
    component = models.ForeignKey(Component, models.PROTECT, related_name="+")
    activity = models.CharField(_("layanan"), max_length=200)
    approach = models.CharField(_("pendekatan"), max_length=12, choices=Approach)
    delivered_at = models.DateTimeField(_("waktu"))
    minutes = models.PositiveSmallIntegerField(_("lama (menit)"), null=True, blank=True)
    quantity = models.PositiveSmallIntegerField(_("jumlah"), default=1)
    provider_name = models.CharField(_("pelaksana"), max_length=150)
    note = models.TextField(_("catatan"), max_length=4000, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdraw_reason = models.CharField(_("alasan pembatalan"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-delivered_at"]
        indexes = [models.Index(fields=["case", "component"], name="cases_delivery_per_component")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "session"],
                condition=Q(session__isnull=False, withdrawn_at=None),
                name="cases_delivery_once_per_session",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="cases_delivery_counts_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdraw_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdraw_reason="")),
                name="cases_withdrawn_delivery_says_why",
                violation_error_message=_("Tuliskan alasan pembatalan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.activity}"


@tracked
class Note(CasePart):
    """A progress, contact, visit or supervision note. Written once; a correction is a new note that names the old.

    A supervision note is guidance to the team and stands in the person's file: whoever may open the file reads it, and
    only supervisors and heads write one. What should stay between supervisor and worker does not belong in the file.
    """

    personal = Classified(none="id case written_by written_at kind happened_at corrects revision", specific="tags text")
    row_policy = TAGGED_POLICY

    kind = models.CharField(_("jenis catatan"), max_length=12, choices=NoteKind)
    happened_at = models.DateTimeField(_("waktu kejadian"))
    tags = ArrayField(models.CharField(max_length=12, choices=AreaTag), default=list, blank=True)
    text = models.TextField(_("catatan"), max_length=8000)
    # PROTECT: the corrected note stays readable.
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    revision = RevisionField()

    class Meta:
        ordering: ClassVar = ["-happened_at"]
        indexes = [models.Index(fields=["case", "-happened_at"], name="cases_note_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="cases_note_says_something",
                violation_error_message=_("Tuliskan catatannya."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.case}"
