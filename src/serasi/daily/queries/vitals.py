"""What was measured of residents, as far as the reader may know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from serasi.access.models import Unit, User
from serasi.daily.enums import PLAUSIBLE, Measure
from serasi.daily.models import VitalSigns, VitalsPractice
from serasi.residence.models import Stay

MOST: Final = 60
"""How many measurements of one person a page reads, the latest."""


def vitals_practice(unit: Unit) -> VitalsPractice | None:
    """What the unit measures, and its limits; None where it takes none. No statement where it came with the unit."""
    try:
        own: VitalsPractice = unit.vitals_practice
    except ObjectDoesNotExist:
        return None
    return own


def latest_vitals(*, stays: Iterable[UUID], reader: User) -> dict[UUID, VitalSigns]:
    """The latest measurement of each of these residents. One statement."""
    found = VitalSigns.objects.visible_to(reader).in_force().filter(stay__in=list(stays))
    return {
        one.stay_id: one
        for one in found.order_by("stay_id", "-measured_at", "-written_at")
        .distinct("stay_id")
        .prefetch_related("responses")
    }


def vitals_of(*, stay: Stay, reader: User) -> list[VitalSigns]:
    """The latest measurements of one stay, newest first, corrected ones with them. Two statements."""
    return list(
        VitalSigns.objects.visible_to(reader)
        .filter(stay=stay)
        .select_related("written_by", "superseded_by")
        .prefetch_related("responses__written_by")
        .order_by("-measured_at", "-written_at")[:MOST]
    )


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest value of one measure."""

    measure: Measure
    value: Decimal | int
    at: datetime
    is_beyond: bool

    @property
    def words(self) -> str:
        return PLAUSIBLE[self.measure].words(self.value)


def latest_values(history: Sequence[VitalSigns]) -> list[Latest]:
    """Of each measure the latest value, from a history that is newest first."""
    found: dict[Any, Latest] = {}
    for one in history:
        if one.is_in_force:
            for measure, value in one.values:
                found.setdefault(measure, Latest(measure, value, one.measured_at, measure in one.beyond))
    return [found[measure] for measure in Measure if measure in found]
