from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, User, tracked
from serasi.entitlements.enums import How
from serasi.entitlements.models.entry import Entry
from serasi.entitlements.models.policies import CHECK_POLICY, MATCH_POLICY
from serasi.entitlements.querysets import MatchQuerySet, PersonCheckQuerySet
from serasi.people.models import Person


@tracked
class Match(Record):
    """An entry is this person: how that was found, what speaks for it, and what a person said of it.

    ``is_sure`` is the reading of the machine: an exact number, and name or birth agree. ``is_right`` is what somebody
    decided, None while nobody did; what was called wrong stays so, for the same row of a later list too, while this one
    is kept.
    """

    personal = Classified(
        none="id entry how evidence is_sure found_at found_by is_right decided_at decided_by",
        general="person",
        specific="reason",
    )
    row_policy = MATCH_POLICY

    # CASCADE: when the list ends, what it said of whom ends with it.
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="matches")
    # PROTECT: people are merged, never deleted.
    person = models.ForeignKey(Person, models.PROTECT, related_name="entitlement_matches")
    how = models.CharField(_("dicocokkan menurut"), max_length=16, choices=How)
    evidence = ArrayField(models.CharField(max_length=16), default=list)
    is_sure = models.BooleanField()
    found_at = models.DateTimeField()
    # PROTECT: users are switched off, not deleted.
    found_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_right = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    # PROTECT: as above.
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["person", "found_at"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "person"], name="entitlements_match_stands_once"),
            models.CheckConstraint(
                condition=Q(is_right=None, decided_at=None, decided_by=None)
                | Q(is_right__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="entitlements_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(is_right=False) | ~Q(reason=""),
                name="entitlements_wrong_match_has_a_reason",
                violation_error_message=_("Tulis alasan mengapa baris ini bukan orang ini."),
            ),
            models.CheckConstraint(condition=Q(how__in=How.values), name="entitlements_match_how_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.entry_id}"

    @property
    def stands(self) -> bool:
        """Whether it counts: somebody confirmed it, or the machine was sure and nobody denied it."""
        return self.is_sure if self.is_right is None else self.is_right


@tracked
class PersonCheck(Record):
    """Somebody looked a person up: when, and in which deliveries; what was found are the matches."""

    personal = Classified(none="id checked_at checked_by deliveries", general="person")
    row_policy = CHECK_POLICY

    # PROTECT: people are merged, never deleted.
    person = models.ForeignKey(Person, models.PROTECT, related_name="entitlement_checks")
    checked_at = models.DateTimeField()
    # PROTECT: users are switched off, not deleted.
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    deliveries = ArrayField(models.UUIDField(), default=list)

    objects = PersonCheckQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["person", "-checked_at"]
        indexes = [models.Index(fields=["person", "-checked_at"], name="entitlements_check_latest")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.checked_at:%Y-%m-%d}"
