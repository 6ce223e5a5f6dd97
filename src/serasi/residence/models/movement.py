from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.keeping import kept
from serasi.access.models import Classified, Record, User, tracked
from serasi.access.scope import Guard
from serasi.residence.enums import Ending, MovementKind
from serasi.residence.models.house import Bed, Room
from serasi.residence.models.policies import OF_STAY
from serasi.residence.models.stay import Stay
from serasi.residence.querysets import MovementQuerySet

OUT = (MovementKind.LEAVE, MovementKind.HOSPITAL, MovementKind.ABSCONDED)
PLACED = (MovementKind.ARRIVED, MovementKind.MOVED)


@tracked
class Movement(Record):
    """Something that happened in a stay. Never edited, never deleted: a correction supersedes it.

    In force is what has no ``superseded_at``. What was believed at a moment K is what had been written by K and was not
    yet superseded at K. ``room`` without ``bed`` is a place on the floor.
    """

    personal = Classified(
        none="id stay written_at superseded_at replaces",
        general="written_by superseded_by",
        specific="kind happened_at room bed keeps_bed reason destination expected_at ending overridden override_reason"
        " superseded_reason",
    )
    row_policy = OF_STAY
    withheld: ClassVar[str] = "DELETE"
    database_functions: ClassVar[str] = kept("residence_movement")

    # PROTECT: the history is the stay.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="movements")
    kind = models.CharField(_("mutasi"), max_length=9, choices=MovementKind)
    happened_at = models.DateTimeField(_("waktu kejadian"))
    # PROTECT: where someone slept stays known.
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    # PROTECT: as above.
    bed = models.ForeignKey(Bed, models.PROTECT, null=True, blank=True, related_name="+")
    keeps_bed = models.BooleanField(_("tempat tidur tetap disimpan"), default=True)
    reason = models.CharField(_("alasan"), max_length=500, blank=True)
    destination = models.CharField(_("ke mana"), max_length=200, blank=True)
    expected_at = models.DateTimeField(_("perkiraan kembali"), null=True, blank=True)
    ending = models.CharField(_("cara selesai"), max_length=12, choices=Ending, blank=True)
    overridden = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    override_reason = models.CharField(_("alasan tetap menempatkan"), max_length=500, blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    # PROTECT: as above.
    superseded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    superseded_reason = models.CharField(_("alasan pembetulan"), max_length=500, blank=True)
    # PROTECT: what was believed before stays readable.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("mutasi")
        ordering: ClassVar = ["happened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "happened_at"],
                condition=Q(superseded_at=None),
                name="residence_one_movement_at_a_moment",
                violation_error_message=_("Sudah ada mutasi lain pada waktu yang sama. Beri waktu sesudahnya."),
            ),
            models.CheckConstraint(
                condition=Q(bed=None) | Q(room__isnull=False), name="residence_movement_bed_is_in_a_room"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PLACED, room__isnull=False)
                | Q(kind=MovementKind.RETURNED)
                | Q(room=None) & ~Q(kind__in=PLACED),
                name="residence_movement_place_fits_its_kind",
                violation_error_message=_("Pilih kamar tempatnya."),
            ),
            models.CheckConstraint(
                condition=Q(kind=MovementKind.ENDED) & ~Q(ending="") | ~Q(kind=MovementKind.ENDED) & Q(ending=""),
                name="residence_movement_says_how_it_ended",
                violation_error_message=_("Pilih bagaimana masa tinggal ini selesai."),
            ),
            models.CheckConstraint(
                condition=Q(overridden=[]) | ~Q(override_reason=""),
                name="residence_override_has_a_reason",
                violation_error_message=_("Tulis mengapa ia tetap ditempatkan di sini."),
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None, superseded_by=None, superseded_reason="")
                | Q(superseded_at__gte=F("written_at"), superseded_by__isnull=False) & ~Q(superseded_reason=""),
                name="residence_correction_is_whole",
                violation_error_message=_("Tulis mengapa catatan ini dibetulkan."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MovementKind.values) & Q(ending__in=["", *Ending.values]),
                name="residence_movement_codes_are_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_at:%Y-%m-%d}"

    @property
    def is_in_force(self) -> bool:
        return self.superseded_at is None

    def guard_for(self, user: User) -> Guard:
        return self.stay.guard_for(user)
