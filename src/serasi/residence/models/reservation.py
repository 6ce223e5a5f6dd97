from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.cases.models import Case
from serasi.people.models import Person
from serasi.residence.enums import Property
from serasi.residence.models.house import Bed
from serasi.residence.models.policies import of_person_and_unit
from serasi.residence.models.stay import Stay
from serasi.residence.querysets import ReservationQuerySet


@tracked
class Reservation(Record):
    """A person is expected, on a day or within some days; perhaps a bed is held for them. It is also a house's yes."""

    personal = Classified(
        none="id unit bed written_at cancelled_at",
        general="written_by cancelled_by",
        specific="person case period needs note stay cancel_reason",
    )
    row_policy = of_person_and_unit("residence_reservation")

    # PROTECT: as of the stay.
    person = models.ForeignKey(Person, models.PROTECT, related_name="reservations")
    # PROTECT: a unit that expects people is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: the file says why.
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    # PROTECT: a bed that is promised stands.
    bed = models.ForeignKey(Bed, models.PROTECT, null=True, blank=True, related_name="reservations")
    period = DateRangeField(_("ditunggu pada"))
    needs = ArrayField(
        models.CharField(max_length=12, choices=Property), verbose_name=_("kebutuhan tempat"), default=list, blank=True
    )
    note = models.CharField(_("keterangan"), max_length=300, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # PROTECT: what came of it.
    stay = models.OneToOneField(Stay, models.PROTECT, null=True, blank=True, related_name="reservation")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = models.CharField(_("alasan batal"), max_length=300, blank=True)

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemesanan tempat")
        ordering: ClassVar = ["period"]
        constraints = [
            ExclusionConstraint(
                name="residence_bed_is_promised_once",
                expressions=[(F("bed"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
                condition=Q(bed__isnull=False, cancelled_at=None, stay=None),
                violation_error_message=_(
                    "Tempat tidur ini sudah dipesan untuk orang lain pada hari itu; pilih yang lain."
                ),
            ),
            models.UniqueConstraint(
                fields=["person", "unit"],
                condition=Q(cancelled_at=None, stay=None),
                name="residence_person_is_expected_once",
                violation_error_message=_(
                    "Orang ini sudah ditunggu di unit ini. Ubah atau batalkan pemesanan yang ada."
                ),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False, period__endswith__isnull=False, period__isempty=False),
                name="residence_reservation_has_its_days",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari pertama."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False, stay=None) & ~Q(cancel_reason=""),
                name="residence_cancelling_is_whole",
                violation_error_message=_("Tulis mengapa pemesanan ini dibatalkan."),
            ),
            models.CheckConstraint(
                condition=Q(needs__contained_by=Property.values),
                name="residence_reservation_needs_are_known",
                violation_error_message=_("Kebutuhan tempat ini tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.period}"

    @property
    def is_open(self) -> bool:
        return self.cancelled_at is None and self.stay_id is None

    def guard_for(self, user: User) -> Guard:
        return Guard(
            self.unit.path,
            is_team=self.person.is_on_team(user),
            is_own=self.person.user_id is not None and self.person.user_id == user.pk,
            is_sealed=self.person.is_sealed,
        )
