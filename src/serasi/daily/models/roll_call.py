from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.keeping import kept
from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.daily.enums import Mark
from serasi.daily.models.correcting import Correctable, correction_is_whole
from serasi.daily.models.policies import of_unit
from serasi.daily.querysets import RollCallMarkQuerySet, RollCallQuerySet
from serasi.residence.enums import State
from serasi.residence.models import Stay, Ward


@tracked
class RollCall(Record):
    """Who was found in a ward at a moment. It is written when it closes, whole: movements that are corrected later
    leave it as it was. ``counted`` are the heads that the carer counted, beside the marks; a mark that was tapped
    wrongly is corrected by itself, and the count stays what was counted."""

    personal = Classified(none="id unit ward taken_at counted written_at", general="written_by")
    row_policy = of_unit()
    withheld: ClassVar[str] = "UPDATE, DELETE"

    # PROTECT: a unit with a history of residents is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: as above.
    ward = models.ForeignKey(Ward, models.PROTECT, related_name="roll_calls")
    taken_at = models.DateTimeField(_("waktu apel"))
    counted = models.PositiveSmallIntegerField(_("jumlah yang dihitung"))
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = RollCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("apel")
        ordering: ClassVar = ["-taken_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(taken_at__lte=F("written_at")),
                name="daily_roll_call_has_happened",
                violation_error_message=_("Waktu apel belum tiba."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ward", "-taken_at"], name="daily_roll_call_by_ward")]

    def __str__(self) -> str:
        return f"{self.ward} {self.taken_at:%Y-%m-%d %H.%M}"

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)


@tracked
class RollCallMark(Correctable):
    """What was found of one resident, and what the board believed at that moment. By number tag: no person stands here,
    so that also whom the carer may not know is counted. Its id is that of the movement which follows from it."""

    personal = Classified(
        none="id unit roll_call tag superseded_at replaces",
        general="superseded_by",
        specific="stay believed mark note superseded_reason",
    )
    row_policy = of_unit()
    database_functions: ClassVar[str] = kept("daily_rollcallmark")

    # PROTECT: as of the roll call.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: the marks are the roll call.
    roll_call = models.ForeignKey(RollCall, models.PROTECT, related_name="marks")
    # PROTECT: where someone was stays known.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="+")
    tag = models.CharField(_("nomor tanda"), max_length=12)
    believed = models.CharField(_("menurut papan"), max_length=9, choices=State)
    mark = models.CharField(_("ditemukan"), max_length=8, choices=Mark)
    note = models.CharField(_("keterangan"), max_length=200, blank=True)
    # PROTECT: what was believed before stays readable.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = RollCallMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tanda apel")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["roll_call", "stay"],
                condition=Q(superseded_at=None),
                name="daily_one_mark_in_a_roll_call",
                violation_error_message=_("Seorang penghuni ditandai dua kali dalam satu apel."),
            ),
            models.CheckConstraint(
                condition=Q(mark__in=Mark.values, believed__in=State.values),
                name="daily_mark_is_known",
                violation_error_message=_("Pilihan ini tidak dikenal."),
            ),
            correction_is_whole("daily_mark_correction_is_whole"),
        ]

    def __str__(self) -> str:
        return f"#{self.tag}: {self.get_mark_display()}"

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)
