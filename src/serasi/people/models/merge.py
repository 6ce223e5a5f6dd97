from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.people.models.person import Person
from serasi.people.models.policies import as_either, as_person


@tracked
class Merge(Record):
    """Two records were found to be one person: what was moved, what was chosen, and what undoing needs.

    ``moved`` lists the ids of moved rows by table and column; ``before`` holds the kept record's columns as the
    database stored them (identity numbers stay encrypted); ``after`` what the merge put there.
    """

    personal = Classified(
        none="id kept absorbed merged_at moved choices repointed undone_at",
        general="merged_by undone_by",
        specific="reason undo_reason",
        secret="before after",
    )
    row_policy = as_person("people_merge", "kept_id")

    # PROTECT: evidence of who the person is.
    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    # PROTECT: as above.
    absorbed = models.ForeignKey(Person, models.PROTECT, related_name="merges_away")
    reason = models.CharField(_("alasan"), max_length=500)
    choices = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    repointed = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    merged_at = models.DateTimeField()
    # PROTECT: users are switched off, not deleted.
    merged_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: as above.
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undo_reason = models.CharField(_("alasan pembatalan"), max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-merged_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="people_merge_is_of_two"),
            models.CheckConstraint(
                condition=~Q(reason=""), name="people_merge_has_a_reason", violation_error_message=_("Isi alasannya.")
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undo_reason="")
                | Q(undone_at__isnull=False, undone_at__gte=F("merged_at"), undone_by__isnull=False)
                & ~Q(undo_reason=""),
                name="people_merge_undo_is_whole",
            ),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at=None), name="people_absorbed_into_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"


@tracked
class Distinction(Record):
    """Someone looked at two alike records and decided that they are two people."""

    personal = Classified(none="id person other decided_at", general="decided_by", specific="reason")
    row_policy = as_either("people_distinction")

    # CASCADE: part of the person.
    person = models.ForeignKey(Person, models.CASCADE, related_name="distinctions")
    # CASCADE: the decision has no meaning without its other end.
    other = models.ForeignKey(Person, models.CASCADE, related_name="distinctions_from")
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    decided_at = models.DateTimeField()
    # PROTECT: users are switched off, not deleted.
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="people_distinction_is_of_two"),
            models.UniqueConstraint(fields=["person", "other"], name="people_distinction_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ≠ {self.other_id}"
