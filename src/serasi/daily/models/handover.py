from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit, User, tracked
from serasi.access.scope import Guard
from serasi.daily.enums import ShiftName
from serasi.daily.models.policies import of_unit
from serasi.daily.querysets import ShiftHandoverQuerySet
from serasi.residence.models import Ward


@tracked
class ShiftHandover(Record):
    """What a shift leaves to the next. What happened in it is read from the facts between its two moments; here stand
    the words beside them, and who of the next shift has read them."""

    personal = Classified(
        none="id unit ward shift began_at ended_at written_at read_at", general="written_by read_by", specific="words"
    )
    row_policy = of_unit()
    withheld: ClassVar[str] = "DELETE"

    # PROTECT: a unit with a history of residents is closed, not deleted.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: as above.
    ward = models.ForeignKey(Ward, models.PROTECT, related_name="shift_handovers")
    shift = models.CharField(_("giliran"), max_length=9, choices=ShiftName)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    words = models.TextField(_("pesan"), blank=True)
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # PROTECT: as above.
    read_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = ShiftHandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("serah terima giliran")
        ordering: ClassVar = ["-written_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(shift__in=ShiftName.values, ended_at__gt=F("began_at")),
                name="daily_handover_is_of_a_shift",
                violation_error_message=_("Pilih giliran yang diserahkan."),
            ),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__gte=F("written_at"), read_by__isnull=False),
                name="daily_handover_is_read_by_someone",
                violation_error_message=_("Serah terima dibaca oleh seseorang, sesudah ditulis."),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["ward", "-written_at"], name="daily_handover_by_ward")]

    def __str__(self) -> str:
        return self.get_shift_display()

    def guard_for(self, _user: User) -> Guard:
        return Guard(self.unit.path)
