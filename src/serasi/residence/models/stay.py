from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.cases.models import Case
from serasi.people.models import Person
from serasi.residence.enums import Property
from serasi.residence.models.policies import of_person_and_unit
from serasi.residence.querysets import StayQuerySet


@tracked
class Stay(Record):
    """One person lives in one institution, from arrival to end.

    ``period`` is drawn from the movements by the database (`residence_draw`), never typed. ``tag`` is the number worn
    or shown where a name must not be; it is the person's alone for as long as the stay lasts.
    """

    personal = Classified(
        none="id unit tag revision",
        specific="person case purpose exit_plan expected_end needs came_from period",
    )
    row_policy = of_person_and_unit("residence_stay")

    # PROTECT: where someone lived stays known for ever.
    person = models.ForeignKey(Person, models.PROTECT, related_name="stays")
    # PROTECT: a unit with a history of residents is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="stays")
    # PROTECT: the file says why the person lives here.
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="stays")
    tag = models.CharField(_("nomor tanda"), max_length=12)
    purpose = models.CharField(_("tujuan tinggal"), max_length=300)
    exit_plan = models.CharField(_("rencana keluar"), max_length=300)
    expected_end = models.DateField(_("perkiraan selesai"), null=True, blank=True)
    needs = ArrayField(
        models.CharField(max_length=12, choices=Property), verbose_name=_("kebutuhan tempat"), default=list, blank=True
    )
    # PROTECT: a chain of stays stays whole.
    came_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="went_to")
    period = DateTimeRangeField(_("masa tinggal"))
    revision = RevisionField()

    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name = _("masa tinggal")
        ordering: ClassVar = ["-period"]
        constraints = [
            ExclusionConstraint(
                name="residence_person_lives_in_one_place",
                expressions=[(F("person"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
                violation_error_message=_(
                    "Orang ini tercatat tinggal di sebuah lembaga pada masa itu. Akhiri dahulu masa tinggal itu,"
                    " atau pindahkan dari sana."
                ),
            ),
            ExclusionConstraint(
                name="residence_tag_is_of_one_stay",
                expressions=[
                    (F("unit"), RangeOperators.EQUAL),
                    (F("tag"), RangeOperators.EQUAL),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Nomor tanda ini sedang dipakai orang lain. Pilih nomor lain."),
            ),
            models.CheckConstraint(
                condition=~Q(tag=""), name="residence_stay_has_a_tag", violation_error_message=_("Isi nomor tandanya.")
            ),
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(exit_plan=""),
                name="residence_stay_has_purpose_and_exit_plan",
                violation_error_message=_("Isi tujuan tinggal dan rencana keluarnya sejak hari pertama."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) | Q(period__isempty=True),
                name="residence_stay_has_a_start",
                violation_error_message=_("Waktu selesai harus sesudah waktu masuk."),
            ),
            models.CheckConstraint(
                condition=Q(needs__contained_by=Property.values),
                name="residence_stay_needs_are_known",
                violation_error_message=_("Kebutuhan tempat ini tidak dikenal."),
            ),
            models.CheckConstraint(condition=~Q(came_from=F("id")), name="residence_stay_came_from_another"),
        ]
        indexes = [GistIndex(fields=["unit", "period"], name="residence_stay_by_unit")]

    def __str__(self) -> str:
        return self.tag

    def guard_for(self, user: User) -> Guard:
        """Where the stay sits for this user; a sealed person's is reached by their team alone."""
        return Guard(
            self.unit.path,
            is_team=self.person.is_on_team(user),
            is_own=self.person.user_id is not None and self.person.user_id == user.pk,
            is_sealed=self.person.is_sealed,
        )

    @property
    def began_at(self) -> datetime:
        return self.period.lower  # type: ignore[no-any-return]

    @property
    def ended_at(self) -> datetime | None:
        return self.period.upper  # type: ignore[no-any-return]

    @property
    def is_void(self) -> bool:
        """Whether it turned out never to have happened: every movement was withdrawn."""
        return bool(self.period.isempty)

    @property
    def is_open(self) -> bool:
        return not self.is_void and self.period.upper is None

    def day_of(self, moment: datetime) -> date:
        """The institution's own day."""
        return moment.astimezone(ZoneInfo(self.unit.time_zone)).date()
