from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, TextField
from django.db.models.functions import Cast, Concat, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Subject
from serasi.access.models import Classified, EmergencyAccess, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.cases.database import CASE_FUNCTIONS
from serasi.cases.enums import Approach, AreaTag, Confidentiality, Risk, TeamPart
from serasi.cases.models.part import CasePart
from serasi.cases.models.process import Stage
from serasi.cases.models.report import Report
from serasi.common.lookups import one_column_of
from serasi.people.models import Person, PersonTeam


class CaseQuerySet(models.QuerySet["Case"]):
    """Its "now" is the database's, as it is to the row policies: a statement can be made once and asked later."""

    def visible_to(self, actor: User) -> Self:
        """Cases whose file this user may open: on the team, within an emergency, or a whole unit by role."""
        if actor.scope.is_system:
            return self
        mine = Q(pk__among=one_column_of(TeamMember.objects.in_force(Now()).filter(user=actor), "case"))
        if not actor.scope.has("cases.case.open"):
            mine = Q(pk__in=[])
        glass = EmergencyAccess.objects.in_force(Now()).filter(user=actor, subject=Subject.CASE)
        units = Unit.objects.reached_by(actor, "cases.case.open")
        # Two conditions, so that the first is a matter of ids alone and an index serves it.
        return self.filter(
            Q(unit__id__among=one_column_of(units)) | mine | Q(pk__among=one_column_of(glass, "subject_id")),
            ~Q(confidentiality=Confidentiality.SEALED) | mine,
        )

    def named_to(self, reader: User) -> Self:
        """Files whose person this reader may name; `queries.header.name_shown` says the same of one file."""
        if reader.scope.is_system:
            return self
        of_team = Exists(TeamMember.objects.in_force(Now()).filter(case=OuterRef("pk"), user=reader))
        of_person = Exists(PersonTeam.objects.filter(person=OuterRef("person"), user=reader, until_at=None))
        return self.filter(
            ~Q(confidentiality=Confidentiality.SPPA) | of_team,
            ~Q(person__confidentiality=Confidentiality.SPPA) | of_person,
        )

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def of_team_member(self, user: User) -> Self:
        """Cases on whose team the user is now."""
        return self.filter(Exists(TeamMember.objects.in_force(Now()).filter(case=OuterRef("pk"), user=user)))


@tracked
class CaseSeries(Record):
    """The number given last to a case of one unit in one year.

    Numbers run without gaps, sealed cases included: the row is locked by whoever takes the next one.
    """

    personal = Classified(none="id unit year latest")

    # PROTECT: numbers given out stay explained.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    latest = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="cases_one_case_series_per_unit_and_year"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}/{self.year}"


@tracked
class Case(Record):
    """The file of helping one person at one unit, from opening to closing and, if need be, reopening.

    The next date to watch is not kept here: `queries.due` computes it from what is open.
    ``stage`` and ``closed_at`` are changed by one operation alone (`operations.stage.move`), which writes the dated
    `StageChange` beside it; a test over random walks proves that both always agree.
    """

    personal = Classified(
        none="id number unit stage opened_at opened_by closed_at revision report",
        specific="person cluster confidentiality tags risk",
    )
    row_policy = """
        ((SELECT access_may('cases.case.open')) AND id = ANY(ARRAY(
            SELECT member.case_id FROM cases_teammember member
            WHERE member.user_id = access_actor() AND member.period @> clock_timestamp())))
        OR (confidentiality <> 'sealed' AND (
            unit_id = ANY((SELECT access_units('cases.case.open'))::uuid[])
            OR id = ANY(ARRAY(
                SELECT glass.subject_id FROM access_emergencyaccess glass
                WHERE glass.user_id = access_actor() AND glass.subject = 'case'
                    AND glass.starts_at <= clock_timestamp() AND glass.ends_at > clock_timestamp()))))
    """

    database_functions = CASE_FUNCTIONS

    number = models.CharField(_("nomor kasus"), max_length=40, unique=True)
    # PROTECT: a person with a file stays in the register.
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    # PROTECT: a unit with cases is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases")
    # PROTECT: the report is the first page of the file.
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="cases")
    # PROTECT: reference data.
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="+")
    cluster = models.CharField(_("klaster"), max_length=40)
    confidentiality = models.CharField(_("kerahasiaan"), max_length=10, choices=Confidentiality)
    tags = ArrayField(models.CharField(max_length=12, choices=AreaTag), default=list, blank=True)
    risk = models.CharField(_("risiko"), max_length=6, choices=Risk, default=Risk.MEDIUM)
    opened_at = models.DateTimeField(_("dibuka"))
    # PROTECT: authorship stays.
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("ditutup"), null=True, blank=True)
    revision = RevisionField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-opened_at"]
        indexes = [
            models.Index(fields=["unit", "-opened_at"], name="cases_case_by_unit"),
            models.Index(fields=["unit", "stage"], condition=Q(closed_at=None), name="cases_case_open_by_stage"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit"],
                condition=Q(closed_at=None),
                name="cases_one_open_case_per_person_and_unit",
                violation_error_message=_("Orang ini masih mempunyai kasus terbuka di unit ini."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="cases_case_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_sealed(self) -> bool:
        return self.confidentiality == Confidentiality.SEALED

    def guard_for(self, user: User) -> Guard:
        """Costs two queries at most: the team, or else an emergency in force, which reads and writes nothing."""
        is_team = self.has_on_team(user)
        return Guard(
            self.unit.path,
            is_team=is_team,
            is_sealed=self.is_sealed,
            is_emergency=not (is_team or self.is_sealed) and self._is_opened_in_emergency_by(user),
        )

    def has_on_team(self, user: User, *, at: datetime | None = None) -> bool:
        return TeamMember.objects.in_force(at or timezone.now()).filter(case=self, user=user).exists()

    def _is_opened_in_emergency_by(self, user: User) -> bool:
        return (
            EmergencyAccess.objects.in_force(timezone.now())
            .filter(user=user, subject=Subject.CASE, subject_id=self.pk)
            .exists()
        )


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def in_force(self, at: datetime | Now) -> Self:
        return self.filter(period__contains=at)


@tracked
class TeamMember(Record):
    """A user works on a case in some part for a period: the need-to-know of the file.

    The period is of moments, not days: who is taken off a team stops reading its file at once.
    """

    personal = Classified(none="id case part profession period", general="user")

    # PROTECT: who worked on a case stays known.
    case = models.ForeignKey(Case, models.PROTECT, related_name="teammembers")
    # PROTECT: as above.
    user = models.ForeignKey(User, models.PROTECT, related_name="teams")
    part = models.CharField(_("peran dalam tim"), max_length=12, choices=TeamPart)
    profession = models.CharField(_("profesi"), max_length=80, blank=True)
    period = DateTimeRangeField()

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            # Case and user as one value: else the planner looks for a user's cases here, and reads the whole index.
            ExclusionConstraint(
                name="cases_team_member_once_at_a_time",
                expressions=[
                    (Concat(Cast("case", TextField()), Cast("user", TextField())), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Orang ini sudah ada dalam tim kasus."),
            ),
            ExclusionConstraint(
                name="cases_one_manager_at_a_time",
                expressions=[(F("case"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
                condition=Q(part=TeamPart.MANAGER),
                violation_error_message=_("Kasus ini sudah mempunyai manajer kasus."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False, period__isempty=False),
                name="cases_team_member_has_a_start",
            ),
        ]
        indexes = [models.Index(fields=["user", "case"], include=["period"], name="cases_team_of_user")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_part_display()})"


@tracked
class StageChange(CasePart):
    """The case went from one stage to another: when, by whom, why."""

    personal = Classified(none="id case written_by written_at from_stage to_stage", specific="reason")

    # PROTECT: reference data.
    from_stage = models.ForeignKey(Stage, models.PROTECT, null=True, related_name="+")
    # PROTECT: reference data.
    to_stage = models.ForeignKey(Stage, models.PROTECT, related_name="+")
    reason = models.TextField(_("alasan"), max_length=2000, blank=True)

    class Meta:
        ordering: ClassVar = ["written_at"]

    def __str__(self) -> str:
        return f"{self.case}: {self.to_stage}"


@tracked
class ApproachPeriod(CasePart):
    """During this time the case is helped by this approach; approaches may overlap, one file holds them all."""

    personal = Classified(none="id case written_by written_at approach agent period", specific="reason")

    approach = models.CharField(_("pendekatan"), max_length=12, choices=Approach)
    # PROTECT: who the agent was stays known.
    agent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    period = DateTimeRangeField()
    reason = models.TextField(_("alasan"), max_length=2000, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="cases_approach_once_at_a_time",
                expressions=[
                    (F("case"), RangeOperators.EQUAL),
                    (F("approach"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Pendekatan ini sudah berjalan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_approach_display()}"


@tracked
class RiskRating(CasePart):
    """Someone rated the risk of a case, and says why."""

    personal = Classified(none="id case written_by written_at", specific="level reason")

    level = models.CharField(_("risiko"), max_length=6, choices=Risk)
    reason = models.TextField(_("alasan"), max_length=2000)

    class Meta:
        ordering: ClassVar = ["-written_at"]

    def __str__(self) -> str:
        return f"{self.case}: {self.level}"
