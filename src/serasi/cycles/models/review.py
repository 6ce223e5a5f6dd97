from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.keeping import kept
from serasi.access.models import Classified, Record, RevisionField, User, tracked
from serasi.access.scope import Guard
from serasi.cases.enums import GoalResult
from serasi.cases.models import Goal, Task
from serasi.cycles.enums import ReviewKind
from serasi.cycles.models.cycle import Cycle
from serasi.cycles.querysets import MeetingQuerySet, ReviewQuerySet

_OF_REVIEW = "EXISTS (SELECT 1 FROM cycles_review review WHERE review.id = review_id)"
_OF_MEETING = "EXISTS (SELECT 1 FROM cycles_meeting meeting WHERE meeting.id = meeting_id)"
RESULTS = (GoalResult.ACHIEVED, GoalResult.PARTLY, GoalResult.NOT_YET)
_USER_OR_NAME = Q(user__isnull=False, name="") | (Q(user=None) & ~Q(name=""))


@tracked
class Review(Record):
    """One of the three meetings that a cycle asks for, by the day it is due; perhaps planned for a moment.

    It is held once there is a `Meeting` in force.
    """

    personal = Classified(none="id cycle kind due_on planned_at revision", specific="planned_place")
    row_policy = "EXISTS (SELECT 1 FROM cycles_cycle turn WHERE turn.id = cycle_id)"

    # PROTECT: part of the cycle, which is ended and never deleted.
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reviews")
    kind = models.CharField(_("jenis tinjauan"), max_length=8, choices=ReviewKind)
    due_on = models.DateField(_("paling lambat"))
    planned_at = models.DateTimeField(_("direncanakan"), null=True, blank=True)
    planned_place = models.CharField(_("tempat"), max_length=120, blank=True)
    revision = RevisionField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("tinjauan")
        ordering: ClassVar = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kind"], name="cycles_each_review_once_in_a_cycle"),
            models.CheckConstraint(condition=Q(kind__in=ReviewKind.values), name="cycles_review_kind_is_known"),
            models.CheckConstraint(
                condition=Q(planned_at__isnull=False) | Q(planned_place=""), name="cycles_review_place_has_its_time"
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="cycles_review_by_day")]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def guard_for(self, user: User) -> Guard:
        return self.cycle.guard_for(user)

    @property
    def is_closing(self) -> bool:
        return self.kind == ReviewKind.CLOSING


@tracked
class Invitation(Record):
    """Somebody is asked to come to a review: staff, or a name from outside. The person themself always is."""

    personal = Classified(none="id review", general="user name as_what")
    row_policy = _OF_REVIEW

    # CASCADE: part of the review.
    review = models.ForeignKey(Review, models.CASCADE, related_name="invitations")
    # PROTECT: who was asked stays known.
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("nama"), max_length=150, blank=True)
    as_what = models.CharField(_("sebagai"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("undangan")
        constraints = [
            models.CheckConstraint(condition=_USER_OR_NAME, name="cycles_invitation_is_for_user_or_name"),
            models.UniqueConstraint(
                fields=["review", "user"], condition=Q(user__isnull=False), name="cycles_user_is_invited_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.user)


@tracked
class Meeting(Record):
    """A review as it was held. Never edited, never deleted: a correction supersedes it.

    ``own_words`` is what the person says of themself, and stands first. Without them, ``absence_reason`` says why.
    """

    personal = Classified(
        none="id review held_on written_at superseded_at replaces",
        general="written_by superseded_by",
        specific="place person_was_there absence_reason own_words summary superseded_reason",
    )
    row_policy = _OF_REVIEW
    withheld: ClassVar[str] = "DELETE"
    database_functions: ClassVar[str] = kept("cycles_meeting")

    # PROTECT: what was said stays said.
    review = models.ForeignKey(Review, models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("tanggal"))
    place = models.CharField(_("tempat"), max_length=120, blank=True)
    person_was_there = models.BooleanField(_("orangnya hadir"))
    absence_reason = models.CharField(_("mengapa tidak hadir"), max_length=500, blank=True)
    own_words = models.TextField(_("kata-katanya sendiri"), max_length=4000, blank=True)
    summary = models.TextField(_("ringkasan"), max_length=4000)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    superseded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    superseded_reason = models.CharField(_("alasan pembetulan"), max_length=500, blank=True)
    # PROTECT: what was believed before stays readable.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pelaksanaan tinjauan")
        ordering: ClassVar = ["-written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(superseded_at=None),
                name="cycles_review_is_held_once",
                violation_error_message=_("Tinjauan ini sudah dicatat. Betulkan catatan yang ada."),
            ),
            models.CheckConstraint(
                condition=Q(person_was_there=True, absence_reason="")
                | (Q(person_was_there=False) & ~Q(absence_reason="")),
                name="cycles_absence_has_a_reason",
                violation_error_message=_("Tulis mengapa orangnya tidak hadir."),
            ),
            models.CheckConstraint(
                condition=~Q(summary=""),
                name="cycles_meeting_has_a_summary",
                violation_error_message=_("Tulis ringkasannya."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None, superseded_by=None, superseded_reason="")
                | Q(superseded_at__gte=F("written_at"), superseded_by__isnull=False) & ~Q(superseded_reason=""),
                name="cycles_meeting_correction_is_whole",
                violation_error_message=_("Tulis mengapa catatan ini dibetulkan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d}"

    @property
    def is_in_force(self) -> bool:
        return self.superseded_at is None

    def guard_for(self, user: User) -> Guard:
        return self.review.guard_for(user)


@tracked
class Seat(Record):
    """Who sat at a review beside the person: staff, or a name from outside."""

    personal = Classified(none="id meeting", general="user name as_what")
    row_policy = _OF_MEETING

    # PROTECT: part of the meeting.
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="seats")
    # PROTECT: who took part stays known.
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("nama"), max_length=150, blank=True)
    as_what = models.CharField(_("sebagai"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("peserta tinjauan")
        constraints = [
            models.CheckConstraint(condition=_USER_OR_NAME, name="cycles_seat_is_of_user_or_name"),
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=Q(user__isnull=False), name="cycles_user_sits_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.user)


@tracked
class GoalOutcome(Record):
    """What became of one goal of the plan in a cycle, said at its closing review.

    ``statement`` is the goal as it read then: who may not open the plan, as the person themself, reads it here.
    """

    personal = Classified(none="id meeting goal", specific="statement result reason carries_over")
    row_policy = _OF_MEETING

    # PROTECT: part of the meeting.
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="outcomes")
    # PROTECT: the goal stays known.
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="+")
    statement = models.TextField(_("tujuan"))
    result = models.CharField(_("hasil"), max_length=10, choices=GoalResult)
    reason = models.CharField(_("alasan"), max_length=500, blank=True)
    carries_over = models.BooleanField(_("dibawa ke siklus berikutnya"), default=False)

    class Meta:
        verbose_name = _("hasil tujuan")
        ordering: ClassVar = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "goal"], name="cycles_goal_is_answered_once"),
            models.CheckConstraint(condition=Q(result__in=RESULTS), name="cycles_result_is_known"),
            models.CheckConstraint(
                condition=Q(result=GoalResult.ACHIEVED) | ~Q(reason=""),
                name="cycles_unreached_goal_has_a_reason",
                violation_error_message=_("Tulis mengapa tujuan ini belum tercapai seluruhnya."),
            ),
            models.CheckConstraint(
                condition=Q(carries_over=False) | ~Q(result=GoalResult.ACHIEVED),
                name="cycles_achieved_goal_is_not_carried_over",
                violation_error_message=_("Tujuan yang sudah tercapai tidak dibawa ke siklus berikutnya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_result_display()}"


@tracked
class Decision(Record):
    """Something decided at a review, as a task of the case: its owner has it among what is to do."""

    personal = Classified(none="id review task")
    row_policy = _OF_REVIEW

    # PROTECT: where it was decided stays known.
    review = models.ForeignKey(Review, models.PROTECT, related_name="decisions")
    # PROTECT: as above.
    task = models.OneToOneField(Task, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("keputusan tinjauan")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return str(self.task)
