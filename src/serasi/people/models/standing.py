"""Which units know a person, and which users are with a sealed or court-case person: what visibility follows from."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.people.models.person import Person
from serasi.people.models.policies import CIRCLE, UNIT_POLICY
from serasi.people.querysets import PersonUnitQuerySet


@tracked
class PersonUnit(Record):
    """A unit knows a person, from a moment and perhaps until one. Who works there sees the person.

    What the database alone writes here of the person: ``is_sealed`` for row-level security, and ``listed_as``, what the
    list of the unit is sorted by; null for a merged record, in no list (empty is without a name).
    """

    personal = Classified(none="id unit since_at until_at is_sealed", general="person listed_as", specific="reason")
    row_policy = UNIT_POLICY

    # CASCADE: part of the person.
    person = models.ForeignKey(Person, models.CASCADE, related_name="units")
    # PROTECT: a unit with people is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    since_at = models.DateTimeField(_("sejak"))
    until_at = models.DateTimeField(_("sampai"), null=True, blank=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    is_sealed = models.BooleanField(default=False, editable=False)
    listed_as = models.CharField(max_length=400, null=True, editable=False)

    objects = PersonUnitQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["since_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("since_at")), name="people_unit_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["person", "unit"],
                include=["is_sealed"],
                condition=Q(until_at=None),
                name="people_unit_knows_a_person_once",
                violation_error_message=_("Orang ini sudah terdaftar di unit tersebut."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "person"], include=["is_sealed"], name="people_unit_open", condition=Q(until_at=None)
            ),
            models.Index(
                fields=["unit", "listed_as", "person"],
                include=["is_sealed"],
                name="people_unit_by_name",
                condition=Q(listed_as__isnull=False, until_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} – {self.unit_id}"


@tracked
class PersonTeam(Record):
    """A user who is with a person: the only way to see a sealed one, or to read the name of a child in a court case."""

    personal = Classified(none="id since_at until_at", general="person user")
    row_policy = f"people_personteam.user_id = access_actor() OR people_personteam.person_id = {CIRCLE}"

    # CASCADE: part of the person.
    person = models.ForeignKey(Person, models.CASCADE, related_name="team")
    # PROTECT: users are switched off, not deleted.
    user = models.ForeignKey(User, models.PROTECT, related_name="people_teams")
    since_at = models.DateTimeField(_("sejak"))
    until_at = models.DateTimeField(_("sampai"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("since_at")), name="people_team_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["person", "user"], condition=Q(until_at=None), name="people_team_has_a_user_once"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "person"], name="people_team_open", condition=Q(until_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} – {self.user_id}"
