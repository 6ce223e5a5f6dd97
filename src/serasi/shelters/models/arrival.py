from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.people.enums import Sex
from serasi.people.models import Person
from serasi.residence.models import Reservation
from serasi.shelters.database import ARRIVAL_FUNCTIONS
from serasi.shelters.enums import Danger, Health, Need, OutcomeKind
from serasi.shelters.models.gathering import Gathering
from serasi.shelters.models.policies import OF_ARRIVAL, SEEN_GATHERINGS
from serasi.shelters.querysets import ADULT, ArrivalQuerySet, OutcomeQuerySet

MOST_TAG = 99_999
OLDEST = 120


@tracked
class Arrival(Record):
    """Someone came: what was seen and said in half a minute. Not a person of the register until matched with it.

    ``tag`` is the number they wear; ``group_tag`` that of the head of those they came with, their own if alone.
    """

    personal = Classified(
        none="id gathering tag group_tag is_late arrived_at registered_at revision",
        general="name sex age origin photo registered_by",
        specific="health dangers needs belongings note person",
    )
    row_policy = f"shelters_arrival.gathering_id IN ({SEEN_GATHERINGS})"
    database_functions: ClassVar[str] = ARRIVAL_FUNCTIONS

    # PROTECT: where people came is closed, not deleted.
    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="arrivals")
    tag = models.PositiveIntegerField(_("nomor"))
    group_tag = models.PositiveIntegerField(_("nomor kepala keluarga"))
    name = models.CharField(_("nama yang disebut"), max_length=120, blank=True)
    sex = models.CharField(_("jenis kelamin"), max_length=1, choices=Sex)
    age = models.PositiveSmallIntegerField(_("umur kira-kira"))
    origin = models.CharField(_("asal"), max_length=120, blank=True)
    photo = models.FileField(_("foto"), upload_to="shelters/photos/", max_length=120, blank=True)
    health = models.CharField(_("kesehatan"), max_length=6, choices=Health, default=Health.GREEN)
    dangers = ArrayField(
        models.CharField(max_length=10, choices=Danger), verbose_name=_("bahaya"), default=list, blank=True
    )
    needs = ArrayField(
        models.CharField(max_length=8, choices=Need), verbose_name=_("kebutuhan"), default=list, blank=True
    )
    belongings = models.CharField(_("barang titipan"), max_length=300, blank=True)
    note = models.CharField(_("keterangan"), max_length=500, blank=True)
    arrived_at = models.DateTimeField()
    registered_at = models.DateTimeField()
    # PROTECT: authorship stays.
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_late = models.BooleanField(default=False)
    # PROTECT: who it turned out to be.
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    revision = RevisionField()

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        verbose_name = _("kedatangan")
        ordering: ClassVar = ["tag"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "tag"],
                name="shelters_tag_is_worn_once",
                violation_error_message=_("Nomor ini sudah dipakai orang lain. Pakai nomor berikutnya."),
            ),
            models.CheckConstraint(
                condition=Q(tag__gte=1, tag__lte=MOST_TAG, group_tag__gte=1, group_tag__lte=MOST_TAG),
                name="shelters_tags_are_numbers",
                violation_error_message=_("Nomor harus antara 1 dan 99.999."),
            ),
            models.CheckConstraint(
                condition=Q(age__lte=OLDEST),
                name="shelters_age_is_human",
                violation_error_message=_("Umur paling tinggi 120 tahun."),
            ),
            models.CheckConstraint(
                condition=Q(dangers__contained_by=Danger.values, needs__contained_by=Need.values),
                name="shelters_triage_is_known",
                violation_error_message=_("Jawaban triase ini tidak dikenal."),
            ),
            models.UniqueConstraint(
                fields=["gathering", "person"],
                condition=Q(person__isnull=False),
                name="shelters_person_came_once",
                violation_error_message=_(
                    "Orang ini sudah dicocokkan dengan nomor lain di sini. Bila tercatat dua kali, teruskan salah"
                    " satunya sebagai “Tercatat dua kali”."
                ),
            ),
        ]
        indexes = [models.Index(fields=["gathering", "group_tag"], name="shelters_arrival_group")]

    def __str__(self) -> str:
        return f"#{self.tag}"

    @property
    def is_child(self) -> bool:
        return self.age < ADULT

    def guard_for(self, user: User) -> Guard:
        return self.gathering.guard_for(user)

    def shown_name(self, *, to: User) -> str:
        """The name they said; nothing where it is that of a person whom this reader may not know by name."""
        if self.person is None:
            return "" if self.person_id else self.name
        return self.person.shown_name(to=to)


@tracked
class Outcome(Record):
    """What became of someone who had come; one standing at a time. ``batch`` is what was written together."""

    personal = Classified(
        none="id batch written_at withdrawn_at",
        general="written_by withdrawn_by",
        specific="arrival kind to_unit reservation note happened_at withdrawn_reason",
    )
    row_policy = OF_ARRIVAL

    # PROTECT: part of the account.
    arrival = models.ForeignKey(Arrival, models.PROTECT, related_name="outcomes")
    batch = models.UUIDField()
    kind = models.CharField(_("diteruskan"), max_length=11, choices=OutcomeKind)
    # PROTECT: where they went.
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    # PROTECT: what was asked of that house.
    reservation = models.ForeignKey(Reservation, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("keterangan"), max_length=300, blank=True)
    happened_at = models.DateTimeField()
    written_at = models.DateTimeField()
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: authorship stays.
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("penerusan")
        ordering: ClassVar = ["-happened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["arrival"],
                condition=Q(withdrawn_at=None),
                name="shelters_arrival_goes_one_way",
                violation_error_message=_("Orang ini sudah diteruskan. Batalkan dulu penerusannya."),
            ),
            models.CheckConstraint(
                condition=Q(kind=OutcomeKind.PLACED) | Q(to_unit=None, reservation=None),
                name="shelters_only_placing_names_a_unit",
                violation_error_message=_("Unit hanya diisi bila orangnya ditempatkan."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
                name="shelters_withdrawing_is_whole",
                violation_error_message=_("Tulis mengapa penerusan ini dibatalkan."),
            ),
        ]
        indexes = [models.Index(fields=["batch"], name="shelters_outcome_batch")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
