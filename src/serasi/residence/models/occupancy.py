from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Classified, Record, Unit
from serasi.residence.database import OCCUPANCY_FUNCTIONS
from serasi.residence.enums import State
from serasi.residence.models.house import Bed, Room, Ward
from serasi.residence.models.policies import BOARD_UNITS
from serasi.residence.models.stay import Stay
from serasi.residence.querysets import OccupancyQuerySet


def _end_of_period(which: str) -> Any:
    return models.GeneratedField(
        expression=Func(F("period"), function=which),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )


class Occupancy(Record):
    """Where a stay is, and how, for a period: drawn from its movements in force by `residence_draw` and by nobody else.

    Not tracked: the movements are. No person stands here, so that a bed can be seen to be taken by whoever may not know
    by whom. No room: the stay goes on, the place was given up. A room and no bed: on the floor.

    ``began_at`` and ``ended_at`` are the ends of ``period``: under row-level security an index answers only what leaks
    nothing, and to PostgreSQL the operators of ranges might.
    """

    personal = Classified(none="id unit ward room bed tag", specific="stay state expected_at period began_at ended_at")
    row_policy = f"unit_id = {BOARD_UNITS}"
    withheld: ClassVar[str] = "INSERT, UPDATE, DELETE"
    database_functions: ClassVar[str] = OCCUPANCY_FUNCTIONS

    # PROTECT: derived from it.
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="occupancies")
    # PROTECT: as of the stay.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # PROTECT: as of the movements.
    ward = models.ForeignKey(Ward, models.PROTECT, null=True, related_name="+")
    # PROTECT: as above.
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    # PROTECT: as above.
    bed = models.ForeignKey(Bed, models.PROTECT, null=True, related_name="+")
    tag = models.CharField(max_length=12)
    state = models.CharField(max_length=9, choices=State)
    expected_at = models.DateTimeField(null=True)
    period = DateTimeRangeField()
    began_at = _end_of_period("lower")
    ended_at = _end_of_period("upper")

    objects = OccupancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("hunian")
        constraints = [
            ExclusionConstraint(
                name="residence_bed_holds_one_person",
                expressions=[(F("bed"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
                condition=Q(bed__isnull=False),
                violation_error_message=_("Tempat tidur ini baru saja ditempati orang lain; pilih yang lain."),
            ),
            ExclusionConstraint(
                name="residence_stay_is_in_one_place",
                expressions=[(F("stay"), RangeOperators.EQUAL), (F("period"), RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(room=None, bed=None, ward=None) | Q(room__isnull=False, ward__isnull=False),
                name="residence_occupancy_place_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(room__isnull=False) | ~Q(state=State.PRESENT), name="residence_present_is_somewhere"
            ),
        ]
        indexes = [models.Index(fields=["unit", "ended_at", "began_at"], name="residence_occupancy_by_time")]

    def __str__(self) -> str:
        return f"{self.tag}: {self.get_state_display()}"
