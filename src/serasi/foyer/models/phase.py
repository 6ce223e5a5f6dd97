from datetime import date, time
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, RevisionField, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.foyer.enums import Guests, MoneyHolder, Outing, Phone, RoomRight
from serasi.foyer.querysets import PhaseQuerySet, PhaseSetQuerySet

WEEKEND = (5, 6)
"""Saturday and Sunday."""


@tracked
class PhaseSet(Record):
    """An edition of the phases of one house. Once in force it never changes: agreements keep the edition they have.

    A house uses the Foyer model from its first edition on.
    """

    personal = Classified(none="id unit number note written_by written_at in_force_since")

    # PROTECT: agreements stand on it.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="phase_sets")
    number = models.PositiveSmallIntegerField(_("edisi"))
    note = models.CharField(_("keterangan edisi"), max_length=300, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    in_force_since = models.DateField(_("berlaku sejak"), null=True, blank=True)

    objects = PhaseSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("edisi fase")
        ordering: ClassVar = ["unit", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="foyer_edition_numbered_once"),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(in_force_since=None),
                name="foyer_one_edition_is_drafted",
                violation_error_message=_("Sudah ada edisi yang sedang disusun. Selesaikan edisi itu dahulu."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="foyer_edition_number_is_positive"),
        ]

    def __str__(self) -> str:
        return gettext("Edisi %d") % self.number

    @property
    def is_draft(self) -> bool:
        return self.in_force_since is None

    def guard_for(self, user: User) -> Guard:
        return Guard(self.unit.path)


@tracked
class Phase(Record):
    """One phase of an edition: what it is for, what someone in it may do and has to do, what leads further."""

    personal = Classified(
        none="id phase_set order name purpose least_weeks out_from curfew_weekday curfew_weekend outing radius phone"
        " phone_hours money_per_week money_held_by room guests duties evidence revision"
    )

    # CASCADE: a phase has no life outside its edition.
    phase_set = models.ForeignKey(PhaseSet, models.CASCADE, related_name="phases")
    order = models.PositiveSmallIntegerField(_("urutan"))
    name = models.CharField(_("nama fase"), max_length=60)
    purpose = models.CharField(_("tujuan fase"), max_length=300)
    least_weeks = models.PositiveSmallIntegerField(_("paling sedikit (minggu)"), default=0)
    outing = models.CharField(_("keluar rumah"), max_length=11, choices=Outing)
    radius = models.CharField(_("sampai di mana"), max_length=200, blank=True)
    out_from = models.TimeField(_("keluar sejak pukul"), default=time(5))
    curfew_weekday = models.TimeField(_("jam pulang Senin–Jumat"))
    curfew_weekend = models.TimeField(_("jam pulang Sabtu–Minggu"))
    phone = models.CharField(_("telepon"), max_length=5, choices=Phone)
    phone_hours = models.CharField(_("jam telepon"), max_length=60, blank=True)
    money_per_week = models.PositiveIntegerField(_("uang saku seminggu"), default=0)
    money_held_by = models.CharField(_("uang"), max_length=8, choices=MoneyHolder)
    room = models.CharField(_("kamar"), max_length=13, choices=RoomRight)
    guests = models.CharField(_("tamu"), max_length=10, choices=Guests)
    duties = ArrayField(models.CharField(max_length=300), verbose_name=_("kewajiban"), default=list)
    evidence = ArrayField(
        models.CharField(max_length=300), verbose_name=_("bukti untuk naik"), default=list, blank=True
    )
    revision = RevisionField()

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("fase")
        ordering: ClassVar = ["phase_set", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["phase_set", "order"],
                name="foyer_phase_order_is_unique",
                violation_error_message=_("Sudah ada fase pada urutan ini."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(purpose=""),
                name="foyer_phase_says_what_it_is_for",
                violation_error_message=_("Isi nama dan tujuan fase."),
            ),
            models.CheckConstraint(
                condition=Q(curfew_weekday__gt=F("out_from"), curfew_weekend__gt=F("out_from")),
                name="foyer_phase_curfew_is_after_morning",
                violation_error_message=_("Jam pulang harus sesudah jam boleh keluar pada hari yang sama."),
            ),
            models.CheckConstraint(
                condition=~Q(phone=Phone.HOURS) | ~Q(phone_hours=""),
                name="foyer_phase_names_the_phone_hours",
                violation_error_message=_("Tulis jam berapa telepon dipegang."),
            ),
            models.CheckConstraint(
                condition=Q(
                    outing__in=Outing.values,
                    phone__in=Phone.values,
                    money_held_by__in=MoneyHolder.values,
                    room__in=RoomRight.values,
                    guests__in=Guests.values,
                ),
                name="foyer_phase_codes_are_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return gettext(self.name)

    def curfew_on(self, day: date) -> time:
        return self.curfew_weekend if day.weekday() in WEEKEND else self.curfew_weekday

    def guard_for(self, user: User) -> Guard:
        return self.phase_set.guard_for(user)
