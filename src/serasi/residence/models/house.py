"""The house: buildings, wards, rooms, beds, and when a bed cannot be used. Tells nothing of who lives there."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.people.enums import Sex
from serasi.residence.enums import Grade, OutageReason, Property
from serasi.residence.models.policies import BOARD_UNITS
from serasi.residence.querysets import BedOutageQuerySet, BedQuerySet, BuildingQuerySet, RoomQuerySet, WardQuerySet


def _properties(name: Any) -> "ArrayField[Any, Any]":
    return ArrayField(models.CharField(max_length=12, choices=Property), verbose_name=name, default=list, blank=True)


@tracked
class Building(Record):
    """A building of an institution; closed, it takes no new ward."""

    personal = Classified(none="id unit name position closed_on revision")

    # PROTECT: a unit with houses is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="buildings")
    name = models.CharField(_("nama gedung"), max_length=80)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    closed_on = models.DateField(_("ditutup tanggal"), null=True, blank=True)
    revision = RevisionField()

    objects = BuildingQuerySet.as_manager()

    class Meta:
        verbose_name = _("gedung")
        ordering: ClassVar = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="residence_building_named_once",
                violation_error_message=_("Gedung dengan nama ini sudah ada. Beri nama lain."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)


@tracked
class Ward(Record):
    """Rooms that belong together and whom they are for; null says "no limit"."""

    personal = Classified(
        none="id unit building name position sex age_from age_to grade ceiling_days shown_capacity closed_on revision"
    )

    # PROTECT: a unit with houses is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="wards")
    # PROTECT: a building with wards stands.
    building = models.ForeignKey(Building, models.PROTECT, related_name="wards")
    name = models.CharField(_("nama wisma"), max_length=80)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    sex = models.CharField(_("untuk"), max_length=1, choices=Sex, blank=True)
    age_from = models.PositiveSmallIntegerField(_("umur paling muda"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("umur paling tua"), null=True, blank=True)
    grade = models.CharField(_("jenjang"), max_length=8, choices=Grade, blank=True)
    ceiling_days = models.PositiveSmallIntegerField(_("batas tinggal (hari)"), null=True, blank=True)
    shown_capacity = models.PositiveSmallIntegerField(_("kapasitas menurut ketetapan"), null=True, blank=True)
    closed_on = models.DateField(_("ditutup tanggal"), null=True, blank=True)
    revision = RevisionField()

    objects = WardQuerySet.as_manager()

    class Meta:
        verbose_name = _("wisma")
        ordering: ClassVar = ["building__position", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["building", "name"],
                name="residence_ward_named_once",
                violation_error_message=_("Wisma dengan nama ini sudah ada di gedung itu. Beri nama lain."),
            ),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
                name="residence_ward_ages_are_ordered",
                violation_error_message=_("Umur paling tua tidak boleh di bawah umur paling muda."),
            ),
            models.CheckConstraint(
                condition=Q(ceiling_days=None) | Q(ceiling_days__gt=0),
                name="residence_ward_ceiling_is_positive",
                violation_error_message=_("Batas tinggal paling sedikit satu hari; kosongkan bila tidak ada batas."),
            ),
            models.CheckConstraint(
                condition=Q(sex__in=["", Sex.MALE, Sex.FEMALE]),
                name="residence_ward_sex_is_known",
                violation_error_message=_("Pilih laki-laki, perempuan, atau keduanya."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)


@tracked
class Room(Record):
    """A room of a ward; ``grid_row`` and ``grid_column`` are its place on the floor plan."""

    personal = Classified(none="id ward name position grid_row grid_column properties closed_on revision")

    # PROTECT: a ward with rooms stands.
    ward = models.ForeignKey(Ward, models.PROTECT, related_name="rooms")
    name = models.CharField(_("nama kamar"), max_length=40)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    grid_row = models.PositiveSmallIntegerField(_("baris pada denah"), null=True, blank=True)
    grid_column = models.PositiveSmallIntegerField(_("kolom pada denah"), null=True, blank=True)
    properties = _properties(_("sifat kamar"))
    closed_on = models.DateField(_("ditutup tanggal"), null=True, blank=True)
    revision = RevisionField()

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("kamar")
        ordering: ClassVar = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "name"],
                name="residence_room_named_once",
                violation_error_message=_("Kamar dengan nama ini sudah ada di wisma itu. Beri nama lain."),
            ),
            models.CheckConstraint(
                condition=Q(grid_row=None, grid_column=None) | Q(grid_row__isnull=False, grid_column__isnull=False),
                name="residence_room_place_is_whole",
                violation_error_message=_("Isi baris dan kolom denah, atau kosongkan keduanya."),
            ),
            models.UniqueConstraint(
                fields=["ward", "grid_row", "grid_column"],
                name="residence_room_has_its_place",
                violation_error_message=_("Tempat pada denah itu sudah dipakai kamar lain."),
            ),
            models.CheckConstraint(
                condition=Q(properties__contained_by=Property.values),
                name="residence_room_properties_are_known",
                violation_error_message=_("Sifat kamar ini tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place_on_plan(self) -> tuple[int, int] | None:
        """Row and column on the floor plan."""
        if self.grid_row is None or self.grid_column is None:
            return None
        return self.grid_row, self.grid_column

    def guard_for(self, user: User) -> Guard:
        return self.ward.guard_for(user)


@tracked
class Bed(Record):
    """A bed of a room, in service for a period of days."""

    personal = Classified(none="id room label position properties in_service revision")

    # PROTECT: a room with beds stands.
    room = models.ForeignKey(Room, models.PROTECT, related_name="beds")
    label = models.CharField(_("nomor tempat tidur"), max_length=20)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    properties = _properties(_("sifat tempat tidur"))
    in_service = DateRangeField(_("dipakai sejak dan sampai"))
    revision = RevisionField()

    objects = BedQuerySet.as_manager()

    class Meta:
        verbose_name = _("tempat tidur")
        ordering: ClassVar = ["position", "label"]
        constraints = [
            ExclusionConstraint(
                name="residence_bed_label_is_one_bed",
                expressions=[
                    (F("room"), RangeOperators.EQUAL),
                    (F("label"), RangeOperators.EQUAL),
                    (F("in_service"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Nomor tempat tidur ini sudah ada di kamar itu. Pilih nomor lain."),
            ),
            models.CheckConstraint(
                condition=Q(in_service__startswith__isnull=False),
                name="residence_bed_has_a_start",
                violation_error_message=_("Isi sejak kapan tempat tidur ini dipakai."),
            ),
            models.CheckConstraint(
                condition=Q(properties__contained_by=Property.values),
                name="residence_bed_properties_are_known",
                violation_error_message=_("Sifat tempat tidur ini tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def guard_for(self, user: User) -> Guard:
        return self.room.guard_for(user)

    def is_in_service(self, day: date) -> bool:
        return not self.in_service.isempty and day in self.in_service


@tracked
class BedOutage(Record):
    """A bed cannot be used, from a moment and perhaps until one."""

    personal = Classified(none="id bed reason period ended_at", general="written_by ended_by", specific="note")
    row_policy = f"""EXISTS (
        SELECT 1 FROM residence_bed bed
        JOIN residence_room room ON room.id = bed.room_id JOIN residence_ward ward ON ward.id = room.ward_id
        WHERE bed.id = residence_bedoutage.bed_id AND ward.unit_id = {BOARD_UNITS})"""  # noqa: S608  (our own tables)

    # PROTECT: what a bed could hold in the past stays explained.
    bed = models.ForeignKey(Bed, models.PROTECT, related_name="outages")
    reason = models.CharField(_("sebab"), max_length=10, choices=OutageReason)
    note = models.CharField(_("keterangan"), max_length=300, blank=True)
    period = DateTimeRangeField(_("tidak dapat dipakai"))
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: as above.
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = BedOutageQuerySet.as_manager()

    class Meta:
        verbose_name = _("tempat tidur tidak dapat dipakai")
        ordering: ClassVar = ["-period"]
        constraints = [
            ExclusionConstraint(
                name="residence_bed_is_out_once",
                expressions=[(F("bed"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
                violation_error_message=_("Tempat tidur ini sudah tercatat tidak dapat dipakai pada masa itu."),
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False) & Q(period__isempty=False),
                name="residence_outage_has_a_start",
                violation_error_message=_("Waktu selesai harus sesudah waktu mulai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bed_id}: {self.get_reason_display()}"

    def guard_for(self, user: User) -> Guard:
        return self.bed.guard_for(user)
